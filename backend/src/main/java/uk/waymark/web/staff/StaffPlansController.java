package uk.waymark.web.staff;

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import uk.waymark.api.model.HearingKind;
import uk.waymark.api.model.ReminderPlan;
import uk.waymark.api.model.ReminderStep;
import uk.waymark.api.model.Template;
import uk.waymark.web.Answers;
import uk.waymark.web.Form;
import uk.waymark.web.Lang;
import uk.waymark.web.Page;
import uk.waymark.web.Refused;
import uk.waymark.web.Reply;
import uk.waymark.web.Texts;
import uk.waymark.web.Visit;
import uk.waymark.web.Visits;

/** When people are reminded, by kind of date; and the way to the words of messages. */
@Controller("/staff")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StaffPlansController {
    private static final String PLANS = "/v1/staff/reminder-plans/";
    private static final int MOST_STEPS = 5;
    private final Visits visits;
    private final Templates templates;

    StaffPlansController(Visits visits, Templates templates) {
        this.visits = visits;
        this.templates = templates;
    }

    /** Administrators have the words and no plans: they see what is theirs. */
    @Get("/words")
    HttpResponse<?> words(HttpRequest<?> request) {
        Visit visit = visits.staff(request);
        Page page = visit.page();
        var messages = new LinkedHashMap<String, String>();
        new TreeSet<>(Texts.file("templates", Lang.EN).names()).forEach(name ->
            messages.put("/staff/words/" + name, PlansText.ofMessage(page, name)));
        visit.api().get("/v1/staff/templates/case_update", Void.class).orRefuse();
        var plans = new ArrayList<Map.Entry<String, List<String>>>();
        for (HearingKind kind : HearingKind.values()) {
            if (visit.api().get(PLANS + kind.getValue(), ReminderPlan.class) instanceof Reply.Done<ReminderPlan> plan) {
                plans.add(Map.entry("/staff/plans/" + kind.getValue(), List.of(PlansText.ofKind(page, kind.getValue()),
                    steps(page, plan.body()), page.t(Boolean.TRUE.equals(plan.body().getOwn()) ? PlansText.OWN : PlansText.SHARED,
                        plan.body().getVersion()))));
            }
        }
        return Answers.page(visit, templates.pagesStaffWords(page, plans, messages));
    }

    @Get("/plans/{kind}")
    HttpResponse<?> plan(HttpRequest<?> request, String kind, @Nullable @QueryValue String kept) {
        Visit visit = visits.staff(request);
        return Answers.page(visit, plan(visit, "true".equals(kept) ? visit.page().with(PlansText.KEPT) : visit.page(), kind));
    }

    @Post("/plans/{kind}")
    HttpResponse<?> save(HttpRequest<?> request, String kind, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        List<Integer> given = given(form);
        return switch (visit.api().put(PLANS + Visit.encode(kind), Map.of("steps", given.stream().map(i -> step(form, i)).toList()),
                ReminderPlan.class, form)) {
            case Reply.Done<ReminderPlan> done -> Answers.next(visit, "/staff/plans/" + kind + "?kept=true");
            case Reply.No<ReminderPlan> no when no.refusal().mendable() -> Answers.again(visit, plan(visit, visit.again(List.of(
                new Page.Fault("days-" + wrong(no.refusal().pointers(), given), no.refusal().status() == 412 ? PlansText.CHANGED
                    : PlansText.PLAN_BAD)), form), kind));
            case Reply.No<ReminderPlan> no -> throw new Refused(no.refusal());
        };
    }

    private JteModel plan(Visit visit, Page page, String kind) {
        Reply.Done<ReminderPlan> plan = visit.api().get(PLANS + Visit.encode(kind), ReminderPlan.class).done();
        return templates.pagesStaffPlan(page, plan.body(), plan.etag(), words(visit));
    }

    /** What the two kinds of reminder say now, as it looks on a phone; nothing for whom the words are not theirs to see. */
    private static List<Template> words(Visit visit) {
        var words = new ArrayList<Template>();
        for (String name : List.of("reminder_question", "reminder_details")) {
            if (visit.api().get("/v1/staff/templates/" + name, Template.class) instanceof Reply.Done<Template> done) {
                words.add(done.body());
            }
        }
        return words;
    }

    /** Which of the reminders on the page are meant to be. */
    private static List<Integer> given(Form form) {
        var given = new ArrayList<Integer>();
        for (int i = 0; i < MOST_STEPS; i++) {
            if (form.find("days-" + i).isPresent()) {
                given.add(i);
            }
        }
        return given;
    }

    private static Map<String, Object> step(Form form, int i) {
        String days = form.text("days-" + i);
        // what is no number goes as it is: the API says which one it is
        return Map.of("days_before", days.matches("\\d{1,6}") ? Integer.valueOf(days) : days, "at", form.text("at-" + i),
            "words", form.text("words-" + i), "working_days", form.find("working-" + i).isPresent(),
            "only_required", form.find("others-" + i).isEmpty());
    }

    /** The reminder on the page that the API names; the first where it names none. */
    private static int wrong(List<String> pointers, List<Integer> given) {
        return pointers.stream().filter(p -> p.matches("/steps/\\d(/.*)?")).map(p -> p.charAt("/steps/".length()) - '0')
            .filter(i -> i < given.size()).map(given::get).findFirst().orElse(given.isEmpty() ? 0 : given.getFirst());
    }

    private static String steps(Page page, ReminderPlan plan) {
        return plan.getSteps().isEmpty() ? page.t(PlansText.NOBODY) : plan.getSteps().stream()
            .map(s -> page.t(step(s), s.getDaysBefore(), s.getAt())).collect(Collectors.joining("\n"));
    }

    private static PlansText step(ReminderStep step) {
        boolean one = step.getDaysBefore() == 1;
        return Boolean.TRUE.equals(step.getWorkingDays()) ? one ? PlansText.STEP_WORKING_ONE : PlansText.STEP_WORKING
            : one ? PlansText.STEP_ONE : PlansText.STEP_SHOWN;
    }
}
