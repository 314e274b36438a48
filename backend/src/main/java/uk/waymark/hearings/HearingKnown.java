package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.hearings.HearingMessages.Row;
import uk.waymark.hearings.HearingTold.Entry;
import uk.waymark.hearings.HearingTold.State;
import uk.waymark.hearings.HearingTold.What;
import uk.waymark.notifications.Outbox;
import uk.waymark.platform.Sql;

/** What somebody may know of a court date: by a message that left, on the telephone, by letter, in the app. */
@Singleton
final class HearingKnown {
    private final HearingMessages messages;
    private final HearingTold told;
    private final Outbox outbox;

    HearingKnown(HearingMessages messages, HearingTold told, Outbox outbox) {
        this.messages = messages;
        this.told = told;
        this.outbox = outbox;
    }

    /**
     * @param what   the last thing that they may know; null where that is nothing
     * @param needed they may believe that they have to be there; of what is off, that they believed so before
     * @param day    the one that they know; as it stands, where that is not {@code sure}
     * @param sure   whether that is the day that they know: who was told of it as it was then, and nobody wrote down of which day, may
     *               know of another
     * @param there  whether they know of it, if of any, at the court where it is
     * @param like   whether what they know is how it stands, but for who is needed
     * @param tried  whether there was anything to tell them of it, whatever came of that
     * @param untold what was queued, or left to staff, and they do not know
     */
    record Known(What what, boolean needed, HearingDay day, boolean sure, boolean there, boolean like, boolean tried, List<Row> untold) {

        /** They may know of it, and not that it is off or that they are not needed. */
        boolean expected() {
            return what != null && what != What.OFF && what != What.NOT_NEEDED;
        }

        /** Nobody ever had anything to tell them of it: what was there before Waymark is not known. */
        boolean neverTried() {
            return what == null && !tried;
        }

        Known triedBefore(boolean before) {
            return new Known(what, needed, day, sure, there, like, tried || before, untold);
        }
    }

    Known of(Connection c, UUID force, CourtHearing h, UUID person) {
        List<Row> rows = messages.of(c, h.id(), person);
        Row row = rows.stream().filter(r -> outbox.mayBeKnown(c, force, r.key())).findFirst().orElse(null);
        // a reminder that waits is kept in line with the date by its plan
        List<Row> untold = (row == null ? rows.stream() : rows.stream().takeWhile(r -> !r.id().equals(row.id())))
            .filter(r -> r.what() != What.REMINDER).toList();
        Entry other = told.of(c, List.of(h.id())).stream()
            .filter(e -> e.person().equals(person) && e.state() != State.NOT_REACHED && (e.what() != What.CORRECTION || e.day() != null))
            .filter(e -> rows.stream().noneMatch(r -> e.message() != null && e.message().equals(r.message())))
            .reduce((a, b) -> b).orElse(null);
        if (other != null && (row == null || other.at().isAfter(row.madeAt()))) {
            Optional<Row> same = rows.stream().filter(r -> r.version() == other.version()).findFirst();
            boolean needed = same.map(Row::needed).orElseGet(() -> wasRequired(c, h.id(), person));
            boolean asItIs = other.version() == h.version();
            Optional<HearingDay> day = Optional.ofNullable(other.day()).or(() -> same.map(Row::day));
            String court = other.court() != null || asItIs ? other.court() : same.map(Row::court).orElse(null);
            String ouCode = other.ouCode() != null || asItIs ? other.ouCode() : same.map(Row::ouCode).orElse(null);
            // who may know of any day may know of any court
            boolean there = asItIs || (court != null || day.isPresent()) && QuietChanges.sameCourt(court, ouCode, h);
            boolean like = asItIs || there && day.filter(d -> d.same(HearingDay.of(h))).isPresent()
                && same.filter(r -> r.kind() == h.kind()).isPresent();
            return new Known(other.what(), needed, asItIs ? HearingDay.of(h) : day.orElse(HearingDay.of(h)), asItIs || day.isPresent(),
                there, like, true, untold.stream().filter(r -> r.madeAt().isAfter(other.at())).toList());
        }
        return row == null ? new Known(null, wasRequired(c, h.id(), person), HearingDay.of(h), true, true, false,
            !rows.isEmpty(), untold)
            : new Known(row.what(), row.needed(), row.day(), true,
                QuietChanges.sameCourt(row.court(), row.ouCode(), h), like(row, h), true, untold);
    }

    private static boolean like(Row row, CourtHearing h) {
        return row.day().same(HearingDay.of(h)) && QuietChanges.sameCourt(row.court(), row.ouCode(), h)
            && row.kind() == h.kind();
    }

    private static boolean wasRequired(Connection c, UUID hearing, UUID person) {
        return Sql.one(c, "select required_at is not null as was from waymark.hearing_person where hearing_id = ? and person_id = ?",
            r -> r.getBoolean("was"), hearing, person).orElse(false);
    }
}
