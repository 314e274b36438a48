package uk.waymark.hearings.runs;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.waymark.hearings.CourtHearing;
import uk.waymark.hearings.HearingTold;
import uk.waymark.hearings.SpokenDate;
import uk.waymark.platform.WorkingDays;

/**
 * What a message of a run says of a court date, in the words of its reader.
 *
 * @param time  local; null where only the day is known
 * @param court null where it is not known
 */
record RunSaid(LocalDate day, LocalTime time, String court) {
    /** As the court date stands. @param time of the line, where the court date has none; or null @param court likewise; a name, never a code */
    static RunSaid of(CourtHearing h, LocalTime time, String court) {
        return new RunSaid(h.on(), h.startsAt() == null ? time : h.startsAt().atZone(WorkingDays.LONDON).toLocalTime(),
            h.court() == null ? court : h.court());
    }

    /** 'Tuesday 8 December, 10am'; in Welsh as it stands after 'on'. */
    String when(String language) {
        String words = SpokenDate.softened(SpokenDate.day(day, "cy".equals(language)));
        return time == null ? words : words + ", " + SpokenDate.time(time);
    }

    /** Whether it differs from another in one of {@code date}, {@code time} and {@code court}. */
    boolean differs(RunSaid other, Set<String> in) {
        return in.contains("date") && !day.equals(other.day) || in.contains("time") && !Objects.equals(time, other.time)
            || in.contains("court") && !Objects.equals(court, other.court);
    }

    /** In what it differs: {@code date}, {@code time} and {@code court}. */
    Set<String> differences(RunSaid other) {
        return Stream.of("date", "time", "court").filter(what -> differs(other, Set.of(what))).collect(Collectors.toSet());
    }

    /** What they know by it. @param said null where that was not kept */
    static HearingTold.Entry told(HearingTold.Entry entry, RunSaid said) {
        return said == null ? entry : entry.saying(said.day(), said.time(), said.court());
    }

    String toText() {
        return day + "\n" + (time == null ? "" : time) + "\n" + (court == null ? "" : court);
    }

    static RunSaid ofText(String text) {
        String[] parts = text.split("\n", 3);
        return new RunSaid(LocalDate.parse(parts[0]), parts[1].isEmpty() ? null : LocalTime.parse(parts[1]),
            parts[2].isEmpty() ? null : parts[2]);
    }

    /** Without the place. */
    @Override
    public String toString() {
        return "RunSaid";
    }
}
