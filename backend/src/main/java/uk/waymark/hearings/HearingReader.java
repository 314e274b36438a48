package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.Sql;

/** Court dates for those who read them: a person's own, and pages of a force's. Row-level security decides which. */
@Singleton
final class HearingReader {
    private static final String DAY = "coalesce(h.on_date, h.week_of, date '9999-12-31')";
    /** A week of which no day is known is not past on its Tuesday. */
    private static final String LAST_DAY = "coalesce(h.on_date, h.week_of + 6, date '9999-12-31')";

    /** A date as one reader may know of it. @param required whether any of the account's people has to be there */
    record Own(CourtHearing hearing, UUID force, boolean required) { }

    /** @param day what it is ordered by @param required how many have to be there */
    record Row(CourtHearing hearing, UUID force, LocalDate day, int required) { }

    /** Which court dates staff want. Null and false stand for all. */
    record Wanted(LocalDate from, LocalDate to, String unit, boolean quiet, UUID caseId) { }

    record Person(UUID person, boolean required, Instant requiredAt, Instant dewarnedAt, boolean shown) { }

    List<Own> own(Connection c, UUID caseId) {
        return Sql.list(c, "select " + HearingStore.COLUMNS + """
            , h.force_id, bool_or(p.required) as required
              from waymark.hearing h join waymark.hearing_person p on p.hearing_id = h.id
             where h.case_id = ? and h.state <> 'gone' and p.shown
             group by h.id order by\s""" + DAY + ", h.starts_at, h.id",
            r -> new Own(HearingStore.hearing(r), Sql.uuid(r, "force_id"), r.getBoolean("required")), caseId);
    }

    /** @param afterDay with {@code afterId}, the last one of the page before; null for the first page */
    List<Row> page(Connection c, UUID force, Wanted wanted, LocalDate afterDay, UUID afterId, int limit) {
        return Sql.list(c, rows() + " and " + LAST_DAY + " >= ? and (?::date is null or " + DAY + " <= ?::date)"
            + " and (?::text is null or h.unit = ?) and (not ?::boolean or h.quiet) and (?::uuid is null or h.case_id = ?::uuid)"
            + " and (?::date is null or (" + DAY + ", h.id) > (?::date, ?::uuid))"
            + " order by " + DAY + ", h.id limit ?", HearingReader::row, force, wanted.from(), wanted.to(), wanted.to(), wanted.unit(),
            wanted.unit(), wanted.quiet(), wanted.caseId(), wanted.caseId(), afterDay, afterDay, afterId, limit);
    }

    Optional<Row> one(Connection c, UUID force, UUID id) {
        return Sql.one(c, rows() + " and h.id = ?", HearingReader::row, force, id);
    }

    private static String rows() {
        return "select " + HearingStore.COLUMNS + ", h.force_id, " + DAY + """
             as day, (select count(*) from waymark.hearing_person p where p.hearing_id = h.id and p.required) as required
              from waymark.hearing h where h.force_id = ? and h.state <> 'gone'""";
    }

    List<Person> people(Connection c, UUID hearing) {
        return Sql.list(c, """
            select person_id, required, required_at, dewarned_at, shown from waymark.hearing_person where hearing_id = ?
             order by required desc, person_id""",
            r -> new Person(Sql.uuid(r, "person_id"), r.getBoolean("required"), Sql.instant(r, "required_at"),
                Sql.instant(r, "dewarned_at"), r.getBoolean("shown")), hearing);
    }

    private static Row row(ResultSet r) throws SQLException {
        return new Row(HearingStore.hearing(r), Sql.uuid(r, "force_id"), r.getObject("day", LocalDate.class), r.getInt("required"));
    }
}
