package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import uk.waymark.hearings.Reminder.State;
import uk.waymark.hearings.ReminderPlan.Words;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sql;

/** The rows of reminders. A row that has a message keeps its subject for good: what is said anew is a row of its own. */
@Singleton
final class ReminderStore {
    private static final String COLUMNS = "id, case_id, hearing_id, person_id, hearing_version, words, only_required, due_at, "
        + "useless_from, state, reason, subject_ref, asked_in";
    private static final String SELECT = "select " + COLUMNS + " from waymark.reminder where ";
    private final Ids ids;

    ReminderStore(Ids ids) {
        this.ids = ids;
    }

    /**
     * How a person stands to a hearing.
     *
     * @param calledAt   case time; null for who never had to be there
     * @param dewarnedAt case time; null for who was never taken off
     * @param knows      of a date that is quiet: they had to be there, as it stands, before it was, or were told so since
     */
    record Standing(UUID hearing, UUID person, boolean required, boolean shown, Instant calledAt, Instant dewarnedAt,
                    boolean knows) { }

    UUID next() {
        return ids.next();
    }

    void add(Connection c, UUID force, Reminder r, Instant at) {
        Sql.run(c, "insert into waymark.reminder (" + COLUMNS + ", force_id, planned_at) "
            + "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
            r.id(), r.caseId(), r.hearing(), r.person(), r.version(), r.words().stored(), r.onlyRequired(), r.due(), r.uselessFrom(),
            stored(r.state()), r.reason(), r.subject(), r.askedIn(), force, at);
    }

    /** All of a hearing; waits for who is about to send one of them. */
    List<Reminder> lockedOf(Connection c, UUID hearing) {
        return Sql.list(c, SELECT + "hearing_id = ? order by id for update", ReminderStore::reminder, hearing);
    }

    /**
     * What has fallen due, all of each person at once, since one message says it; nobody else takes it until the transaction ends.
     *
     * @param about how many: with all of the last person it may be more, and fewer where another has taken some
     */
    List<Reminder> takeDue(Connection c, Instant now, int about) {
        List<UUID> people = Sql.list(c, """
            select person_id from (select person_id from waymark.reminder
                where force_id = waymark.ctx_force() and state = 'planned' and due_at <= ?
                order by due_at, person_id, id limit ?) due
             group by person_id order by person_id""", r -> Sql.uuid(r, "person_id"), now, about);
        // two who each hold some rows of one person would send two messages: the person is taken, and then their rows
        UUID[] taken = people.stream().filter(p -> Sql.one(c, "select pg_try_advisory_xact_lock(hashtextextended(?, 0)) as taken",
            r -> r.getBoolean("taken"), "reminders of " + p).orElseThrow()).toArray(UUID[]::new);
        return taken.length == 0 ? List.of() : Sql.list(c, SELECT + "person_id = any(?) and force_id = waymark.ctx_force() "
            + "and state = 'planned' and due_at <= ? order by due_at, person_id, id for update skip locked", ReminderStore::reminder,
            taken, now);
    }

    /** Questions to a person that are not due yet, up to this moment. */
    List<Reminder> takeQuestions(Connection c, UUID person, Instant after, Instant until) {
        return Sql.list(c, SELECT + "person_id = ? and state = 'planned' and words = 'question' and asked_in is null "
            + "and due_at > ? and due_at <= ? order by due_at, id for update skip locked", ReminderStore::reminder, person, after, until);
    }

    /** By what messages are about. */
    Map<UUID, List<Reminder>> ofSubjects(Connection c, Collection<UUID> subjects, boolean locked) {
        var found = new HashMap<UUID, List<Reminder>>();
        Sql.list(c, SELECT + "subject_ref = any(?) order by id" + (locked ? " for update" : ""), ReminderStore::reminder,
            (Object) subjects.toArray(UUID[]::new))
            .forEach(r -> found.computeIfAbsent(r.subject(), s -> new java.util.ArrayList<>()).add(r));
        return found;
    }

    List<Reminder> askedIn(Connection c, UUID request) {
        return Sql.list(c, SELECT + "asked_in = ? order by person_id, id", ReminderStore::reminder, request);
    }

    /** Whether staff had them reminded of this hearing, as it stands, since this moment. */
    boolean remindedByStaff(Connection c, UUID hearing, UUID person, int version, Instant since) {
        return Sql.one(c, """
            select 1 from waymark.reminder
             where hearing_id = ? and person_id = ? and hearing_version = ? and asked_in is not null and state <> 'skipped'
               and planned_at >= ? limit 1""", r -> true, hearing, person, version, since).orElse(false);
    }

    /** Which of these, of a plan, staff have said since this moment by themselves or by a run, or are about to. */
    Set<UUID> saidByStaff(Connection c, Collection<Reminder> of, Instant since) {
        return new HashSet<>(Sql.list(c, """
            select r.id from waymark.reminder r
             where r.id = any(?) and r.asked_in is null
               and (exists (select 1 from waymark.reminder s
                             where s.hearing_id = r.hearing_id and s.person_id = r.person_id and s.hearing_version = r.hearing_version
                               and s.asked_in is not null and s.state <> 'skipped' and s.planned_at >= ?)
                    or exists (select 1 from waymark.reminder_run_row w join waymark.reminder_run n on n.id = w.run_id
                                where w.hearing_id = r.hearing_id and w.person_id = r.person_id and w.version = r.hearing_version
                                  and w.message_id is not null
                                  and (w.state = 'queued' and n.stopped_by is null
                                       or w.state in ('sent', 'delivered', 'unknown') and w.queued_at >= ?)))""",
            r -> Sql.uuid(r, "id"), of.stream().map(Reminder::id).toArray(UUID[]::new), since, since));
    }

