package uk.waymark.bridge.hmcts;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import uk.waymark.bridge.CourtListFormat;
import uk.waymark.bridge.ListedCourts;
import uk.waymark.bridge.Edition;
import uk.waymark.bridge.Listing;
import uk.waymark.bridge.When;
import uk.waymark.platform.Urns;

/**
 * The magistrates' adult court list: {@code magistrates_adult_court_list.json}. It is printed for the day on it, with UK local
 * times; what it calls a case number is the URN. It says neither what kind of hearing it is nor whether it is restricted.
 */
@Singleton
final class MagistratesAdultList implements CourtListFormat {
    private static final DateTimeFormatter DAY =
        DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.UK).withResolverStyle(ResolverStyle.STRICT);

    @Override
    public String name() {
        return "magistrates_adult";
    }

    @Override
    public boolean recognises(JsonNode document) {
        return document.path("document").path("data").path("job").isObject();
    }

    @Override
    public Edition read(JsonNode document) {
        JsonNode job = document.path("document").path("data").path("job");
        LocalDate day = Lenient.needed(day(job), "/document/data/job/printdate", "is needed: a day as DD/MM/YYYY");
        Instant published = published(day, document.path("document").path("info"));
        var byCourt = new LinkedHashMap<String, List<Listing>>();
        String court = null;
        var missed = new Missed();
        for (JsonNode session : Lenient.each(job.path("sessions"), "session")) {
            String here = ListedCourts.of(Lenient.text(session, "court"), "Magistrates' Court");
            court = court == null ? here : court;
            read(session, day, here, byCourt.computeIfAbsent(ListedCourts.key(here) + '|' + day, key -> new ArrayList<>()), missed);
        }
        return new Edition(name(), ListedCourts.of(court, "Magistrates' Court"), published.toString(), published,
            parts(byCourt), missed.count(), missed.in(document));
    }

    private List<Edition.Part> parts(Map<String, List<Listing>> byCourt) {
        return byCourt.entrySet().stream().map(e -> new Edition.Part(name() + '|' + e.getKey(), e.getValue())).toList();
    }

    private static void read(JsonNode session, LocalDate day, String court, List<Listing> into, Missed missed) {
        String room = Lenient.clipped(Lenient.text(session, "room"), 60);
        for (JsonNode block : Lenient.each(session.path("blocks"), "block")) {
            When ofBlock = Lenient.when(day, block.path("bstart"));
            When when = ofBlock.startsAt() != null ? ofBlock : Lenient.when(day, session.path("sstart"));
            for (JsonNode one : Lenient.each(block.path("cases"), "case")) {
                String number = Lenient.text(one, "caseno");
                String urn = number == null ? Lenient.urn(one) : Urns.key(number);
                if (urn == null || urn.isEmpty() || urn.length() > Lenient.LONGEST_URN) {
                    missed.add(one, Missed.NO_URN);
                } else {
                    into.add(new Listing(urn, when, court, "other", room, false));
                }
            }
        }
    }

    private static LocalDate day(JsonNode job) {
        try {
            LocalDate day = LocalDate.parse(Lenient.shown(job.path("printdate")), DAY);
            return Lenient.plausible(day) ? day : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** The run's time of day is all that tells two printings apart. */
    private static Instant published(LocalDate day, JsonNode info) {
        try {
            return day.atTime(LocalTime.parse(Lenient.shown(info.path("start_time")))).atZone(When.UK).toInstant();
        } catch (DateTimeParseException e) {
            return day.atStartOfDay(When.UK).toInstant();
        }
    }
}
