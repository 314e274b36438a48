package uk.waymark.bridge;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.sql.Connection;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import uk.waymark.api.StaffQuarantineApi;
import uk.waymark.api.model.EventResult;
import uk.waymark.api.model.EventStatus;
import uk.waymark.api.model.QuarantineList;
import uk.waymark.api.model.QuarantinedEvent;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.Cursor;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sources;

/** Events that were refused, and again once mended. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class QuarantineController implements StaffQuarantineApi {
    private final ActingAs acting;
    private final CurrentCaller caller;
    private final Quarantine quarantine;
    private final EventIntake intake;
    private final ListingEventIntake listing;
    private final Audit audit;

    QuarantineController(ActingAs acting, CurrentCaller caller, Quarantine quarantine, EventIntake intake,
                         ListingEventIntake listing, Audit audit) {
        this.listing = listing;
        this.acting = acting;
        this.caller = caller;
        this.quarantine = quarantine;
        this.intake = intake;
        this.audit = audit;
    }

    @Override
    public HttpResponse<QuarantineList> listQuarantine(String cursor, Integer limit) {
        String[] from = Cursor.decode(cursor, 1);
        return acting.as(caller.staff(), (Connection c) -> {
            List<Quarantine.Row> rows = quarantine.page(c, from == null ? null : id(from[0]), limit + 1);
            boolean more = rows.size() > limit;
            var shown = more ? rows.subList(0, limit) : rows;
            audit.record(c, caller.staff(), "quarantine_listed", null, null);
            return HttpResponse.ok(new QuarantineList(shown.stream().map(QuarantineController::view).toList(),
                more ? Cursor.encode(shown.getLast().id().toString()) : null));
        });
    }

    @Override
    public HttpResponse<EventResult> replayQuarantined(UUID id) {
        Caller.Staff staff = caller.staff();
        // as the force's own work: an event may be about a case that this member of staff may not open
        EventIntake.Result result = acting.as(new Caller.Worker(staff.force()), (Connection c) -> {
            Quarantine.Row row = quarantine.forUpdate(c, id).orElseThrow(ProblemException::notFound);
            if (row.replayedAt() != null) {
                throw ProblemException.conflict("already-replayed", "Already brought back",
                    "This event was brought back before. List the quarantine for what still waits.");
            }
            EventIntake.Result replay = Sources.LISTING_EVENTS.equals(row.source()) ? listing.replay(c, new Caller.Worker(staff.force()), row.body())
                : intake.replay(c, staff, row.source(), row.body());
            if (!"refused".equals(replay.status())) {
                quarantine.replayed(c, row, replay);
            }
            audit.record(c, staff, "quarantine_replayed", replay.caseId(), null);
            return replay;
        });
        var answer = new EventResult(result.sourceEventId(), EventStatus.fromValue(result.status()));
        answer.setCaseId(result.caseId());
        answer.setReason(result.reason());
        answer.setDetail(result.detail());
        answer.setIgnored(result.ignored());
        return HttpResponse.ok(answer);
    }

    private static QuarantinedEvent view(Quarantine.Row row) {
        var view = new QuarantinedEvent(row.id(), row.source(), row.sourceEventId() == null ? "" : row.sourceEventId(), row.reason(),
            row.detail(), row.receivedAt().atOffset(ZoneOffset.UTC));
        if (row.body().path("crime_reference").isTextual()) {
            String reference = row.body().path("crime_reference").textValue();
            view.setCrimeReference(reference.length() <= 40 ? reference : null);
        }
        view.setType(row.type());
        view.setReplayedAt(row.replayedAt() == null ? null : row.replayedAt().atOffset(ZoneOffset.UTC));
        return view;
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("/cursor", "This cursor is not one of ours. Take next_cursor from the page before.");
        }
    }
}
