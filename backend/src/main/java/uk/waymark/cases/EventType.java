package uk.waymark.cases;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The canonical events, what each is about and who reads it. The contract's table {@code x-what-a-role-sees} says the
 * same; a test compares the two.
 */
public enum EventType {
    CRIME_RECORDED(Line.NONE, true, false, false, 0),
    CASE_CHANGED(Line.NONE, true, false, false, 0),
    PERSON_ADDED(Line.NONE, false, false, false, 0),
    PERSON_CHANGED(Line.NONE, false, false, false, 0),
    PERSON_REMOVED(Line.NONE, false, false, false, 0),
    PEOPLE_MERGED(Line.NONE, false, false, false, 0),
    OFFICER_CHANGED(Line.OFFICER, true, true, false, 0),
    URN_ASSIGNED(Line.NONE, true, false, false, 0),
    SUSPECT_CONTACTS(Line.NONE, false, false, false, 0),
    SUSPECT_ARRESTED(Line.SUSPECT, true, true, false, 1),
    SUSPECT_INTERVIEWED(Line.SUSPECT, true, true, false, 1),
    SUSPECT_RELEASED_WITHOUT_CHARGE(Line.SUSPECT, true, true, false, 1),
    SUSPECT_BAILED(Line.SUSPECT, true, true, false, 1),
    BAIL_CHANGED(Line.SUSPECT, true, true, false, 1),
    SUSPECT_RELEASED_UNDER_INVESTIGATION(Line.SUSPECT, true, true, false, 1),
    SUSPECT_CHARGED(Line.SUSPECT, true, true, false, 2),
    INVESTIGATION_CLOSED(Line.INVESTIGATION, true, true, false, 0),
    OUT_OF_COURT_DISPOSAL(Line.INVESTIGATION, true, true, false, 0),
    HEARING_LISTED(Line.HEARING, true, true, true, 0),
    HEARING_CHANGED(Line.HEARING, true, true, true, 0),
    HEARING_VACATED(Line.HEARING, true, true, true, 0),
    PLEA_ENTERED(Line.SUSPECT, true, true, false, 3),
    CHARGES_CHANGED(Line.SUSPECT, true, true, false, 2),
    PROSECUTION_STOPPED(Line.SUSPECT, true, true, false, 2),
    WARRANT_ISSUED(Line.SUSPECT, true, true, false, 2),
    SPECIAL_MEASURES_DECIDED(Line.MEASURES, true, true, true, 0),
    BAIL_HEARING_OUTCOME(Line.SUSPECT, true, true, false, 3),
    VERDICT(Line.SUSPECT, true, true, true, 4),
    SENTENCE(Line.SUSPECT, true, true, true, 5),
    APPEAL(Line.SUSPECT, true, true, false, 6),
    EVENT_RETRACTED(Line.NONE, true, true, true, 0),
    OUTBOUND_ACKNOWLEDGED(Line.NONE, false, false, false, 0);

    /** What a later event overtakes an earlier one of: the same suspect, the same hearing, and so on. */
    enum Line { NONE, OFFICER, SUSPECT, HEARING, INVESTIGATION, MEASURES }

    private static final Map<String, EventType> BY_NAME =
        Arrays.stream(values()).collect(Collectors.toMap(EventType::wireName, Function.identity()));

    private final Line line;
    private final boolean shown;
    private final boolean told;
    private final boolean witnessSees;
    private final int rank;

    /**
     * @param shown has an entry on the timeline
     * @param told people get a message about it
     * @param rank how far it shows a suspect to have come: 1 investigation, 2 charged, 3 court, 4 outcome, 5 sentenced,
     *     6 appeal; 0 says nothing of that
     */
    EventType(Line line, boolean shown, boolean told, boolean witnessSees, int rank) {
        this.line = line;
        this.shown = shown;
        this.told = told;
        this.witnessSees = witnessSees;
        this.rank = rank;
    }

    /** As on the wire: {@code suspect_arrested}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<EventType> of(String wireName) {
        return Optional.ofNullable(BY_NAME.get(wireName));
    }

    Line line() {
        return line;
    }

    boolean shown() {
        return shown;
    }

    boolean told() {
        return told;
    }

    boolean witnessSees() {
        return witnessSees;
    }

    int rank() {
        return rank;
    }
}
