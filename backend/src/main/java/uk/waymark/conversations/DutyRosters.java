package uk.waymark.conversations;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;

/** When officers are on duty, as the force's own duty system tells it. */
@Singleton
final class DutyRosters {
    private final ActingAs acting;
    private final Audit audit;
    private final CaseClock clock;

    DutyRosters(ActingAs acting, Audit audit, CaseClock clock) {
        this.acting = acting;
        this.audit = audit;
        this.clock = clock;
    }

    record Shift(Instant from, Instant until) { }

    record Officer(String collarNumber, List<Shift> shifts) { }

    /** @param from from when to @param until when it is known, which is after it */
    record Roster(Instant from, Instant until, List<Officer> officers) { }

    /** In place of what was said of these officers before. */
    void put(Caller.System system, Roster roster) {
        acting.as(system, c -> {
            for (Officer officer : roster.officers().stream().sorted((a, b) -> a.collarNumber().compareTo(b.collarNumber())).toList()) {
                Sql.run(c, """
                    insert into waymark.duty_roster (force_id, collar_number, from_at, until_at, shifts, received_at)
                    select ?, ?, k.from_at, k.until_at,
                           coalesce((select range_agg(tstzrange(s.from_at, s.until_at))
                                       from unnest(?::timestamptz[], ?::timestamptz[]) as s(from_at, until_at)), '{}'::tstzmultirange)
                             * tstzmultirange(tstzrange(k.from_at, k.until_at)), ?
                      from (select ?::timestamptz as from_at, ?::timestamptz as until_at) k
                    on conflict (force_id, collar_number) do update set from_at = excluded.from_at, until_at = excluded.until_at,
                       shifts = excluded.shifts, received_at = excluded.received_at""",
                    system.force(), officer.collarNumber(), moments(officer.shifts().stream().map(Shift::from).toList()),
                    moments(officer.shifts().stream().map(Shift::until).toList()), clock.instant(), roster.from(), roster.until());
            }
            audit.record(c, system, "duty_roster_taken", null, null);
            return null;
        });
    }

    private static String[] moments(List<Instant> moments) {
        return moments.stream().map(Instant::toString).toArray(String[]::new);
    }

    /**
     * That the officer is off now, until their next shift, or null where the roster knows of no other: its end is not when they are back. Empty
     * where they are on duty or nobody said.
     */
    Optional<Absences.Absence> off(Connection c, UUID force, String collarNumber, Instant now) {
        return Sql.one(c, """
            select greatest(r.from_at, (select max(upper(s)) from unnest(r.shifts) as s where upper(s) <= k.now)) as off,
                   (select min(lower(s)) from unnest(r.shifts) as s where lower(s) > k.now) as back
              from waymark.duty_roster r, (select ?::timestamptz as now) k
             where r.force_id = ? and r.collar_number = ? and r.from_at <= k.now and r.until_at > k.now and not r.shifts @> k.now""",
            r -> new Absences.Absence(collarNumber, Sql.instant(r, "off"), Sql.instant(r, "back"), null, collarNumber), now, force, collarNumber);
    }
}
