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
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.api.model.Availability;
import uk.waymark.api.model.DaysToAvoid;
import uk.waymark.api.model.Needs;

/** What somebody needs on the day, and the days on which they cannot come. */
@Controller("/cases/{id}")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class WishesController {
    private static final String NEED = "need";
    private static final String INTERPRETER = "interpreter";
    private static final String OTHER = "other";
    private static final Page.Fault FROM = new Page.Fault("from-day", DatesText.AWAY_NO_DAY);
    private static final Page.Fault TO = new Page.Fault("to-day", DatesText.AWAY_NO_DAY);
    private static final Page.Fault ORDER = new Page.Fault("to-day", DatesText.AWAY_ORDER);
    private final Visits visits;
    private final Templates templates;

    WishesController(Visits visits, Templates templates) {
        this.visits = visits;
        this.templates = templates;
    }

    @Get("/day")
    HttpResponse<?> needs(HttpRequest<?> request, UUID id) {
        Visit visit = visits.person(request);
        return Answers.page(visit, needs(visit, visit.page(), id));
    }

    @Post("/day")
    HttpResponse<?> sayNeeds(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.person(request);
        var wanted = new LinkedHashMap<String, Object>();
        needWords().keySet().forEach(n -> wanted.put(n, form.all(NEED).contains(n)));
        form.find(INTERPRETER).ifPresent(l -> wanted.put(INTERPRETER, Map.of("language", l)));
        form.find(OTHER).ifPresent(o -> wanted.put(OTHER, o));
        return switch (visit.api().put(needsOf(id), wanted, Needs.class, form)) {
            case Reply.Done<Needs> done -> taken(visit, id, DatesText.NEEDS_TAKEN, done.body().getNext());
            case Reply.No<Needs> no when no.refusal().mendable() -> Answers.again(visit, needs(visit,
                visit.again(Visit.faults(no.refusal(), Map.of("/other", new Page.Fault(OTHER, DatesText.REASON_LONG)),
                    new Page.Fault(NEED, why(no.refusal()))), form), id));
            case Reply.No<Needs> no -> throw new Refused(no.refusal());
        };
    }

    @Get("/away")
    HttpResponse<?> away(HttpRequest<?> request, UUID id) {
        Visit visit = visits.person(request);
        return Answers.page(visit, away(visit.page(), id, visit.api().get(daysOf(id), Availability.class).done()));
    }

    @Post("/away")
    HttpResponse<?> sayAway(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.person(request);
        Reply.Done<Availability> now = visit.api().get(daysOf(id), Availability.class).done();
        FormDays.Typed from = FormDays.read(form, "from");
        FormDays.Typed to = FormDays.read(form, "to");
        var faults = new ArrayList<Page.Fault>();
        if (from.wrong() || from.empty() && !to.empty()) {
            faults.add(FROM);
        }
        if (to.wrong()) {
            faults.add(TO);
        }
        if (!faults.isEmpty()) {
            return Answers.again(visit, away(visit.again(faults, form), id, now));
        }
        var days = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < now.body().getDatesToAvoid().size(); i++) {
            if (!form.all("gone").contains(Integer.toString(i))) {
                DaysToAvoid day = now.body().getDatesToAvoid().get(i);
                days.add(span(day.getFrom(), day.getTo(), day.getReason()));
            }
        }
        if (from.day() != null) {
            days.add(span(from.day(), to.day() == null ? from.day() : to.day(), form.find("why").orElse(null)));
        }
        // with the form's own ETag: what was ticked is counted in the list that was shown
        return switch (visit.api().put(daysOf(id), Map.of("dates_to_avoid", days), Availability.class, form)) {
            case Reply.Done<Availability> done -> taken(visit, id, DatesText.AWAY_TAKEN, done.body().getNext());
            case Reply.No<Availability> no when no.refusal().mendable() -> Answers.again(visit, away(visit.again(List.of(
                no.refusal().status() == 422 ? ORDER : new Page.Fault("from-day", why(no.refusal()))), form), id, now));
            case Reply.No<Availability> no -> throw new Refused(no.refusal());
        };
    }

    private static String needsOf(UUID id) {
        return "/v1/me/cases/" + id + "/needs";
    }

    private static String daysOf(UUID id) {
        return "/v1/me/cases/" + id + "/availability";
    }

    private static DatesText why(Refusal refusal) {
        return switch (refusal.status()) {
            case 409 -> DatesText.NOT_ASKED;
            case 412 -> DatesText.OLD;
            default -> DatesText.NOT_TAKEN;
        };
    }

    private static Map<String, Object> span(LocalDate from, LocalDate to, String reason) {
        var span = new LinkedHashMap<String, Object>(Map.of("from", from.toString(), "to", to.toString()));
        if (reason != null) {
            span.put("reason", reason);
        }
        return span;
    }

    private JteModel needs(Visit visit, Page page, UUID id) {
        Reply.Done<Needs> now = visit.api().get(needsOf(id), Needs.class).done();
        Needs needs = now.body();
        var items = new LinkedHashMap<String, String>();
        needWords().forEach((need, words) -> items.put(need, page.t(words)));
        var ticked = new ArrayList<String>();
        Map.of("screens", needs.getScreens(), "live_link", needs.getLiveLink(), "separate_waiting", needs.getSeparateWaiting(),
            "expenses", needs.getExpenses(), "visit_before", needs.getVisitBefore()).forEach((need, wanted) -> {
                if (wanted) {
                    ticked.add(need);
                }
            });
        String language = needs.getInterpreter() == null ? null : needs.getInterpreter().getLanguage();
        return templates.pagesNeeds(page, id.toString(), now.etag(), items, ticked, Languages.items(page, language), language == null ? "" : language,
            needs.getOther() == null ? "" : needs.getOther(), given(page, needs.getGivenAt(), needs.getByStaff()));
    }

    private static Map<String, DatesText> needWords() {
        var words = new LinkedHashMap<String, DatesText>();
        words.put("screens", DatesText.NEED_SCREENS);
        words.put("live_link", DatesText.NEED_LIVE_LINK);
        words.put("separate_waiting", DatesText.NEED_SEPARATE_WAITING);
        words.put("visit_before", DatesText.NEED_VISIT_BEFORE);
        words.put("expenses", DatesText.NEED_EXPENSES);
        return words;
    }

    private JteModel away(Page page, UUID id, Reply.Done<Availability> now) {
        var days = new LinkedHashMap<String, String>();
        for (DaysToAvoid day : now.body().getDatesToAvoid()) {
            String span = day.getFrom().equals(day.getTo()) ? page.day(day.getFrom())
                : page.t(DatesText.AWAY_SPAN, page.day(day.getFrom()), page.day(day.getTo()));
            days.put(Integer.toString(days.size()), day.getReason() == null ? span : span + ": " + day.getReason());
        }
        return templates.pagesAway(page, id.toString(), now.etag(), days, given(page, now.body().getGivenAt(), now.body().getByStaff()));
    }

    private static String given(Page page, OffsetDateTime at, Boolean byStaff) {
        return at == null ? null : page.t(Boolean.TRUE.equals(byStaff) ? DatesText.GIVEN_BY_STAFF : DatesText.GIVEN, page.moment(at));
    }

    private HttpResponse<?> taken(Visit visit, UUID id, DatesText title, String next) {
        Page page = visit.page();
        return Answers.page(visit, templates.pagesTaken(page, page.t(title), "", next, "/cases/" + id + "/dates",
            Map.of("/cases/" + id + "/dates", page.t(DatesText.TITLE))));
    }
}
