package uk.waymark.web.staff;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
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
import uk.waymark.api.model.StaffCallBack;
import uk.waymark.web.Answers;
import uk.waymark.web.Form;
import uk.waymark.web.Page;
import uk.waymark.web.Refusal;
import uk.waymark.web.Refused;
import uk.waymark.web.Reply;
import uk.waymark.web.Visit;
import uk.waymark.web.Visits;

/** How calls go that people asked for, and what a supervisor decides after calls in vain. */
@Controller("/staff/calls")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StaffCallsController {
    private static final String CALLS = "/v1/staff/call-backs/";
    private static final String OUTCOME = "outcome";
    private static final String NOTE = "note";
    private static final String SPOKEN = "spoken";
    private static final String NOT_NEEDED = "not_needed";
    private final Visits visits;
    private final StaffRefusals refusals;

    StaffCallsController(Visits visits, StaffRefusals refusals) {
        this.visits = visits;
        this.refusals = refusals;
    }

    /** Somebody who was spoken to is two steps of the API: the call, and that it is dealt with. */
    @Post("/{id}")
    HttpResponse<?> went(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        String outcome = form.text(OUTCOME);
        Reply<StaffCallBack> said = outcome.equals(NOT_NEEDED) ? null
            : visit.api().create(CALLS + id + "/attempts", with(Map.of(OUTCOME, outcome.equals(SPOKEN) ? "reached" : outcome), form),
                StaffCallBack.class, form);
        if (said instanceof Reply.No<StaffCallBack> no) {
            return refused(visit, no.refusal(), form);
        }
        if (outcome.equals(SPOKEN) || outcome.equals(NOT_NEEDED)) {
            Reply<StaffCallBack> ended = visit.api().post(CALLS + id + "/completion", with(Map.of(OUTCOME, outcome), form),
                StaffCallBack.class);
            if (ended instanceof Reply.No<StaffCallBack> no) {
                return refused(visit, no.refusal(), form);
            }
        }
        return Answers.next(visit, "/staff?done=call");
    }

    @Post("/{id}/decision")
    HttpResponse<?> decided(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        return switch (visit.api().create(CALLS + id + "/decision", Map.of("decision", form.text("decision"), "reason",
                form.text("because")), StaffCallBack.class, form)) {
            case Reply.Done<StaffCallBack> done -> Answers.next(visit, "/staff?done=completed");
            case Reply.No<StaffCallBack> no -> refused(visit, no.refusal(), form);
        };
    }

    private HttpResponse<?> refused(Visit visit, Refusal refusal, Form form) {
        if (refusal.status() == 409) {
            return refusals.refused(visit, DeskText.NOT_PUT_DOWN, refusal, form);
        }
        if (!refusal.mendable()) {
            throw new Refused(refusal);
        }
        List<Page.Fault> faults = Visit.faults(refusal, Map.of("/decision", new Page.Fault("decision", DeskText.DECISION_MISSING),
            "/reason", new Page.Fault("because", DeskText.BECAUSE_MISSING), "/outcome", new Page.Fault(OUTCOME, form.text(OUTCOME).equals("voicemail_left") ? DeskText.NO_MESSAGE : StaffText.OUTCOME_MISSING),
            "/note", new Page.Fault(NOTE, DeskText.NOTE_LONG)),
            new Page.Fault(form.fields().containsKey("because") ? "decision" : OUTCOME, StaffText.OUTCOME_MISSING));
        return refusals.again(visit, StaffItems.named(form, "item"), faults, form);
    }

    private static Map<String, Object> with(Map<String, Object> said, Form form) {
        var all = new LinkedHashMap<>(said);
        form.find(NOTE).ifPresent(note -> all.put(NOTE, note));
        return all;
    }
}