    /** Whether something is still to come for them, or was asked to be. */
    boolean moreToCome(Connection c, UUID hearing, UUID person, UUID but) {
        return Sql.one(c, """
            select 1 from waymark.reminder
             where hearing_id = ? and person_id = ? and id <> ? and state in ('planned', 'queued') limit 1""", r -> true, hearing, person,
            but).orElse(false);
    }

    /**
     * Whether they were told when and where, by a reminder, a run or a person, whatever was so then; asked once what had not left was
     * taken back.
     */
    boolean detailsSaid(Connection c, UUID hearing, UUID person) {
        return Sql.one(c, """
            select 1 as one from waymark.reminder where hearing_id = ? and person_id = ? and words = 'details'
               and (state = 'queued' or state = 'done' and reason in ('delivered', 'unknown'))
            union all
            select 1 from waymark.hearing_told where hearing_id = ? and person_id = ? and state <> 'not_reached'
               and what not in ('off', 'not_needed') and (what = 'reminder' or how in ('call', 'in_person')) limit 1""", r -> true,
            hearing, person, hearing, person).orElse(false);
    }

    /** Whether they have to be at any court date of this day, of whichever case. */
    boolean neededOn(Connection c, UUID person, LocalDate day) {
        return Sql.one(c, """
            select 1 from waymark.hearing_person hp join waymark.hearing h on h.id = hp.hearing_id
             where hp.person_id = ? and hp.required and h.state = 'listed' and h.on_date = ? and not h.list_only
               and h.kind <> 'trial_without_witnesses' limit 1""", r -> true, person, day).orElse(false);
    }

    void queued(Connection c, UUID id, UUID subject) {
        Sql.run(c, "update waymark.reminder set state = 'queued', subject_ref = ? where id = ?", subject, id);
    }

    void settle(Connection c, UUID id, State state, String reason, Instant at) {
        Sql.run(c, "update waymark.reminder set state = ?, reason = ?, settled_at = ? where id = ?", stored(state), reason, at, id);
    }

    Optional<Instant> nextDue(Connection c, Instant now) {
        return Sql.one(c, """
            select min(due_at) as due from waymark.reminder
             where force_id = waymark.ctx_force() and state = 'planned' and due_at > ?""",
            r -> Optional.ofNullable(Sql.instant(r, "due")), now).flatMap(due -> due);
    }

    List<Standing> standings(Connection c, Collection<UUID> hearings) {
        return Sql.list(c, """
            select p.hearing_id, p.person_id, p.required, p.shown, p.required_at, p.dewarned_at,
                   coalesce(p.required and p.required_at < h.quiet_since and h.taken_in_at < h.quiet_since, false)
                   or exists (select 1 from waymark.hearing_told t
                               where t.hearing_id = p.hearing_id and t.person_id = p.person_id and t.version = h.version
                                 and t.state <> 'not_reached' and t.what not in ('off', 'not_needed')
                                 and t.told_at >= coalesce(p.required_at, t.told_at)) as knows
              from waymark.hearing_person p join waymark.hearing h on h.id = p.hearing_id
             where p.hearing_id = any(?) order by p.person_id""",
            r -> new Standing(Sql.uuid(r, "hearing_id"), Sql.uuid(r, "person_id"), r.getBoolean("required"), r.getBoolean("shown"),
                Sql.instant(r, "required_at"), Sql.instant(r, "dewarned_at"), r.getBoolean("knows")), (Object) hearings.toArray(UUID[]::new));
    }

    /** Court dates of a kind that lie ahead, as nobody holds them: by case, since a case is held before its dates. */
    List<CourtHearing> ahead(Connection c, String kind, Instant now) {
        return Sql.list(c, "select " + HearingStore.COLUMNS + " from waymark.hearing h where h.force_id = waymark.ctx_force() "
            + "and h.state = 'listed' and h.kind = ? and coalesce(h.on_date, h.week_of) >= ? order by h.case_id, h.id", HearingStore::hearing,
            kind, ReminderTimes.day(now));
    }

    private static Reminder reminder(ResultSet r) throws SQLException {
        return new Reminder(Sql.uuid(r, "id"), Sql.uuid(r, "case_id"), Sql.uuid(r, "hearing_id"), Sql.uuid(r, "person_id"),
            r.getInt("hearing_version"), Words.of(r.getString("words")), r.getBoolean("only_required"), Sql.instant(r, "due_at"),
            Sql.instant(r, "useless_from"), State.valueOf(r.getString("state").toUpperCase(Locale.ROOT)), r.getString("reason"),
            Sql.uuid(r, "subject_ref"), Sql.uuid(r, "asked_in"));
    }

    private static String stored(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
