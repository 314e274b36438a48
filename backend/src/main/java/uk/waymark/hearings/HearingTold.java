package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;

/** Who was told of which court date, how and when: by message, on the telephone, by letter or face to face. */
@Singleton
public final class HearingTold {
    /** What somebody was told. OFF: the hearing is; NOT_NEEDED: it may take place without them. */
    public enum What { NOTICE, CHANGE, REMINDER, OFF, NOT_NEEDED, CORRECTION }

    /** By which way; APP: shown in it, without a message. */
    public enum How { PUSH, SMS, EMAIL, LETTER, CALL, IN_PERSON, APP }

    /** SENT: no receipt yet; REACHED: it arrived, was read, or was said by a person. */
    public enum State { SENT, REACHED, NOT_REACHED }

    /**
     * @param version of the hearing that they were told of
     * @param message null for what was no message
     * @param by      the member of staff who told them; null for a message
     * @param day     that they were told of; null where nobody wrote it down
     * @param court   that they were told of; null as well where it was not known
     * @param ouCode  of that court, likewise
     */
    public record Entry(UUID hearing, UUID person, UUID caseId, int version, What what, How how, State state, Instant at, UUID message,
                 String by, HearingDay day, String court, String ouCode) {

        public Entry(UUID hearing, UUID person, UUID caseId, int version, What what, How how, State state, Instant at, UUID message, String by) {
            this(hearing, person, caseId, version, what, how, state, at, message, by, null, null, null);
        }

        /** @param time in the UK; null where only the day was said @param at the court, or null */
        public Entry saying(LocalDate on, LocalTime time, String at) {
            Instant starts = time == null ? null : on.atTime(time).atZone(WorkingDays.LONDON).toInstant();
            return new Entry(hearing, person, caseId, version, what, how, state, this.at, message, by, new HearingDay(starts, on, null), at,
                null);
        }

        /** Of the date as it stands. */
        Entry asItIs(CourtHearing h) {
            return new Entry(hearing, person, caseId, version, what, how, state, at, message, by, HearingDay.of(h), h.court(), h.ouCode());
        }
    }

    /**
     * A condition: they were told since, and may know it, that they need not come. What was said and answered before is of a date that
     * they were taken off.
     *
     * @param row the alias of a row with a hearing and a person
     * @param at  its column with the moment
     */
    public static String calledOffSince(String row, String at) {
        return "exists (select 1 from waymark.hearing_told o where o.hearing_id = " + row + ".hearing_id and o.person_id = " + row
            + ".person_id and o.what in ('off', 'not_needed') and o.state <> 'not_reached' and o.told_at > " + row + '.' + at + ')';
    }

    private final Ids ids;

    HearingTold(Ids ids) {
        this.ids = ids;
    }

    /** Once for each message, hearing and way; a later word on the same one changes its state. */
    public void add(Connection c, UUID force, Entry e) {
        Sql.run(c, """
            insert into waymark.hearing_told (id, hearing_id, person_id, force_id, case_id, version, what, how, state, told_at,
                                              message_id, told_by, starts_at, on_date, week_of, court, ou_code)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (message_id, hearing_id, how) do update set state = excluded.state""",
            ids.next(), e.hearing(), e.person(), force, e.caseId(), e.version(), stored(e.what()), stored(e.how()),
            stored(e.state()), e.at(), e.message(), e.by(), e.day() == null ? null : e.day().startsAt(),
            e.day() == null ? null : e.day().on(), e.day() == null ? null : e.day().weekOf(), e.court(), e.ouCode());
    }

    /** All that was told of these hearings, the oldest first. */
    List<Entry> of(Connection c, Collection<UUID> hearings) {
        return Sql.list(c, """
            select hearing_id, person_id, case_id, version, what, how, state, told_at, message_id, told_by, starts_at, on_date, week_of, court, ou_code
              from waymark.hearing_told where hearing_id = any(?) order by told_at, id""", HearingTold::entry,
            (Object) hearings.toArray(UUID[]::new));
    }

    private static Entry entry(ResultSet r) throws SQLException {
        var day = new HearingDay(Sql.instant(r, "starts_at"), r.getObject("on_date", LocalDate.class), r.getObject("week_of", LocalDate.class));
        return new Entry(Sql.uuid(r, "hearing_id"), Sql.uuid(r, "person_id"), Sql.uuid(r, "case_id"), r.getInt("version"),
            What.valueOf(read(r, "what")), How.valueOf(read(r, "how")), State.valueOf(read(r, "state")), Sql.instant(r, "told_at"),
            Sql.uuid(r, "message_id"), r.getString("told_by"), day.known() ? day : null, r.getString("court"), r.getString("ou_code"));
    }

    private static String stored(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String read(ResultSet r, String column) throws SQLException {
        return r.getString(column).toUpperCase(Locale.ROOT);
    }
}
