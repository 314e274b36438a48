package uk.waymark.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.waymark.api.model.AccessibilityNeed;
import uk.waymark.api.model.ChannelName;
import uk.waymark.api.model.ChannelSafety;
import uk.waymark.api.model.ContactPreferences;
import uk.waymark.api.model.SafeTime;
import uk.waymark.api.model.Telling;
import uk.waymark.api.model.Weekday;

/** Changing how a person is contacted, part by part. Where the API wants a fresh sign-in, the form goes on after it. */
@Controller("/contact")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ContactEditController {
    private static final Map<String, Page.Fault> FAULTS = Map.of(
        "/word", new Page.Fault("word", ContactText.WORD_LONG),
        "/may_also_be_told", new Page.Fault("also", ContactText.ALSO_TOLD_WRONG),
        "/ask_again_on", ContactPart.NO_DAY,
        "/channels", new Page.Fault("use", ContactText.WAYS_ALONE));
    private static final Map<ContactPart, String> FIRST = Map.of(ContactPart.WORDS, "language", ContactPart.WAYS, "use",
        ContactPart.TIMES, "from", ContactPart.AMOUNT, "telling", ContactPart.CALLS, "voicemail", ContactPart.HELP, "need");
    private final Visits visits;
    private final Templates templates;

    ContactEditController(Visits visits, Templates templates) {
        this.visits = visits;
        this.templates = templates;
    }

    @Get("/change/{part}")
    HttpResponse<?> part(HttpRequest<?> request, String part) {
        Visit visit = visits.person(request);
        var now = visit.api().get(ContactController.PATH, ContactPreferences.class).done();
        return Answers.page(visit, show(visit.page(), of(part), now));
    }

    @Post("/change/{part}")
    HttpResponse<?> save(HttpRequest<?> request, String part, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.person(request);
        var now = visit.api().get(ContactController.PATH, ContactPreferences.class).done();
        var faults = new ArrayList<Page.Fault>();
        Map<String, Object> wanted = of(part).wanted(form, now.body(), faults);
        if (!faults.isEmpty()) {
            return Answers.again(visit, show(visit.again(faults, form), of(part), now));
        }
        return switch (visit.api().put(ContactController.PATH, wanted, ContactPreferences.class, form)) {
            case Reply.Done<ContactPreferences> done -> Answers.next(visit, "/contact?saved=true");
            case Reply.No<ContactPreferences> no when no.refusal().mendable() ->
                Answers.again(visit, show(visit.again(faults(of(part), no.refusal()), form), of(part), now));
            case Reply.No<ContactPreferences> no -> throw new Refused(no.refusal());
        };
    }

    private static ContactPart of(String part) {
        return Arrays.stream(ContactPart.values()).filter(p -> p.address().equals(part)).findFirst()
            .orElseThrow(() -> new Refused(Refusal.own(404, "not-found")));
    }

    private static List<Page.Fault> faults(ContactPart part, Refusal refusal) {
        ContactText other = refusal.status() == 412 ? ContactText.OLD
            : refusal.status() == 409 && part == ContactPart.WORDS ? ContactText.DISCREET_STAYS : ContactText.NOT_TAKEN;
        return Visit.faults(refusal, FAULTS, new Page.Fault(FIRST.get(part), other));
    }

    private JteModel show(Page page, ContactPart part, Reply.Done<ContactPreferences> read) {
        ContactPreferences now = read.body();
        return switch (part) {
            case WORDS -> templates.pagesContactWords(page, read.etag(), now);
            case WAYS -> ways(page, read);
            case TIMES -> times(page, read);
            case AMOUNT -> {
                var tellings = new LinkedHashMap<String, String>();
                for (Telling telling : Telling.values()) {
                    tellings.put(telling.getValue(), ContactShown.telling(page, telling));
                }
                yield templates.pagesContactAmount(page, read.etag(), now, tellings);
            }
            case CALLS -> templates.pagesContactCalls(page, read.etag(), now);
            case HELP -> help(page, read);
        };
    }

    /** An email or a letter needs an address, which has a page of its own: here only where there is one. */
    private JteModel ways(Page page, Reply.Done<ContactPreferences> read) {
        var items = new LinkedHashMap<String, String>();
        var used = new ArrayList<String>();
        var never = new ArrayList<String>();
        read.body().getChannels().forEach(c -> {
            items.put(c.getChannel().getValue(), ContactShown.channel(page, c.getChannel()));
            (c.getSafety() == ChannelSafety.UNSAFE ? never : used).add(c.getChannel().getValue());
        });
        for (ChannelName channel : List.of(ChannelName.PUSH, ChannelName.SMS, ChannelName.CALL)) {
            items.putIfAbsent(channel.getValue(), ContactShown.channel(page, channel));
        }
        return templates.pagesContactWays(page, read.etag(), items, used, never);
    }

    private JteModel times(Page page, Reply.Done<ContactPreferences> read) {
        var times = new LinkedHashMap<String, String>();
        List<SafeTime> safe = read.body().getSafeTimes() == null ? List.of() : read.body().getSafeTimes();
        safe.forEach(t -> times.put(Integer.toString(times.size()), ContactShown.time(page, t)));
        var days = new LinkedHashMap<String, String>();
        for (Weekday day : Weekday.values()) {
            days.put(day.getValue(), ContactShown.weekday(page, day));
        }
        var quiet = read.body().getQuietHours();
        return templates.pagesContactTimes(page, read.etag(), times, days, quiet == null ? "" : quiet.getFrom(), quiet == null ? "" : quiet.getTo());
    }

    private JteModel help(Page page, Reply.Done<ContactPreferences> read) {
        var needs = new LinkedHashMap<String, String>();
        for (AccessibilityNeed need : AccessibilityNeed.values()) {
            needs.put(need.getValue(), ContactShown.need(page, need));
        }
        List<AccessibilityNeed> now = read.body().getAccessibilityNeeds() == null ? List.of() : read.body().getAccessibilityNeeds();
        String language = read.body().getInterpreterLanguage();
        return templates.pagesContactHelp(page, read.etag(), needs, now.stream().map(AccessibilityNeed::getValue).toList(),
            Languages.items(page, language), language == null ? "" : language);
    }
}
