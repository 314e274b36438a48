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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import uk.waymark.api.model.HearingOutcomeKind;
import uk.waymark.api.model.HearingOutcomeLine;
import uk.waymark.api.model.HearingOutcomeList;
import uk.waymark.web.Answers;
import uk.waymark.web.Form;
import uk.waymark.web.Page;
import uk.waymark.web.Refused;
import uk.waymark.web.Reply;
import uk.waymark.web.Visit;
import uk.waymark.web.Visits;

/** What came of a date for each person who had to be there, put down after it by the unit. */
@Controller("/staff/dates/{id}/came")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StaffCameController {
    private final Visits visits;
    private final Templates templates;

    StaffCameController(Visits visits, Templates templates) {
        this.visits = visits;
        this.templates = templates;
    }

    @Get
    HttpResponse<?> read(HttpRequest<?> request, UUID id, @Nullable @QueryValue String done) {
        Visit visit = visits.staff(request);
        return Answers.page(visit, page(visit, "true".equals(done) ? visit.page().with(CameText.DONE) : visit.page(), id));
    }

    @Post
    HttpResponse<?> record(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        HearingOutcomeList known = outcomes(visit, id);
        // what nobody touched stays as whoever put it down
        List<Map<String, String>> said = known.getItems().stream().map(HearingOutcomeLine::getPersonId)
            .filter(p -> form.find(field(p)).isPresent() && !form.text(field(p)).equals(form.text("was-" + field(p)))).map(p -> Map.of("person_id", p.toString(), "outcome", form.text(field(p)))).toList();
        String first = known.getItems().isEmpty() ? "" : field(known.getItems().getFirst().getPersonId());
        if (said.isEmpty()) {
            return again(visit, id, form, first, CameText.NOTHING_CHOSEN);
        }
        return switch (visit.api().send("PUT", path(id), Map.of("outcomes", said), HearingOutcomeList.class, Map.of())) {
            case Reply.Done<HearingOutcomeList> done when done.body().getNotTaken().isEmpty() ->
                Answers.next(visit, "/staff/dates/" + id + "/came?done=true");
            case Reply.Done<HearingOutcomeList> done -> again(visit, id, form, first, CameText.NOT_TAKEN);
            case Reply.No<HearingOutcomeList> no when no.refusal().status() == 409 -> again(visit, id, form, first, CameText.NOT_YET);
            case Reply.No<HearingOutcomeList> no when no.refusal().mendable() -> again(visit, id, form, first, CameText.NOT_TAKEN);
            case Reply.No<HearingOutcomeList> no -> throw new Refused(no.refusal());
        };
    }

    private HttpResponse<?> again(Visit visit, UUID id, Form form, String field, CameText why) {
        return Answers.again(visit, page(visit, visit.again(List.of(new Page.Fault(field, why)), form), id));
    }

    private JteModel page(Visit visit, Page page, UUID id) {
        Map<String, PersonLine> lines = PersonLine.all(visit, "/v1/staff/hearings/" + id + "/people?").stream()
            .collect(Collectors.toMap(PersonLine::href, Function.identity()));
        var people = outcomes(visit, id).getItems().stream().map(o -> new PersonCame(o.getPersonId(),
            name(lines.get("/staff/dates/" + id + "/people/" + o.getPersonId()), page), o.getOutcome() == null ? "" : o.getOutcome().getValue()))
            .toList();
        var words = new LinkedHashMap<String, String>();
        words.put("", page.t(CameText.OPEN));
        for (HearingOutcomeKind kind : HearingOutcomeKind.values()) {
            words.put(kind.getValue(), page.t(CameText.valueOf(kind.getValue().toUpperCase(Locale.ROOT))));
        }
        return templates.pagesStaffCame(page, "/staff/dates/" + id + "/came", lines.values().stream().map(PersonLine::when).findFirst()
            .orElse("–"), people, words);
    }

    /** Whoever may not open the case sees no name in the list of the date either. */
    private static String name(PersonLine line, Page page) {
        return line == null ? page.t(CameText.UNNAMED) : line.name() + " (" + line.reference() + ")";
    }

    private static HearingOutcomeList outcomes(Visit visit, UUID id) {
        return visit.api().get(path(id), HearingOutcomeList.class).orRefuse();
    }

    private static String path(UUID id) {
        return "/v1/staff/hearings/" + id + "/outcomes";
    }

    private static String field(UUID person) {
        return new PersonCame(person, "", "").field();
    }
}
