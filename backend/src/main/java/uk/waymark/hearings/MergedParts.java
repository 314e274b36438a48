package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uk.waymark.platform.Sql;

/**
 * What was told and answered goes with whoever, and with whatever, is one from now on: nobody is told again what they know, and
 * nobody is rung to hear that a record of theirs is not needed.
 */
@Singleton
final class MergedParts {
    private static final List<String> TABLES = List.of("hearing_told", "hearing_answer", "hearing_message");

    /**
     * @param c       of a transaction that acts for the force
     * @param present who takes part in the case, or has to be there, as the case now says; their records stay as they are
     */
    void people(Connection c, UUID force, UUID caseId, Set<UUID> present) {
        Map<UUID, UUID> merged = new HashMap<>();
        Sql.list(c, """
            select distinct hp.person_id, who.merged_into from waymark.hearing_person hp join waymark.person who on who.id = hp.person_id
             where hp.case_id = ? and who.merged_into is not null and (hp.required or hp.shown or hp.dewarned_at is not null)""",
            r -> merged.put(Sql.uuid(r, "person_id"), Sql.uuid(r, "merged_into")), caseId);
        merged.forEach((person, survivor) -> {
            if (!present.contains(person)) {
                person(c, force, caseId, person, survivor);
            }
        });
    }

    private static void person(Connection c, UUID force, UUID caseId, UUID person, UUID survivor) {
        TABLES.forEach(table -> Sql.run(c, "update waymark." + table + " set person_id = ? where case_id = ? and person_id = ?"
            + " and hearing_id in (select hearing_id from waymark.hearing_person where case_id = ? and person_id = ?)", survivor, caseId,
            person, caseId, person));
        // who was taken off under the old record and was not told yet still has to be
        Sql.run(c, """
            insert into waymark.hearing_person as own (hearing_id, person_id, force_id, case_id, required, shown, required_at, dewarned_at)
            select hearing_id, ?, ?, case_id, false, false, required_at, dewarned_at from waymark.hearing_person
             where case_id = ? and person_id = ? and required_at is not null
            on conflict (hearing_id, person_id) do update
               set required_at = coalesce(own.required_at, excluded.required_at),
                   dewarned_at = case when own.required then null else coalesce(own.dewarned_at, excluded.dewarned_at) end""",
            survivor, force, caseId, person);
        Sql.run(c, "update waymark.hearing_person set required = false, dewarned_at = null where case_id = ? and person_id = ?", caseId,
            person);
    }

    /**
     * @param before as the one that is gone stood
     * @param into   as the one that stands stands: who knows of the same day knows of this one, and their answer holds
     */
    void dates(Connection c, CourtHearing before, CourtHearing into) {
        boolean same = before.listed() && into.listed() && HearingDay.of(before).same(HearingDay.of(into));
        for (String table : TABLES) {
            String once = "hearing_told".equals(table)
                ? " and not exists (select 1 from waymark.hearing_told o where o.hearing_id = ? and o.message_id = t.message_id and o.how = t.how)"
                : " and ?::uuid is not null";
            // a version of another date is none of this one's: an old one, unless they say the same
            Sql.run(c, "update waymark." + table + " t set hearing_id = ?, version = case when ? and version = ? then ? else 0 end"
                + " where hearing_id = ?" + once, into.id(), same, before.version(), into.version(), before.id(), into.id());
        }
    }
}
