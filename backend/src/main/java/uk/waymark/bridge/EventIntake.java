package uk.waymark.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import uk.waymark.cases.Acceptance;
import uk.waymark.cases.Cases;
import uk.waymark.cases.EventType;
import uk.waymark.cases.NewEvent;
import uk.waymark.feeds.Feeds;
import uk.waymark.notifications.NotificationsException;
import uk.waymark.outbound.Arrivals;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.DatabaseFailure;
import uk.waymark.platform.Sql;

/**
 * Takes batches of canonical events in, each event in a transaction of its own; what is refused goes to quarantine. A dry
 * run does the same in one transaction that is rolled back.
 */
@Singleton
final class EventIntake {
    /** Unique violation, deadlock, serialisation failure: another transaction was first; the second try sees its work. */
    private static final Set<String> TRY_AGAIN = Set.of("23505", "40P01", "40001");
    private static final int TRIES = 4;

    private final EventReader reader;
    private final Cases cases;
    private final Quarantine quarantine;
    private final TellingPreview preview;
    private final ActingAs acting;
    private final Feeds feeds;
    private final Audit audit;
    private final Arrivals arrivals;

    EventIntake(EventReader reader, Cases cases, Quarantine quarantine, TellingPreview preview, ActingAs acting,
                Feeds feeds, Audit audit, Arrivals arrivals) {
        this.reader = reader;
        this.cases = cases;
        this.quarantine = quarantine;
        this.preview = preview;
        this.acting = acting;
        this.feeds = feeds;
        this.audit = audit;
        this.arrivals = arrivals;
    }

    /** What became of one event; nulls are left out of the answer. */
    record Result(String sourceEventId, String status, UUID caseId, String reason, String detail, List<String> ignored,
                  List<WouldTell> wouldTell) {

        static Result refused(String id, String reason, String detail) {
            return new Result(id, "refused", null, reason, detail, null, null);
        }
    }

    record WouldTell(String sourcePersonId, String template, String decision) { }

    List<Result> take(Caller.System caller, byte[] body) {
        EventReader.Batch batch = reader.batch(body);
        var results = new ArrayList<Result>();
        for (JsonNode node : batch.events()) {
            Result result = takeOne(caller, batch.source(), node);
            if ("refused".equals(result.status())) {
                quarantine.keep(caller, batch.source(), node, result);
            }
            results.add(result);
        }
        // a system of which nothing can be taken in is as good as silent
        if (results.stream().anyMatch(r -> !"refused".equals(r.status()))) {
            feeds.heard(caller, batch.source());
        }
        return results;
    }

    private Result takeOne(Caller caller, String source, JsonNode node) {
        return switch (reader.read(source, node, false)) {
            case EventReader.Reading.Bad bad -> Result.refused(id(node), bad.reason(), bad.detail());
            case EventReader.Reading.Good good -> retrying(() -> acting.as(caller,
                (Connection c) -> inSavepoint(c, () -> accept(c, caller, good, false))));
        };
    }

    /** Brings a quarantined event back; nobody is told of the past by it. */
    Result replay(Connection c, Caller.Staff caller, String source, JsonNode node) {
        return switch (reader.read(source, node, true)) {
            case EventReader.Reading.Bad bad -> Result.refused(id(node), bad.reason(), bad.detail());
            case EventReader.Reading.Good good -> inSavepoint(c, () -> accept(c, caller, good, false));
        };
    }

    JsonNode parse(String event) {
        return reader.parse(event);
    }

    private Result accept(Connection c, Caller caller, EventReader.Reading.Good good, boolean dryRun) {
        String id = good.event().sourceEventId();
        List<String> ignored = good.ignored().isEmpty() ? null : good.ignored();
        return switch (cases.accept(c, caller.requireForce(), good.event())) {
            case Acceptance.Accepted a -> {
                audit.record(c, caller, "event_reported", a.caseId(), null);
                arrived(c, caller, good.event());
                yield new Result(id, "accepted", a.caseId(), null, null, ignored, dryRun ? preview.of(c, a.tells()) : null);
            }
            case Acceptance.Duplicate d -> new Result(id, "duplicate", d.caseId(), null, null, ignored, null);
            case Acceptance.OtherCase x -> Result.refused(id, "other_case",
                "It takes back an event of another crime reference. Send it under the reference of what it takes back.");
            case Acceptance.ChangedContent x -> Result.refused(id, "changed_content",
                "This identity was accepted before with other content. Send the change under a new source_event_id, "
                    + "or take the first back with event_retracted.");
        };
    }

    /** Another way to say that the force's system has what it fetched or was handed; an id that is none of ours says nothing. */
    private void arrived(Connection c, Caller caller, NewEvent event) {
        if (event.type() == EventType.OUTBOUND_ACKNOWLEDGED) {
            arrivals.acknowledged(c, caller, UUID.fromString(event.data().path("outbound_id").textValue()),
                event.data().path("source_reference").textValue());
        }
    }

    /** What would happen: all in one transaction, so that later events of the batch see earlier ones; then undone. */
    List<Result> dryRun(Caller.System caller, byte[] body) {
        EventReader.Batch batch = reader.batch(body);
        return retrying(() -> tryAll(caller, batch));
    }

    private List<Result> tryAll(Caller.System caller, EventReader.Batch batch) {
        var results = new ArrayList<Result>();
        try {
            return acting.as(caller, (Connection c) -> {
                // it holds every case that it touches until it ends: two at once would run into each other
                Sql.call(c, "select pg_advisory_xact_lock(hashtextextended(?, 0))", "dry run of " + caller.force());
                for (JsonNode node : batch.events()) {
                    results.add(switch (reader.read(batch.source(), node, false)) {
                        case EventReader.Reading.Bad bad -> Result.refused(id(node), bad.reason(), bad.detail());
                        case EventReader.Reading.Good good -> inSavepoint(c, () -> accept(c, caller, good, true));
                    });
                }
                throw new Undo();
            });
        } catch (Undo undone) {
            return results;
        }
    }

    /** What is refused leaves nothing behind, not even an empty case. */
    private static Result inSavepoint(Connection c, java.util.function.Supplier<Result> work) {
        try {
            var before = c.setSavepoint();
            Result result = work.get();
            if ("refused".equals(result.status())) {
                c.rollback(before);
            }
            return result;
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    /** For work that is one transaction: another one may be first. */
    static <T> T retrying(java.util.function.Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (DatabaseFailure e) {
                tryAgainAfter(e, e.sqlState(), attempt);
            } catch (NotificationsException e) {
                // messages are taken back one by one, the dispatcher takes many: the two may meet head-on
                tryAgainAfter(e, e.sqlState(), attempt);
            }
        }
    }

    private static void tryAgainAfter(RuntimeException failure, String sqlState, int attempt) {
        if (attempt == TRIES || !TRY_AGAIN.contains(sqlState)) {
            throw failure;
        }
    }

    static String id(JsonNode node) {
        JsonNode id = node.path("source_event_id");
        return id.isTextual() && id.textValue().length() <= 100 && id.textValue().indexOf('\0') < 0 ? id.textValue() : "";
    }

    private static final class Undo extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Undo() {
            super(null, null, false, false);
        }
    }
}
