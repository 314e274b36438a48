package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import uk.waymark.cases.HearingKind;
import uk.waymark.hearings.HearingTold.What;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sql;

/**
 * What each message says of which court date. Whoever queues a message about one writes it down here: what comes of the message
 * is then written to {@link HearingTold} by itself.
 */
@Singleton
final class HearingMessages {
    private static final String COLUMNS = "id, message_id, dedupe_key, hearing_id, person_id, case_id, version, what, needed, starts_at, "
        + "on_date, week_of, court, ou_code, room, kind, said_of, made_at";

    /**
     * @param message null where staff were asked to ring at once
     * @param key     of the message; of the work item, where there is none
     * @param needed  that it says that they have to be there; of what says that they have not, that they were told so before
     * @param day     that the words name
     * @param saidOf  of how many court dates the message tells
     */
    record Row(UUID id, UUID message, String key, UUID hearing, UUID person, UUID caseId, int version, What what, boolean needed,
               HearingDay day, String court, String ouCode, String room, HearingKind kind, int saidOf, Instant madeAt) {

        /** @param day the one that the words name, where it is not the hearing's own */
        static Row of(UUID message, String key, CourtHearing h, UUID person, What what, boolean needed, HearingDay day, Instant now) {
            return new Row(null, message, key, h.id(), person, h.caseId(), h.version(), what, needed, day, h.court(), h.ouCode(), h.room(),
                h.kind(), 1, now);
        }

        /** Whether it calls its person to a court date for the first time. */
        boolean calls() {
            return what == What.NOTICE && needed;
        }

        /** Whether its person was to be there, and learns that they are not. */
        boolean callsOff() {
            return needed && (what == What.OFF || what == What.NOT_NEEDED);
        }
    }

    private final Ids ids;

    HearingMessages(Ids ids) {
        this.ids = ids;
    }

    void add(Connection c, UUID force, Row r) {
        Sql.run(c, "insert into waymark.hearing_message (" + COLUMNS + ", force_id) "
            + "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ids.next(), r.message(), r.key(), r.hearing(), r.person(), r.caseId(), r.version(), r.what().name().toLowerCase(Locale.ROOT),
            r.needed(), r.day().startsAt(), r.day().on(), r.day().weekOf(), r.court(), r.ouCode(), r.room(), r.kind().wireName(), r.saidOf(),
            r.madeAt(), force);
    }

    /** Of one person and one court date, the newest first. */
    List<Row> of(Connection c, UUID hearing, UUID person) {
        return list(c, "person_id = ? and hearing_id = ?", person, hearing);
    }

    /** Of the notices by which a person was called, the newest first. */
    List<Row> calls(Connection c, UUID person, Instant since) {
        return list(c, "person_id = ? and what = 'notice' and needed and made_at >= ?", person, since);
    }

    /** Of the messages by which a person who has to be there was told of a change, the newest first. */
    List<Row> changes(Connection c, UUID person, Instant since) {
        return list(c, "person_id = ? and what = 'change' and needed and made_at >= ?", person, since);
    }

    List<Row> ofMessages(Connection c, Collection<UUID> messages) {
        return list(c, "message_id = any(?)", (Object) messages.toArray(UUID[]::new));
    }

    /** These are told by another message from now on. */
    void move(Connection c, List<Row> rows, UUID message, String key) {
        rows.forEach(r -> Sql.run(c, "update waymark.hearing_message set message_id = ?, dedupe_key = ?, said_of = ? where id = ?",
            message, key, rows.size(), r.id()));
    }

    void forget(Connection c, List<Row> rows) {
        rows.forEach(r -> Sql.run(c, "delete from waymark.hearing_message where id = ?", r.id()));
    }

    private static List<Row> list(Connection c, String which, Object... values) {
        return Sql.list(c, "select " + COLUMNS + " from waymark.hearing_message where " + which + " order by id desc",
            HearingMessages::row, values);
    }

    private static Row row(ResultSet r) throws SQLException {
        return new Row(Sql.uuid(r, "id"), Sql.uuid(r, "message_id"), r.getString("dedupe_key"), Sql.uuid(r, "hearing_id"),
            Sql.uuid(r, "person_id"), Sql.uuid(r, "case_id"), r.getInt("version"),
            What.valueOf(r.getString("what").toUpperCase(Locale.ROOT)), r.getBoolean("needed"),
            new HearingDay(Sql.instant(r, "starts_at"), r.getObject("on_date", LocalDate.class), r.getObject("week_of", LocalDate.class)),
            r.getString("court"), r.getString("ou_code"), r.getString("room"), HearingKind.of(r.getString("kind")), r.getInt("said_of"),
            Sql.instant(r, "made_at"));
    }
}
