package uk.waymark.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uk.waymark.api.model.CallBack;
import uk.waymark.api.model.CallBackList;
import uk.waymark.api.model.CallBackReason;
import uk.waymark.api.model.CallBackSlots;
import uk.waymark.api.model.CallBackState;
import uk.waymark.api.model.CallBackTime;

/** Asking for a call: why, when it is safe, and how; where it stands, moved or taken back. */
@Controller("/cases/{id}/calls")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class CallsController {
    private static final String REASON = "reason";
    private static final String VOICEMAIL = "voicemail";
    private static final String WORD = "word";
    private static final String SLOT = "slot";
    private static final String KEEP = "keep";
    private static final String LANGUAGE = "language";
    private static final String INTERPRETER = "interpreter";
    private static final Set<CallBackState> OPEN = Set.of(CallBackState.ASKED, CallBackState.BOOKED, CallBackState.MISSED);
    private static final Page.Fault NO_REASON = new Page.Fault(REASON, CallsText.REASON_MISSING);
    private static final Page.Fault TAKEN = new Page.Fault(SLOT, CallsText.SLOT_GONE);
    private static final Map<String, Page.Fault> FAULTS = Map.of("/preferred", TAKEN, "/preferred/0", TAKEN,
        "/word", new Page.Fault(WORD, CallsText.WORD_LONG), "/about", new Page.Fault("about", CallsText.ABOUT_LONG),
        "/mobile", new Page.Fault("mobile", CallsText.MOBILE_WRONG), "/reason", NO_REASON);
    private final Visits visits;
    private final Templates templates;

    CallsController(Visits visits, Templates templates) {
        this.visits = visits;
        this.templates = templates;
    }

    @Get
    HttpResponse<?> list(HttpRequest<?> request, UUID id, @Nullable @QueryValue String cursor) {
        Visit visit = visits.person(request);
        Page page = visit.page();
        CallBackList list = visit.api().get(calls(id) + (cursor == null ? "" : "?cursor=" + Visit.encode(cursor)), CallBackList.class)
            .orRefuse();
        var calls = new LinkedHashMap<String, String>();
        list.getItems().forEach(c -> calls.put("/cases/" + id + "/calls/" + c.getId(),
            page.moment(c.getAskedAt()) + ": " + page.t(words(c.getState()))));
        return Answers.page(visit, templates.pagesCalls(page, id.toString(), calls, list.getNextCursor()));
    }

    @Get("/new")
    HttpResponse<?> begin(HttpRequest<?> request, UUID id, @Nullable @QueryValue String reason) {
        Visit visit = visits.person(request);
        return Answers.page(visit, ask(visit, visit.page(), id, reason == null ? "" : reason));
    }

    @Post("/new")
    HttpResponse<?> take(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.person(request);
        if (form.text(REASON).isEmpty()) {
            return Answers.again(visit, ask(visit, visit.again(List.of(NO_REASON), form), id, ""));
        }
        Map<String, Object> wanted = how(form);
        wanted.put(REASON, form.text(REASON));
        wanted.putIfAbsent(LANGUAGE, visit.page().lang().tag());
        form.find("about").ifPresent(a -> wanted.put("about", a));
        form.find("mobile").ifPresent(m -> wanted.put("mobile", m));
        form.find(SLOT).ifPresent(s -> wanted.put("preferred", times(s)));
        return switch (visit.api().create(calls(id), wanted, CallBack.class, form)) {
            case Reply.Done<CallBack> done -> Answers.next(visit, "/cases/" + id + "/calls/" + done.body().getId());
            case Reply.No<CallBack> no when no.refusal().mendable() -> Answers.again(visit, ask(visit, visit.again(
                Visit.faults(no.refusal(), FAULTS, new Page.Fault(REASON, no.refusal().status() == 409 ? CallsText.TOO_MANY
                    : CallsText.NOT_TAKEN)), form), id, ""));
            case Reply.No<CallBack> no -> throw new Refused(no.refusal());
        };
    }

    @Get("/{call}")
    HttpResponse<?> one(HttpRequest<?> request, UUID id, UUID call) {
        Visit visit = visits.person(request);
        return Answers.page(visit, show(visit, visit.page(), id, call));
    }

    @Post("/{call}")
    HttpResponse<?> change(HttpRequest<?> request, UUID id, UUID call, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.person(request);
        Map<String, Object> wanted = how(form);
        if (!KEEP.equals(form.text(SLOT))) {
            wanted.put("preferred", form.find(SLOT).map(CallsController::times).orElse(List.of()));
        }
        return switch (visit.api().put(calledBack(call), wanted, CallBack.class, form)) {
            case Reply.Done<CallBack> done -> Answers.next(visit, "/cases/" + id + "/calls/" + call);
            case Reply.No<CallBack> no when no.refusal().mendable() -> Answers.again(visit, show(visit, visit.again(
                Visit.faults(no.refusal(), FAULTS, new Page.Fault(SLOT, no.refusal().status() == 409 ? CallsText.BEING_RUNG
                    : no.refusal().status() == 412 ? CallsText.OLD : CallsText.NOT_TAKEN)), form), id, call));
            case Reply.No<CallBack> no -> throw new Refused(no.refusal());
        };
    }

    @Post("/{call}/cancel")
    HttpResponse<?> cancel(HttpRequest<?> request, UUID id, UUID call, @Body String body) {
        visits.form(request, body);
        Visit visit = visits.person(request);
        if (visit.api().delete(calledBack(call)) instanceof Reply.No<?> no && no.refusal().status() != 409) {
            throw new Refused(no.refusal());
        }
        return Answers.next(visit, "/cases/" + id + "/calls/" + call); // also where it came to its end meanwhile: that stands there
    }

    private static String calls(UUID id) {
        return "/v1/me/cases/" + id + "/call-backs";
    }

    private static String calledBack(UUID call) {
        return "/v1/me/call-backs/" + call;
    }

    private static Map<String, Object> how(Form form) {
        var how = new LinkedHashMap<String, Object>();
        form.find(VOICEMAIL).ifPresent(v -> how.put(VOICEMAIL, Boolean.valueOf(v)));
        for (String field : List.of(WORD, LANGUAGE, INTERPRETER)) {
            form.find(field).ifPresent(value -> how.put(field, value));
        }
        how.put("withhold_number", form.all("hide").contains("true"));
        return how;
    }

    /** A slot as it stands in its option: from and to. */
    private static List<Map<String, Object>> times(String slot) {
        int to = slot.indexOf('/');
        return List.of(Map.of("from", to < 0 ? slot : slot.substring(0, to), "to", slot.substring(to + 1)));
    }

    private JteModel ask(Visit visit, Page page, UUID id, String reason) {
        var reasons = new LinkedHashMap<String, String>();
        for (CallBackReason why : CallBackReason.values()) {
            reasons.put(why.getValue(), page.t(words(why)));
        }
        return templates.pagesNewCall(page, id.toString(), reasons, reason, slots(visit, id, Map.of("", page.t(CallsText.SLOT_SOON))),
            languages(), interpreters(page, null));
    }

    private static Map<String, String> languages() {
        var languages = new LinkedHashMap<String, String>();
        for (Lang lang : Lang.values()) {
            languages.put(lang.tag(), lang.ownName());
        }
        return languages;
    }

    /** @param chosen for this call, which another can take the place of; null for none */
    private static Map<String, String> interpreters(Page page, String chosen) {
        Map<String, String> items = Languages.items(page, chosen);
        if (chosen == null) {
            items.put("", page.t(CallsText.INTERPRETER_USUAL));
        } else {
            items.remove("");
        }
        return items;
    }

    private static Map<String, String> slots(Visit visit, UUID id, Map<String, String> first) {
        var slots = new LinkedHashMap<>(first);
        visit.api().get(calls(id) + "/slots", CallBackSlots.class).orRefuse().getFree()
            .forEach(s -> slots.put(s.getFrom().toInstant() + "/" + s.getTo().toInstant(), span(visit.page(), s)));
        return slots;
    }

    private static String span(Page page, CallBackTime time) {
        return page.t(CallsText.SPAN, page.moment(time.getFrom()),
            Days.time(time.getTo().atZoneSameInstant(Days.UK).toLocalTime(), page.lang()));
    }

    private JteModel show(Visit visit, Page page, UUID id, UUID call) {
        Reply.Done<CallBack> read = visit.api().get(calledBack(call), CallBack.class).done();
        CallBack now = read.body();
        if (!now.getCaseId().equals(id)) {
            throw new Refused(Refusal.own(404, "not-found"));
        }
        boolean open = OPEN.contains(now.getState()) && now.getEndedAt() == null;
        var facts = new LinkedHashMap<String, String>();
        facts.put(page.t(words(now.getState())), open && now.getSlot() != null ? page.t(CallsText.SLOT_BOOKED, span(page, now.getSlot()))
            : open && now.getNextAt() != null ? page.t(CallsText.DUE_BY, page.moment(now.getNextAt()))
            : page.t(CallsText.ASKED_AT, page.moment(now.getAskedAt())));
        facts.put(page.t(CallsText.REASON), page.t(words(now.getReason())));
        var first = new LinkedHashMap<String, String>();
        first.put(KEEP, page.t(CallsText.SLOT_KEEP));
        first.put("", page.t(CallsText.SLOT_SOON));
        return templates.pagesOneCall(page, now, read.etag(), facts, open ? slots(visit, id, first) : Map.of(), languages(),
            open ? interpreters(page, now.getInterpreter()) : Map.of());
    }

    private static CallsText words(CallBackReason reason) {
        return switch (reason) {
            case NOT_SAFE -> CallsText.REASON_NOT_SAFE;
            case QUESTION -> CallsText.REASON_QUESTION;
            case DATE -> CallsText.REASON_DATE;
            case CHANGE -> CallsText.REASON_CHANGE;
            case OTHER -> CallsText.REASON_OTHER;
        };
    }

    private static CallsText words(CallBackState state) {
        return switch (state) {
            case ASKED -> CallsText.STATE_ASKED;
            case BOOKED -> CallsText.STATE_BOOKED;
            case CLAIMED -> CallsText.STATE_CLAIMED;
            case MISSED -> CallsText.STATE_MISSED;
            case DONE -> CallsText.STATE_DONE;
            case CANCELLED -> CallsText.STATE_CANCELLED;
        };
    }
}
