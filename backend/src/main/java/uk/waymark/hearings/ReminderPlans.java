package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.cases.HearingKind;
import uk.waymark.hearings.ReminderPlan.Step;
import uk.waymark.hearings.ReminderPlan.Words;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sql;

/** The plans of a force: its own newest version of each kind, or else the one that all forces share. */
@Singleton
final class ReminderPlans {
    private final ReminderRules rules;
    private final Ids ids;

    ReminderPlans(ReminderRules rules, Ids ids) {
        this.rules = rules;
        this.ids = ids;
    }

    private record Version(UUID id, HearingKind kind, int version, Instant savedAt, String savedBy) { }

    /** @param c of a transaction that acts for the force */
    ReminderPlan of(Connection c, HearingKind kind) {
        return all(c, kind).get(kind);
    }

    Map<HearingKind, ReminderPlan> all(Connection c) {
        return all(c, null);
    }

    private Map<HearingKind, ReminderPlan> all(Connection c, HearingKind only) {
        var plans = new EnumMap<HearingKind, ReminderPlan>(HearingKind.class);
        for (HearingKind kind : HearingKind.values()) {
            plans.put(kind, rules.shared(kind));
        }
        Sql.list(c, """
            select distinct on (kind) id, kind, version, saved_at, saved_by from waymark.reminder_plan
             where force_id = waymark.ctx_force() and (?::text is null or kind = ?)
             order by kind, version desc""",
            r -> new Version(Sql.uuid(r, "id"), HearingKind.of(r.getString("kind")), r.getInt("version"),
                Sql.instant(r, "saved_at"), r.getString("saved_by")), only == null ? null : only.wireName(),
            only == null ? null : only.wireName())
            .forEach(v -> plans.put(v.kind(), new ReminderPlan(v.kind(), v.version(), steps(c, v.id()), v.savedAt(), v.savedBy())));
        return plans;
    }

    private static List<Step> steps(Connection c, UUID plan) {
        return Sql.list(c, """
            select days_before, working_days, at_time, words, only_required from waymark.reminder_step
             where plan_id = ? order by step""",
            r -> new Step(r.getInt("days_before"), r.getBoolean("working_days"), r.getObject("at_time", LocalTime.class),
                Words.of(r.getString("words")), r.getBoolean("only_required")), plan);
    }

    /** @return false where somebody else has saved this version meanwhile */
    boolean save(Connection c, UUID force, ReminderPlan plan) {
        UUID id = ids.next();
        int saved = Sql.run(c, """
            insert into waymark.reminder_plan (id, force_id, kind, version, saved_at, saved_by) values (?, ?, ?, ?, ?, ?)
            on conflict (force_id, kind, version) do nothing""",
            id, force, plan.kind().wireName(), plan.version(), plan.savedAt(), plan.savedBy());
        if (saved == 0) {
            return false;
        }
        for (int i = 0; i < plan.steps().size(); i++) {
            Step s = plan.steps().get(i);
            Sql.run(c, """
                insert into waymark.reminder_step (plan_id, step, force_id, days_before, working_days, at_time, words, only_required)
                values (?, ?, ?, ?, ?, ?, ?, ?)""",
                id, i, force, s.daysBefore(), s.workingDays(), s.at(), s.words().stored(), s.onlyRequired());
        }
        return true;
    }
}
