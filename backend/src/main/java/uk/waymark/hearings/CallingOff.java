package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import uk.waymark.hearings.HearingTold.What;

/** In which words somebody is told that they need not come: to whom another court date of that day stands, not as if of the whole day. */
@Singleton
final class CallingOff {
    private static final String OFF = "hearing_off";
    private static final String NOT_NEEDED = "no_longer_needed";
    private static final String BESIDES = "_besides";
    private final HearingStore hearings;

    CallingOff(HearingStore hearings) {
        this.hearings = hearings;
    }

    record Said(String template, Map<String, String> fields) { }

    /** @param what OFF or NOT_NEEDED @param day that they know of */
    Said of(Connection c, UUID hearing, UUID person, What what, HearingDay day, Instant now) {
        String template = what == What.OFF ? OFF : NOT_NEEDED;
        if (!hearings.neededBesides(c, person, day, hearing)) {
            return new Said(template, day.fields(now));
        }
        var fields = new HashMap<>(day.fields(now));
        fields.put("same_en", day.isWeek() ? "that week" : "that day");
        fields.put("same_cy", day.isWeek() ? "yr wythnos honno" : "y diwrnod hwnnw");
        return new Said(template + BESIDES, fields);
    }
}
