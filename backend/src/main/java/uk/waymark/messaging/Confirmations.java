package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import uk.waymark.platform.DataFile;

/** For how long it counts that somebody has said a channel is safe; data in {@code messages/contact.properties}. */
@Singleton
public final class Confirmations {
    private static final ZoneId UK = ZoneId.of("Europe/London");
    private static final int MONTHS_DIFFER = 4;
    private final Period lapses;
    private final Period lapsesFlagged;
    private final Period askBefore;
    private final Period askAgainWithin;

    Confirmations() {
        DataFile file = DataFile.of("/messages/contact.properties");
        this.lapses = period(file, "lapses_after");
        this.lapsesFlagged = period(file, "lapses_after_flagged");
        this.askBefore = period(file, "ask_before");
        this.askAgainWithin = period(file, "ask_again_within");
    }

    private static Period period(DataFile file, String name) {
        return Period.parse(file.text(name).strip());
    }

    /** The day in the UK. */
    public LocalDate day(Instant at) {
        return at.atZone(UK).toLocalDate();
    }

    /** When that day begins in the UK. */
    public Instant startOf(LocalDate day) {
        return day.atStartOfDay(UK).toInstant();
    }

    /** The day from which a confirmation does not count any more. @param flagged in a case with a safety flag */
    public LocalDate lapsesOn(Instant confirmedAt, boolean flagged) {
        return day(confirmedAt).plus(flagged ? lapsesFlagged : lapses);
    }

    /** @param confirmedAt null: said before that was kept, and not lapsed until it has been counted from some day */
    boolean lapsed(Instant confirmedAt, boolean flagged, Instant now) {
        return confirmedAt != null && !day(now).isBefore(lapsesOn(confirmedAt, flagged));
    }

    /** When staff are asked to ask again, in a flagged case. */
    Instant askAgain(Instant confirmedAt) {
        return startOf(lapsesOn(confirmedAt, true).minus(askBefore));
    }

    /** A confirmation given after this is not asked about yet; one given before may be. */
    Instant notYetAsked(Instant now) {
        return startOf(day(now).minus(lapsesFlagged).plus(askBefore).plusDays(MONTHS_DIFFER));
    }

    /** The latest day to which somebody may put off being told anything. */
    public LocalDate latestAskAgain(Instant now) {
        return day(now).plus(askAgainWithin);
    }
}
