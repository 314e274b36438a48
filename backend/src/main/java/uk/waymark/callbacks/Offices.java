package uk.waymark.callbacks;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import uk.waymark.callbacks.OpeningHours.Hours;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;

/** When the unit of a case answers and how many it can ring at once, as the force's file says; otherwise the usual hours. */
@Singleton
final class Offices {
    private final WorkingDays days;
    private final CallBackSettings settings;

    Offices(WorkingDays days, CallBackSettings settings) {
        this.days = days;
        this.settings = settings;
    }

    /**
     * @param unit       code of the unit, empty for cases without one
     * @param places     how many are rung at the same time
     * @param due        within which time of opening an ordinary call is made; null for one working day
     * @param outOfHours whom the force has at night; null where nobody has set it
     */
    record Office(String unit, OpeningHours hours, int places, Duration due, Desk outOfHours) { }

    /** @param text E.164, the number that is texted; null where none of theirs takes texts @param language in which it is texted */
    record Desk(String name, String phone, String text, String language) {
        private static final String MOBILE = "+447";

        /** @param text or null: then the number that is rung, where it is a mobile */
        static Desk of(String name, String phone, String text, String language) {
            return new Desk(name, phone, text != null ? text : phone.startsWith(MOBILE) ? phone : null, language == null ? "en" : language);
        }
    }

    private record Unit(UUID id, int minutes, int places) { }

    private record Rule(Duration due, Desk outOfHours) { }

    /** @param unit or null @param c of a transaction of staff or a worker of the force */
    Office of(Connection c, UUID force, String unit) {
        Unit known = Sql.one(c, "select id, call_minutes, call_places from waymark.unit where force_id = ? and code = ?",
            r -> new Unit(Sql.uuid(r, "id"), r.getInt("call_minutes"), r.getInt("call_places")), force, unit == null ? "" : unit)
            .orElseGet(() -> new Unit(null, settings.slotMinutes(), settings.slotPlaces()));
        List<Hours> week = known.id() == null ? List.of() : Sql.list(c,
            "select weekday, opens, closes from waymark.unit_hours where unit_id = ?", r -> new Hours(r.getInt("weekday"),
                r.getObject("opens", LocalTime.class), r.getObject("closes", LocalTime.class)), known.id());
        Rule rule = Sql.one(c, """
            select due_minutes, out_of_hours_name, out_of_hours_phone, out_of_hours_text, out_of_hours_language from waymark.call_back_rule
             where force_id = ?""",
            r -> new Rule(r.getObject("due_minutes") == null ? null : Duration.ofMinutes(r.getInt("due_minutes")),
                Desk.of(r.getString("out_of_hours_name"), r.getString("out_of_hours_phone"), r.getString("out_of_hours_text"),
                    r.getString("out_of_hours_language"))), force)
            .orElse(new Rule(null, null));
        return new Office(unit == null ? "" : unit, new OpeningHours(week.isEmpty() ? usual() : week,
            Duration.ofMinutes(known.minutes()), days::isBankHoliday), known.places(), rule.due(), rule.outOfHours());
    }

    /** By when an ordinary call is made. */
    Instant due(Office office, Instant now) {
        Instant latest = days.after(now, 1);
        Instant sooner = office.due() == null ? latest : office.hours().after(now, office.due());
        return sooner.isBefore(latest) ? sooner : latest;
    }

    private List<Hours> usual() {
        return IntStream.rangeClosed(DayOfWeek.MONDAY.getValue(), DayOfWeek.FRIDAY.getValue())
            .mapToObj(day -> new Hours(day, settings.opens(), settings.closes())).toList();
    }
}
