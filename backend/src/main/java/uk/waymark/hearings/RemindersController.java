package uk.waymark.hearings;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import uk.waymark.api.StaffRemindersApi;
import uk.waymark.api.model.RemindNow;
import uk.waymark.api.model.RemindOutcome;
import uk.waymark.api.model.RemindedNow;
import uk.waymark.api.model.RemindedPerson;
import uk.waymark.api.model.ReminderStep;
import uk.waymark.api.model.ReminderSteps;
import uk.waymark.cases.HearingKind;
import uk.waymark.hearings.ReminderPlan.Step;
import uk.waymark.hearings.ReminderPlan.Words;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.ProblemException;

/** Plans of reminders and reminding now, over HTTP. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class RemindersController implements StaffRemindersApi {
    private final PlanChanges plans;
    private final RemindingNow reminding;
    private final CurrentCaller caller;

    RemindersController(PlanChanges plans, RemindingNow reminding, CurrentCaller caller) {
        this.plans = plans;
        this.reminding = reminding;
        this.caller = caller;
    }

    @Override
    public HttpResponse<uk.waymark.api.model.ReminderPlan> getReminderPlan(String kind) {
        return answer(plans.read(caller.staff(), kind(kind)));
    }

    @Override
    public HttpResponse<uk.waymark.api.model.ReminderPlan> putReminderPlan(String kind, ReminderSteps wanted, String ifMatch) {
        List<Step> steps = wanted.getSteps().stream().map(s -> new Step(s.getDaysBefore(), Boolean.TRUE.equals(s.getWorkingDays()),
            LocalTime.parse(s.getAt()), Words.of(s.getWords().getValue()), !Boolean.FALSE.equals(s.getOnlyRequired()))).toList();
        return answer(plans.change(caller.staff(), kind(kind), steps, ifMatch));
    }

    @Override
    public HttpResponse<RemindedNow> remindOfHearing(UUID id, RemindNow wanted, Boolean dryRun, String idempotencyKey) {
        boolean only = Boolean.TRUE.equals(dryRun);
        var people = wanted.getPeople() == null || wanted.getPeople().isEmpty() ? null : new TreeSet<>(wanted.getPeople());
        var asked = new RemindingNow.Asked(id, people,
            wanted.getWords() == null ? null : Words.of(wanted.getWords().getValue()));
        var done = reminding.remind(caller.staff(), asked, only, idempotencyKey);
        var shown = new RemindedNow(done.hearing(), only, done.people().stream().map(p -> {
            var person = new RemindedPerson(p.id(), RemindOutcome.fromValue(p.outcome()));
            person.setReason(p.reason());
            person.setHeldOut(done.heldOut().contains(p.id()) ? true : null);
            return person;
        }).toList());
        shown.setWords(words(done.words()));
        shown.setTextEn(done.english());
        shown.setTextCy(done.welsh());
        return HttpResponse.ok(shown);
    }

    private static HearingKind kind(String name) {
        return Arrays.stream(HearingKind.values()).filter(k -> k.wireName().equals(name)).findFirst()
            .orElseThrow(ProblemException::notFound);
    }

    private static uk.waymark.api.model.ReminderWords words(Words words) {
        return uk.waymark.api.model.ReminderWords.fromValue(words.stored());
    }

    private static HttpResponse<uk.waymark.api.model.ReminderPlan> answer(ReminderPlan plan) {
        var shown = new uk.waymark.api.model.ReminderPlan(uk.waymark.api.model.HearingKind.fromValue(plan.kind().wireName()),
            plan.version(), plan.own(), plan.steps().stream().map(RemindersController::step).toList());
        shown.setSavedAt(plan.savedAt() == null ? null : plan.savedAt().atOffset(ZoneOffset.UTC));
        shown.setSavedBy(plan.savedBy());
        return HttpResponse.ok(shown).header(HttpHeaders.ETAG, PlanChanges.tag(plan));
    }

    private static ReminderStep step(Step s) {
        var shown = new ReminderStep(s.daysBefore(), s.at().toString(), words(s.words()));
        shown.setWorkingDays(s.workingDays());
        shown.setOnlyRequired(s.onlyRequired());
        return shown;
    }
}
