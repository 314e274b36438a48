package uk.waymark.bridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uk.waymark.bridge.CaseListings.Change;
import uk.waymark.bridge.ListedHearing.Difference;
import uk.waymark.cases.Acceptance;
import uk.waymark.cases.Cases;
import uk.waymark.cases.EventType;
import uk.waymark.cases.NewEvent;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sources;

/**
 * Reports what an edition changed for a case, as canonical events. Nobody is made to come by a list, so no event names who is
 * required. However much changed, people get one message, for it says no more than that there is something new.
 */
@Singleton
final class CourtListChanges {
    /** A list that took longer than this to arrive is news from when it arrived: it must not count as too old to be told. */
    private static final Duration FRESH = Duration.ofDays(7);

    private final CourtListStore store;
    private final Cases cases;
    private final Ids ids;
    private final CaseClock clock;

    CourtListChanges(CourtListStore store, Cases cases, Ids ids, CaseClock clock) {
        this.store = store;
        this.cases = cases;
        this.ids = ids;
        this.clock = clock;
    }

    /** Hearings of a case, by what became of them. */
    record Counts(int listed, int changed, int vacated, int unchanged) {
        static final Counts NONE = new Counts(0, 0, 0, 0);

        Counts and(Counts more) {
            return new Counts(listed + more.listed, changed + more.changed, vacated + more.vacated,
                unchanged + more.unchanged);
        }
    }

    record OfCase(UUID force, UUID caseId, String crimeReference, Instant publishedAt) { }

    /**
     * Brings a case, whose row is held, in line with an edition.
     *
     * @param now what the edition says of it
     * @param replaced the lists of which it is an edition
     * @param sameDocument what else the document was when it was last sent
     */
    Counts apply(Connection c, OfCase of, List<ListedHearing.Said> now, Set<UUID> replaced, Set<UUID> sameDocument) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), When.UK);
        Map<UUID, CourtListStore.Row> rows = new HashMap<>();
        store.hearings(c, of.caseId()).forEach(row -> rows.put(row.hearing().id(), row));
        List<ListedHearing> standing = rows.values().stream().map(CourtListStore.Row::hearing).toList();
        CaseListings.Outcome outcome =
            new CaseListings(standing, store.said(c, of.caseId()), replaced, sameDocument, today, ids::next).take(now);
        boolean told = false;
        Instant last = Instant.MIN;
        for (Change change : outcome.changes()) {
            boolean past = change.hearing().when().past(today);
            boolean tell = change.difference() == Difference.NEWS && !past && !told && !besidesAnother(change, standing);
            CourtListStore.Row before = rows.get(change.hearing().id());
            CourtListStore.Row after;
            if (change.difference() == Difference.NONE) {
                after = new CourtListStore.Row(change.hearing(), before.changes(), before.saidAt());
            } else {
                Reported reported = report(c, of, change, before, new Telling(past, tell, last));
                after = reported.row();
                // what the force had said already was told by that: the one message is left for what is new
                told |= reported.told();
            }
            last = after.saidAt().isAfter(last) ? after.saidAt() : last;
            store.write(c, of.force(), of.caseId(), after, change.kind() != Change.Kind.VACATED);
        }
        store.replaceSaid(c, of.force(), of.caseId(), outcome.said());
        return counts(outcome);
    }

    private record Reported(CourtListStore.Row row, boolean told) { }

    /** @param after when the event before it in this edition happened */
    private record Telling(boolean past, boolean tell, Instant after) { }

    /** A second court on a day that people were told of already. */
    private static boolean besidesAnother(Change change, List<ListedHearing> standing) {
        return change.kind() == Change.Kind.LISTED
            && standing.stream().anyMatch(h -> h.when().sameDays(change.hearing().when()));
    }

    /** Later than the last event of its hearing, and than the last of this edition: so they are folded in this order. */
    private Reported report(Connection c, OfCase of, Change change, CourtListStore.Row before, Telling how) {
        Instant now = clock.instant();
        boolean late = of.publishedAt().isAfter(now) || of.publishedAt().isBefore(now.minus(FRESH));
        Instant said = late ? now : of.publishedAt();
        Instant after = before == null || how.after().isAfter(before.saidAt()) ? how.after() : before.saidAt();
        Instant at = said.isAfter(after) ? said : after.plusNanos(1000);
        int number = before == null ? 1 : before.changes() + 1;
        Acceptance taken = cases.accept(c, of.force(), new NewEvent(Sources.COURT_LISTS, change.hearing().id() + ":" + number, at,
            of.crimeReference(), type(change), 1, how.past(), false, data(change, said, how.tell()), MissingNode.getInstance()));
        return new Reported(new CourtListStore.Row(change.hearing(), number, at),
            taken instanceof Acceptance.Accepted accepted && !accepted.tells().isEmpty());
    }

    private static EventType type(Change change) {
        return switch (change.kind()) {
            case LISTED -> EventType.HEARING_LISTED;
            case CHANGED -> EventType.HEARING_CHANGED;
            case VACATED -> EventType.HEARING_VACATED;
        };
    }

    private static ObjectNode data(Change change, Instant said, boolean tell) {
        ListedHearing hearing = change.hearing();
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("hearing_id", hearing.id().toString())
            .put("received_at", said.toString());
        if (!tell) {
            data.put("notify", false);
        }
        if (change.kind() == Change.Kind.VACATED) {
            return data;
        }
        if (hearing.kind() != null || change.kind() == Change.Kind.CHANGED) {
            // what a change leaves out stays as it was, so that a kind that must go is overwritten
            data.put("kind", hearing.kind() == null ? "other" : hearing.kind());
        }
        When when = hearing.when();
        if (when.startsAt() != null) {
            data.put("starts_at", when.startsAt().toString());
        } else if (when.on() != null) {
            data.put("starts_on", when.on().toString());
        } else {
            data.put("week_commencing", when.weekOf().toString());
        }
        ObjectNode court = data.putObject("court").put("name", hearing.court());
        if (hearing.room() != null) {
            court.put("room", hearing.room());
        }
        return data;
    }

    private static Counts counts(CaseListings.Outcome outcome) {
        int listed = 0;
        int changed = 0;
        int vacated = 0;
        for (Change change : outcome.changes()) {
            listed += change.kind() == Change.Kind.LISTED ? 1 : 0;
            changed += change.kind() == Change.Kind.CHANGED && change.difference() != Difference.NONE ? 1 : 0;
            vacated += change.kind() == Change.Kind.VACATED ? 1 : 0;
        }
        return new Counts(listed, changed, vacated, outcome.unchanged());
    }
}
