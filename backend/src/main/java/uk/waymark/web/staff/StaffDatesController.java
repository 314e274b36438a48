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
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.api.model.StaffAttendance;
import uk.waymark.api.model.StandingLine;
import uk.waymark.api.model.StandingList;
import uk.waymark.platform.CaseClock;
import uk.waymark.web.Answers;
import uk.waymark.web.Form;
import uk.waymark.web.Page;
import uk.waymark.web.Refusal;
import uk.waymark.web.Refused;
import uk.waymark.web.Reply;
import uk.waymark.web.Texts;
import uk.waymark.web.Visit;
import uk.waymark.web.Visits;

/** Who has to be at one date, and what was said to and by one of them. */
@Controller("/staff/dates/{id}")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StaffDatesController {
    private static final String ANSWER = "answer";
    private static final String VERSION = "version";
    private static final List<String> CALL_ENDS = List.of("told", "no_answer", "left_no_message", "wrong_number");
    private final Visits visits;
    private final Templates templates;
    private final CaseClock clock;

    StaffDatesController(Visits visits, Templates templates, CaseClock clock) {
        this.clock = clock;
        this.visits = visits;
        this.templates = templates;
    }

    @Get
    HttpResponse<?> people(HttpRequest<?> request, UUID id, @Nullable @QueryValue String cursor) {
        Visit visit = visits.staff(request);
        StandingList people = page(visit, id, cursor);
        return Answers.page(visit, templates.pagesStaffDate(visit.page(), "/staff/dates/" + id,
            people.getItems().stream().map(l -> PersonLine.of(visit.page(), l)).toList(),
            people.getNextCursor() == null ? null : Visit.encode(people.getNextCursor())));
    }

    @Get("/print")
    HttpResponse<?> print(HttpRequest<?> request, UUID id) {
        Visit visit = visits.staff(request);
        Page page = visit.page();
        List<PersonLine> lines = PersonLine.all(visit, people(id) + "?");
        return Answers.page(visit, templates.pagesStaffPrint(page, Texts.of(WeekText.DATE_TITLE, page.lang(), lines.isEmpty() ? "–"
            : lines.getFirst().when()), "/staff/dates/" + id, page.moment(clock.instant().atOffset(ZoneOffset.UTC)), lines));
    }

    @Get("/table")
    @Produces(MediaType.ALL)
    HttpResponse<?> table(HttpRequest<?> request, UUID id) {
        return Downloads.csv(visits.staff(request), people(id), "date-" + id + ".csv");
    }

    @Get("/people/{person}")
    HttpResponse<?> person(HttpRequest<?> request, UUID id, UUID person, @Nullable @QueryValue String kept) {
        Visit visit = visits.staff(request);
        return Answers.page(visit, person(visit, "true".equals(kept) ? visit.page().with(WeekText.KEPT) : visit.page(), id, person));
    }

    /** Whoever loads the page of a form again that was not taken sees the person as they stand. */
    @Get("/people/{person}/{form:contact|answer}")
    HttpResponse<?> again(HttpRequest<?> request, UUID id, UUID person, String form) {
        return Answers.next(visits.staff(request), there(id, person));
    }

    @Post("/people/{person}/contact")
    HttpResponse<?> contact(HttpRequest<?> request, UUID id, UUID person, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        var said = version(form);
        said.put("how", form.text("how"));
        said.put("outcome", form.text("outcome"));
        form.find("note").ifPresent(note -> said.put("note", note));
        return switch (visit.api().create(people(id) + '/' + person + "/contacts", said, StandingLine.class, form)) {
            case Reply.Done<StandingLine> done -> Answers.next(visit, there(id, person) + "?kept=true");
            case Reply.No<StandingLine> no when no.refusal().mendable() -> Answers.again(visit,
                person(visit, visit.again(List.of(contactFault(form, no.refusal())), form), id, person));
            case Reply.No<StandingLine> no -> throw new Refused(no.refusal());
        };
    }

    @Post("/people/{person}/answer")
    HttpResponse<?> answer(HttpRequest<?> request, UUID id, UUID person, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        var said = version(form);
        said.put(ANSWER, form.text(ANSWER));
        form.find("reason").ifPresent(reason -> said.put("reason", reason));
        return switch (visit.api().send("PUT", people(id) + '/' + person + "/attendance", said, StaffAttendance.class, Map.of())) {
            case Reply.Done<StaffAttendance> done -> Answers.next(visit, there(id, person) + "?kept=true");
            case Reply.No<StaffAttendance> no when no.refusal().mendable() -> Answers.again(visit, person(visit,
                visit.again(List.of(new Page.Fault(ANSWER, no.refusal().status() == 409 ? WeekText.MOVED
                    : form.text(ANSWER).isEmpty() ? WeekText.ANSWER_MISSING : WeekText.NOT_TAKEN)), form), id, person));
            case Reply.No<StaffAttendance> no -> throw new Refused(no.refusal());
        };
    }

    private static Page.Fault contactFault(Form form, Refusal refusal) {
        if (refusal.status() == 409) {
            return new Page.Fault("how", WeekText.MOVED);
        }
        if (form.text("how").isEmpty()) {
            return new Page.Fault("how", WeekText.HOW_MISSING);
        }
        return refusal.pointers().contains("/note") ? new Page.Fault("note", WeekText.NOT_TAKEN)
            : new Page.Fault("outcome", WeekText.OUTCOME_MISSING);
    }

    private static LinkedHashMap<String, Object> version(Form form) {
        var said = new LinkedHashMap<String, Object>();
        form.find(VERSION).filter(v -> v.matches("\\d{1,9}")).ifPresent(v -> said.put(VERSION, Integer.valueOf(v)));
        return said;
    }

    private static String people(UUID id) {
        return "/v1/staff/hearings/" + id + "/people";
    }

    private static String there(UUID id, UUID person) {
        return "/staff/dates/" + id + "/people/" + person;
    }

    private static StandingList page(Visit visit, UUID id, String cursor) {
        return visit.api().get(people(id) + "?limit=100" + (cursor == null ? "" : "&cursor=" + Visit.encode(cursor)), StandingList.class)
            .orRefuse();
    }

    private JteModel person(Visit visit, Page page, UUID id, UUID person) {
        StandingLine line = line(visit, id, person);
        var outcomes = new LinkedHashMap<String, String>();
        CALL_ENDS.forEach(o -> outcomes.put(o, StaffOutcomes.words(page, o)));
        return templates.pagesStaffDatePerson(page, PersonLine.of(page, line), String.valueOf(line.getVersion()), outcomes);
    }

    /** A date has few people: they are gone through page by page. */
    private static StandingLine line(Visit visit, UUID id, UUID person) {
        String cursor = null;
        do {
            StandingList list = page(visit, id, cursor);
            for (StandingLine line : list.getItems()) {
                if (line.getPersonId().equals(person)) {
                    return line;
                }
            }
            cursor = list.getNextCursor();
        } while (cursor != null);
        throw new Refused(Refusal.own(404, "not-found"));
    }
}
