package uk.waymark.hearings.trial;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import jakarta.annotation.Nullable;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import uk.waymark.api.model.HearingOutcomeKind;
import uk.waymark.api.model.HearingOutcomeLine;
import uk.waymark.api.model.HearingOutcomeList;
import uk.waymark.api.model.HearingOutcomeRefused;
import uk.waymark.api.model.HearingOutcomesRequest;
import uk.waymark.hearings.trial.HearingOutcomes.Given;
import uk.waymark.hearings.trial.HearingOutcomes.Outcome;
import uk.waymark.platform.CsvRows;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.ProblemException;

/** What came of a court date. By hand, because it comes as a list or as a file. */
@Controller("/v1/staff/hearings/{id}/outcomes")
@Secured({"witness_care", "supervisor"})
@ExecuteOn(TaskExecutors.BLOCKING)
class OutcomesController {
    private static final String PROBLEM = "application/problem+json";
    private static final int MOST = 1000;
    private final HearingOutcomes outcomes;
    private final CurrentCaller caller;

    OutcomesController(HearingOutcomes outcomes, CurrentCaller caller) {
        this.outcomes = outcomes;
        this.caller = caller;
    }

    @Get
    HttpResponse<HearingOutcomeList> read(UUID id) {
        return HttpResponse.ok(view(outcomes.read(caller.staff(), id)));
    }

    @Put
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({MediaType.APPLICATION_JSON, PROBLEM})
    HttpResponse<HearingOutcomeList> list(UUID id, @Body HearingOutcomesRequest request) {
        var given = new ArrayList<Given>();
        request.getOutcomes().forEach(o -> given.add(new Given(given.size() + 1L, o.getPersonId(), outcome(o.getOutcome().getValue()), null)));
        return json(outcomes.record(caller.staff(), id, given));
    }

    @Put
    @Consumes(MediaType.TEXT_CSV)
    @Produces({MediaType.APPLICATION_JSON, PROBLEM})
    HttpResponse<HearingOutcomeList> file(UUID id, @Body @Nullable byte[] body) {
        return json(outcomes.record(caller.staff(), id, given(body == null ? new byte[0] : body)));
    }

    private static List<Given> given(byte[] body) {
        try (CsvRows rows = CsvRows.of(body)) {
            rows.missing("person_id", "outcome").ifPresent(name -> {
                throw ProblemException.badRequest("", "The first line names no column " + name + ".");
            });
            var given = new ArrayList<Given>();
            while (rows.hasNext()) {
                if (given.size() == MOST) {
                    throw ProblemException.unprocessable("", "At most " + MOST + " lines at once.");
                }
                given.add(given(rows.next()));
            }
            return given;
        }
    }

    private static Given given(CsvRows.Row row) {
        if (row.error() != null) {
            return new Given(row.line(), null, null, row.error());
        }
        UUID person = person(row.text("person_id"));
        Outcome outcome = row.text("outcome") == null ? null : outcome(row.text("outcome"));
        String error = person == null ? "This is not a person_id: copy it from the list of the hearing."
            : outcome == null ? "This is not an outcome. Write " + String.join(", ",
                java.util.Arrays.stream(Outcome.values()).map(Outcome::wireName).toList()) + "." : null;
        return new Given(row.line(), person, outcome, error);
    }

    private static UUID person(String text) {
        try {
            return text == null || text.length() != 36 ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Outcome outcome(String name) {
        return HearingOutcomes.byWireName().get(name.strip().toLowerCase(Locale.ROOT));
    }

    private static HttpResponse<HearingOutcomeList> json(HearingOutcomes.Seen seen) {
        return HttpResponse.ok(view(seen)).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    private static HearingOutcomeList view(HearingOutcomes.Seen seen) {
        return new HearingOutcomeList(seen.hearing(), seen.lines().stream().map(line -> {
            var shown = new HearingOutcomeLine(line.person(), line.required());
            if (line.outcome() != null) {
                shown.setOutcome(HearingOutcomeKind.fromValue(line.outcome().wireName()));
                shown.setRecordedAt(line.at().atOffset(ZoneOffset.UTC));
                shown.setRecordedBy(line.by());
            }
            return shown;
        }).toList(), seen.notTaken().stream().map(n -> new HearingOutcomeRefused(n.line(), n.why())).toList());
    }
}
