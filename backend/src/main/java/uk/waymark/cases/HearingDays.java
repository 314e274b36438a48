package uk.waymark.cases;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Objects;
import uk.waymark.cases.CaseState.Hearing;

/** When hearings are, by the UK calendar: an instant, a day without a time, or a week. */
final class HearingDays {
    static final ZoneId LONDON = ZoneId.of("Europe/London");

    private HearingDays() { }

    /** The UK day; null where only the week is known, or nothing. */
    static LocalDate day(Hearing hearing) {
        if (hearing.startsAt() != null) {
            return OffsetDateTime.parse(hearing.startsAt()).atZoneSameInstant(LONDON).toLocalDate();
        }
        return hearing.startsOn() == null ? null : LocalDate.parse(hearing.startsOn());
    }

    private static LocalDate week(Hearing hearing) {
        return hearing.weekCommencing() == null ? null : LocalDate.parse(hearing.weekCommencing());
    }

    private static Instant instant(Hearing hearing) {
        return hearing.startsAt() == null ? null : OffsetDateTime.parse(hearing.startsAt()).toInstant();
    }

    /** Whether both may mean one day: the same day, a day in the other's week, or the same week. */
    static boolean fit(Hearing a, Hearing b) {
        if (day(a) != null && day(b) != null) {
            return day(a).equals(day(b));
        }
        if (day(a) == null && day(b) == null) {
            return week(a) != null && week(a).equals(week(b));
        }
        return day(a) != null ? within(day(a), week(b)) : within(day(b), week(a));
    }

    /** Whether the second says nothing of time that the first did not say better. */
    static boolean vaguer(Hearing now, Hearing before) {
        if (now.startsAt() != null) {
            return false;
        }
        if (now.startsOn() != null) {
            return before.startsAt() != null && day(now).equals(day(before));
        }
        return now.weekCommencing() == null || day(before) != null && within(day(before), week(now));
    }

    static boolean same(Hearing a, Hearing b) {
        return Objects.equals(day(a), day(b)) && Objects.equals(instant(a), instant(b))
            && (day(a) != null || Objects.equals(week(a), week(b)));
    }

    /** Whether it was over when the news of it came. */
    static boolean past(Hearing hearing, Instant receivedAt) {
        LocalDate last = day(hearing) != null ? day(hearing) : week(hearing) == null ? null : week(hearing).plusDays(6);
        return last != null && last.isBefore(receivedAt.atZone(LONDON).toLocalDate());
    }

    private static boolean within(LocalDate day, LocalDate monday) {
        return monday != null && !day.isBefore(monday) && day.isBefore(monday.plusDays(7));
    }
}
