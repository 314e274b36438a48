package uk.waymark.hearings.runs;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import uk.waymark.platform.Sql;

/** Who has a reminder already, or will have it: of this run, of another, or of the plan. */
@Singleton
final class RunTold {
    private final RunStore store;

    RunTold(RunStore store) {
        this.store = store;
    }

    /** One message for one person and moment, though several cases are heard then. */
    static String once(UUID person, UUID hearing, RunSaid said) {
        return person + " " + said.day() + " " + Objects.toString(said.time(), hearing.toString());
    }

    static String same(UUID person, UUID hearing, int version) {
        return person + " " + hearing + " " + version;
    }

    /** Who was reminded since, or has a reminder on its way: {@link #same} of each. */
    Set<String> reminded(Connection c, Collection<UUID> hearings, Collection<UUID> persons, Instant since) {
        UUID[] of = hearings.toArray(UUID[]::new);
        UUID[] whom = persons.toArray(UUID[]::new);
        return new HashSet<>(Sql.list(c, """
            select person_id, hearing_id, version from waymark.reminder_run_row
             where hearing_id = any(?) and person_id = any(?) and message_id is not null and corrects is null
               and (state = 'queued' or state in ('sent', 'delivered', 'unknown') and queued_at >= ?)
            union
            select person_id, hearing_id, hearing_version from waymark.reminder
             where hearing_id = any(?) and person_id = any(?) and state = 'queued'
            union
            select person_id, hearing_id, version from waymark.hearing_told
             where hearing_id = any(?) and person_id = any(?) and what = 'reminder' and state <> 'not_reached' and told_at >= ?""",
            r -> same(Sql.uuid(r, "person_id"), Sql.uuid(r, "hearing_id"), r.getInt("version")),
            of, whom, since, of, whom, of, whom, since));
    }

    /** What runs have said since, or are about to say, of court dates that stand as they did then: {@link #once} of each. */
    Set<String> moments(Connection c, Collection<UUID> persons, Instant since) {
        return new HashSet<>(Sql.list(c, """
            select w.id, w.person_id, w.hearing_id, w.said
              from waymark.reminder_run_row w join waymark.hearing h on h.id = w.hearing_id and h.version = w.version
             where w.person_id = any(?) and w.message_id is not null
               and (w.state = 'queued' or w.state in ('sent', 'delivered', 'unknown') and w.queued_at >= ?)""",
            r -> once(Sql.uuid(r, "person_id"), Sql.uuid(r, "hearing_id"), store.said(r)), (Object) persons.toArray(UUID[]::new), since));
    }
}
