package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import uk.waymark.platform.DataFile;
import uk.waymark.platform.WorkingDays;

/** By when staff should have acted on an answer, and the words around it; data in {@code hearings/replies.properties}. */
@Singleton
public final class ReplySettings {
    private final DataFile data = DataFile.of("/hearings/replies.properties");

    /**
     * Soon enough before the court date, but never in the past.
     *
     * @param name    a kind of work item
     * @param hearing or null
     */
    public Instant due(String name, CourtHearing hearing, Instant now) {
        Instant due = now.plus(data.duration("due." + name));
        Instant begins = hearing == null ? null : begins(hearing);
        Instant latest = begins == null ? due : begins.minus(data.duration("before_it_begins"));
        Instant sooner = latest.isBefore(due) ? latest : due;
        return sooner.isBefore(now) ? now : sooner;
    }

    /** When it begins; its first day's morning where no time is known; null where nothing is. */
    public Instant begins(CourtHearing hearing) {
        if (hearing.startsAt() != null) {
            return hearing.startsAt();
        }
        LocalDate day = hearing.on() != null ? hearing.on() : hearing.weekOf();
        return day == null ? null : day.atTime(LocalTime.parse(text("begins_at"))).atZone(WorkingDays.LONDON).toInstant();
    }

    /** @throws IllegalArgumentException for a name that has no words: a mistake of ours, found by a test */
    public String text(String name) {
        return data.text(name);
    }
}
