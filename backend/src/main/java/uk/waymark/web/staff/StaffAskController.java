package uk.waymark.web.staff;

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
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.api.model.CallBackReason;
import uk.waymark.api.model.StaffCallBack;
import uk.waymark.api.model.StaffCase;
import uk.waymark.web.Answers;
import uk.waymark.web.Form;
import uk.waymark.web.FormDays;
import uk.waymark.web.Page;
import uk.waymark.web.Refusal;
import uk.waymark.web.Refused;
import uk.waymark.web.Reply;
import uk.waymark.web.Visit;
import uk.waymark.web.Visits;

/** Somebody who spoke to staff would like to be rung: put down for them, with the case open. */
@Controller("/staff/cases/{id}/calls")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StaffAskController {
    private static final ZoneId UK = ZoneId.of("Europe/London");
    private static final String CLOCK = "([01]\\d|2[0-3]):[0-5]\\d";
    private static final String PERSON = "person";
    private static final String TOPIC = "topic";
    private static final String ABOUT = "about";
    private static final String SUITS = "suits";
    private static final String FROM = "from";
    private static final String VOICEMAIL = "voicemail";
    private static final String WORD = "word";
    private static final String INTERPRETER = "interpreter";
    private static final String LANGUAGE = "language";
    private static final Page.Fault NO_TOPIC = new Page.Fault(TOPIC, StaffAskText.TOPIC_MISSING);
    private static final Page.Fault NOBODY = new Page.Fault(PERSON, StaffAskText.PERSON_MISSING);
    private static final Page.Fault GONE = new Page.Fault(PERSON, StaffAskText.PERSON_GONE);
    private static final Page.Fault NO_TIMES = new Page.Fault(FROM, StaffAskText.TIMES_MISSING);
    private static final Page.Fault REFUSED = new Page.Fault(FROM, StaffAskText.TIMES_REFUSED);
    private static final Page.Fault NOT_TAKEN = new Page.Fault(TOPIC, StaffAskText.NOT_TAKEN);
    private static final Map<String, Page.Fault> FAULTS = Map.of("/preferred", REFUSED, "/preferred/0", REFUSED, "/reason", NO_TOPIC,
        "/about", new Page.Fault(ABOUT, StaffAskText.ABOUT_LONG), "/word", new Page.Fault(WORD, StaffAskText.WORD_LONG),
        "/interpreter", new Page.Fault(INTERPRETER, StaffAskText.INTERPRETER_WRONG));
    private final Visits visits;
    private final Templates templates;

    StaffAskController(Visits visits, Templates templates) {
        this.visits = visits;
        this.templates = templates;
    }

    /** Whoever loads it again, or chooses another language, opens the case anew: reading it wants its reason. */
    @Get
    HttpResponse<?> again(HttpRequest<?> request, UUID id) {
        return Answers.next(visits.staff(request), "/staff/cases/" + id);
    }

    @Get("/new")
    HttpResponse<?> asked(HttpRequest<?> request, UUID id) {
        return again(request, id);
    }

    @Post
    HttpResponse<?> begin(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        return switch (read(visit, id, form)) {
            case Reply.Done<StaffCase> done -> Answers.page(visit, ask(visit.page(), done.body(), form, null));
            case Reply.No<StaffCase> no when no.refusal().status() == 428 -> again(request, id);
            case Reply.No<StaffCase> no -> throw new Refused(no.refusal());
        };
    }

    @Post("/new")
    HttpResponse<?> take(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        var faults = new ArrayList<Page.Fault>();
        Map<String, Object> wanted = wanted(form, id, faults);
        if (!faults.isEmpty()) {
            return mend(visit, id, form, faults, null);
        }
        return switch (visit.api().create("/v1/staff/people/" + form.text(PERSON) + "/call-backs", wanted, StaffCallBack.class, form)) {
            case Reply.Done<StaffCallBack> done -> Answers.page(visit, templates.pagesStaffAsked(visit.page(), done.body()));
            case Reply.No<StaffCallBack> no when no.refusal().status() == 404 ->
                mend(visit, id, form, List.of(GONE), null);
            case Reply.No<StaffCallBack> no when no.refusal().mendable() -> refused(visit, id, form, no.refusal());
            case Reply.No<StaffCallBack> no -> throw new Refused(no.refusal());
        };
    }

    /** When somebody can ring instead is in the words of the API. */
    private HttpResponse<?> refused(Visit visit, UUID id, Form form, Refusal refusal) {
        List<Page.Fault> faults = Visit.faults(refusal, FAULTS, NOT_TAKEN);
        String said = faults.contains(REFUSED) ? String.join(" ", refusal.said()) + " " + refusal.detail() : null;
        return mend(visit, id, form, faults, said);
    }

    private HttpResponse<?> mend(Visit visit, UUID id, Form form, List<Page.Fault> faults, String said) {
        return Answers.again(visit, ask(visit.again(faults, form), read(visit, id, form).orRefuse(), form, said));
    }

    private static Reply<StaffCase> read(Visit visit, UUID id, Form form) {
        return visit.api().send("GET", "/v1/staff/cases/" + id, null, StaffCase.class, StaffReasons.of(form));
    }

    private static Map<String, Object> wanted(Form form, UUID caseId, List<Page.Fault> faults) {
        if (!form.text(PERSON).matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            faults.add(NOBODY);
        }
        if (form.find(TOPIC).isEmpty()) {
            faults.add(NO_TOPIC);
        }
        var wanted = new LinkedHashMap<String, Object>(Map.of("case_id", caseId.toString(), "reason", form.text(TOPIC),
            "withhold_number", form.all("hide").contains("true")));
        for (String field : List.of(ABOUT, WORD, INTERPRETER, LANGUAGE)) {
            form.find(field).ifPresent(value -> wanted.put(field, value));
        }
        form.find(VOICEMAIL).ifPresent(v -> wanted.put(VOICEMAIL, Boolean.valueOf(v)));
        FormDays.Typed day = FormDays.read(form, SUITS);
        boolean times = form.find(FROM).isPresent() || form.find("to").isPresent();
        if (day.wrong() || day.empty() && times) {
            faults.add(new Page.Fault(SUITS + "-day", StaffAskText.DAY_WRONG));
        } else if (!day.empty() && !(form.text(FROM).matches(CLOCK) && form.text("to").matches(CLOCK))) {
            faults.add(NO_TIMES);
        } else if (!day.empty()) {
            wanted.put("preferred", List.of(Map.of(FROM, moment(day, form.text(FROM)), "to", moment(day, form.text("to")))));
        }
        return wanted;
    }

    private static String moment(FormDays.Typed day, String time) {
        return day.day().atTime(LocalTime.parse(time)).atZone(UK).toInstant().toString();
    }

    private JteModel ask(Page page, StaffCase one, Form form, String said) {
        var people = new LinkedHashMap<String, String>();
        one.getPeople().stream().filter(p -> !Boolean.TRUE.equals(p.getDeceased()))
            .forEach(p -> people.put(p.getId().toString(), p.getGivenName() + " " + p.getFamilyName()));
        var topics = new LinkedHashMap<String, String>();
        for (CallBackReason why : CallBackReason.values()) {
            topics.put(why.getValue(), page.t(words(why)));
        }
        return templates.pagesStaffAsk(page, one.getId().toString(), people, topics, StaffReasons.kept(form), said);
    }

    private static StaffAskText words(CallBackReason reason) {
        return switch (reason) {
            case NOT_SAFE -> StaffAskText.TOPIC_NOT_SAFE;
            case QUESTION -> StaffAskText.TOPIC_QUESTION;
            case DATE -> StaffAskText.TOPIC_DATE;
            case CHANGE -> StaffAskText.TOPIC_CHANGE;
            case OTHER -> StaffAskText.TOPIC_OTHER;
        };
    }
}
