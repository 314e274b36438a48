package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import uk.waymark.hearings.StandingReader.Seat;
import uk.waymark.platform.Sql;

/**
 * Who stands on the list of a week or of one court date: everybody who has to be there or was taken off, of dates that are off too;
 * and who was told to come in this week, by now has another day, and does not know it yet.
 */
@Singleton
final class WeekList {
    private static final String PLACES = """
        with part as (
          select h.id as hearing, p.person_id as person, coalesce(h.on_date, h.week_of, date '9999-12-31') as day, h.unit
            from waymark.hearing h join waymark.hearing_person p on p.hearing_id = h.id
           where h.force_id = ? and (p.required or p.dewarned_at is not null)
             and (h.state <> 'gone' or exists (select 1 from waymark.hearing_subject s where s.hearing_id = h.id))\s""";
    private static final String REST = """
        )
        select hearing, person, day from part
         where (?::text is null or unit = ?) and (?::date is null or (day, hearing, person) > (?::date, ?::uuid, ?::uuid))
         order by day, hearing, person limit ?""";
    private static final String MOVED_AWAY = """
        union
          select h.id, m.person_id, coalesce(h.on_date, h.week_of, date '9999-12-31'), h.unit
            from waymark.hearing_message m join waymark.hearing h on h.id = m.hearing_id
           where m.force_id = ? and coalesce(m.on_date, m.week_of) between ? and ? and m.needed
             and m.what in ('notice', 'change', 'reminder') and h.state = 'listed' and m.version < h.version
             and exists (select 1 from waymark.hearing_told t
                          where t.message_id = m.message_id and t.hearing_id = h.id and t.state <> 'not_reached')
             and not exists (select 1 from waymark.hearing_told t
                              where t.hearing_id = h.id and t.person_id = m.person_id and t.version = h.version and t.state = 'reached')
        """;

    /** Where a page ends. @param day 9999-12-31 where not even the week is known */
    record Place(Seat seat, LocalDate day) { }

    /**
     * @param monday of the week
     * @param unit   null for all
     * @param after  the last one of the page before; null for the first page
     */
    List<Place> week(Connection c, UUID force, LocalDate monday, String unit, Place after, int limit) {
        LocalDate sunday = monday.plusDays(6);
        return Sql.list(c, PLACES + "and coalesce(h.on_date, h.week_of) between ? and ? " + MOVED_AWAY + REST, WeekList::place, force,
            monday, sunday, force, monday, sunday, unit, unit, day(after), day(after), hearing(after), person(after), limit);
    }

    List<Place> of(Connection c, UUID force, UUID hearing, Place after, int limit) {
        return Sql.list(c, PLACES + "and h.id = ? " + REST, WeekList::place, force, hearing, null, null, day(after), day(after),
            hearing(after), person(after), limit);
    }

    private static Place place(ResultSet r) throws SQLException {
        return new Place(new Seat(Sql.uuid(r, "hearing"), Sql.uuid(r, "person")), r.getObject("day", LocalDate.class));
    }

    private static LocalDate day(Place after) {
        return after == null ? null : after.day();
    }

    private static UUID hearing(Place after) {
        return after == null ? null : after.seat().hearing();
    }

    private static UUID person(Place after) {
        return after == null ? null : after.seat().person();
    }
}
