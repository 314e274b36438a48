package uk.waymark.web;

import gg.jte.generated.precompiled.Templates;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.api.model.Attendance;
import uk.waymark.api.model.AttendanceChoice;
import uk.waymark.api.model.HearingState;
import uk.waymark.api.model.MyAnswer;
import uk.waymark.api.model.MyHearing;
import uk.waymark.api.model.MyHearingList;

/** The dates of a case: when and where, what to expect, and whether somebody can come. */
@Controller("/cases/{id}/dates")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class DatesController {
    private static final String ANSWER = "answer";
    private static final String REASON = "reason";
    private static final String VERSION = "version";
    private static final Page.Fault MISSING = new Page.Fault(ANSWER, DatesText.ANSWER_MISSING);
    private static final Page.Fault OLD = new Page.Fault(ANSWER, DatesText.ANSWER_OLD);
    private static final Page.Fault MOVED = new Page.Fault(ANSWER, DatesText.ANSWER_MOVED);
    private static final Page.Fault LONG = new Page.Fault(REASON, DatesText.REASON_LONG);
    private final Visits visits;
    private final Templates templates;

    DatesController(Visits visits, Templates templates) {
        this.visits = visits;
        this.templates = templates;
    }

    @Get
    HttpResponse<?> list(HttpRequest<?> request, UUID id) {
        Visit visit = visits.person(request);
        return Answers.page(visit, templates.pagesDates(visit.page(), id.toString(), dates(visit, id).getItems()));
    }

    @Get("/{date}")
    HttpResponse<?> one(HttpRequest<?> request, UUID id, UUID date) {
        Visit visit = visits.person(request);
        MyHearing hearing = find(visit, id, date);
        return Answers.page(visit, templates.pagesOneDate(visit.page(), id.toString(), hearing, answers(visit.page(), hearing),
            said(visit.page(), hearing)));
    }

    @Post("/{date}")
    HttpResponse<?> answer(HttpRequest<?> request, UUID id, UUID date, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.person(request);
        if (form.text(ANSWER).isEmpty()) {
            return again(visit, id, date, form, MISSING);
        }
        var said = new LinkedHashMap<String, Object>();
        said.put(ANSWER, form.text(ANSWER));
        form.find(REASON).ifPresent(r -> said.put(REASON, r));
        // of the date as the page had it: one that has moved since is not answered unseen
        form.find(VERSION).filter(v -> v.matches("[1-9][0-9]{0,8}")).ifPresent(v -> said.put(VERSION, Integer.valueOf(v)));
        return switch (visit.api().put("/v1/me/hearings/" + date + "/attendance", said, Attendance.class, form)) {
            case Reply.Done<Attendance> done -> taken(visit, id, done.body());
            case Reply.No<Attendance> no when no.refusal().status() == 409 -> again(visit, id, date, form,
                "date-changed".equals(no.refusal().code()) ? MOVED : OLD);
            case Reply.No<Attendance> no when no.refusal().mendable() -> again(visit, id, date, form,
                no.refusal().pointers().contains("/reason") ? LONG : MISSING);
            case Reply.No<Attendance> no -> throw new Refused(no.refusal());
        };
    }

    private HttpResponse<?> taken(Visit visit, UUID id, Attendance answer) {
        Page page = visit.page();
        var go = new LinkedHashMap<String, String>();
        go.put("/cases/" + id + "/calls/new?reason=date", page.t(DatesText.TALK));
        go.put("/cases/" + id + "/day", page.t(DatesText.NEEDS_TITLE));
        go.put("/cases/" + id + "/away", page.t(DatesText.AWAY_TITLE));
        go.put("/cases/" + id + "/dates", page.t(DatesText.TITLE));
        return Answers.page(visit, templates.pagesTaken(page, page.t(DatesText.ANSWERED), page.t(words(answer.getAnswer())),
            answer.getNext(), "/cases/" + id + "/dates", go));
    }

    private HttpResponse<?> again(Visit visit, UUID id, UUID date, Form form, Page.Fault fault) {
        MyHearing hearing = find(visit, id, date);
        Page page = visit.again(List.of(fault), form);
        return Answers.again(visit, templates.pagesOneDate(page, id.toString(), hearing, answers(page, hearing), said(page, hearing)));
    }

    private static MyHearingList dates(Visit visit, UUID id) {
        return visit.api().get("/v1/me/cases/" + id + "/hearings", MyHearingList.class).orRefuse();
    }

    private static MyHearing find(Visit visit, UUID id, UUID date) {
        return dates(visit, id).getItems().stream().filter(h -> h.getId().equals(date)).findFirst()
            .orElseThrow(() -> new Refused(Refusal.own(404, "not-found")));
    }

    /** What is off or over, or needs them not or no more, asks for no answer; the API has the last word. */
    private static Map<String, String> answers(Page page, MyHearing hearing) {
        var answers = new LinkedHashMap<String, String>();
        boolean over = hearing.getLocalDate() != null && hearing.getLocalDate().isBefore(page.today());
        if (hearing.getState() == HearingState.LISTED && hearing.getRequired() && !over) {
            for (AttendanceChoice choice : AttendanceChoice.values()) {
                answers.put(choice.getValue(), page.t(words(choice)));
            }
        }
        return answers;
    }

    /** What was answered before, or null. */
    private static String said(Page page, MyHearing hearing) {
        MyAnswer said = hearing.getAnswered();
        return said == null ? null : page.t(DatesText.SAID, page.moment(said.getAnsweredAt()), page.t(words(said.getAnswer())));
    }

    private static DatesText words(AttendanceChoice choice) {
        return switch (choice) {
            case YES -> DatesText.ANSWER_YES;
            case CANNOT -> DatesText.ANSWER_CANNOT;
            case NEED_TO_TALK -> DatesText.ANSWER_NEED_TO_TALK;
        };
    }
}
