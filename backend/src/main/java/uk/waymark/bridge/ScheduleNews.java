package uk.waymark.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import uk.waymark.cases.CaseOfUrn;
import uk.waymark.cases.EventType;
import uk.waymark.cases.NewEvent;
import uk.waymark.platform.Sources;

/**
 * What a court schedule says that a case was not told before. A pure function of what was said, what is shown now and the
 * time: nothing is said twice, and a hearing that has gone from the schedule is not called off by that.
 */
final class ScheduleNews {
    private static final ZoneId UK = ZoneId.of("Europe/London");
    /** What a change says where a kind that was said before must not be said any longer. */
    private static final String SOME_HEARING = "other";

    private final CaseOfUrn of;
    private final Instant now;
    private final LocalDate today;
    private final Map<String, Said> said;
    private final List<NewEvent> events = new ArrayList<>();
    private final List<Missing> gone = new ArrayList<>();
    private final List<Missing> back = new ArrayList<>();

    private ScheduleNews(CaseOfUrn of, Map<String, Said> before, Instant now) {
        this.of = of;
        this.now = now;
        this.today = now.atZone(UK).toLocalDate();
        this.said = new TreeMap<>(before);
    }

    /** @param said by hearing id, after this */
    record News(List<NewEvent> events, Map<String, Said> said, List<Missing> gone, List<Missing> back) { }

    /** A hearing that is not shown, or is again. @param time how often it has gone @param day what people were told */
    record Missing(String hearingId, int time, LocalDate day) { }

    /**
     * What a case was told of a hearing.
     *
     * @param chain the last event's id; the next one's follows from it, so that the same news again is the same event and the
     *     same values after others are not
     * @param at the last event's time: the next one is later
     * @param when the field and the value: {@code starts_at=2027-02-01T10:00:00Z}
     * @param day in the UK; of a week its Monday
     * @param lastDay in the UK
     * @param shown all days and weeks that were shown then
     * @param gone how often it has gone from the schedule
     */
    record Said(String chain, Instant at, String when, LocalDate day, LocalDate lastDay, List<String> shown, String kind,
                CourtSchedule.Court court, boolean missing, int gone) {

        private Said missing(boolean is) {
            return new Said(chain, at, when, day, lastDay, shown, kind, court, is, is ? gone + 1 : gone);
        }
    }

    /** When and where, as it is to be said. */
    private record Place(String field, String value, LocalDate day, LocalDate lastDay, CourtSchedule.Court court) {
        String when() {
            return field + '=' + value;
        }
    }

    static News of(CaseOfUrn of, Map<String, Said> before, CourtSchedule schedule, Instant now) {
        var news = new ScheduleNews(of, before, now);
        schedule.hearings().forEach(news::take);
        news.lookForGone(schedule);
        return new News(news.events, news.said, news.gone, news.back);
    }

    private void take(CourtSchedule.Hearing hearing) {
        Said before = said.get(hearing.id());
        if (before != null && before.missing()) {
            back.add(new Missing(hearing.id(), before.gone(), before.day()));
            before = before.missing(false);
            said.put(hearing.id(), before);
        }
        Place place = place(hearing, before);
        List<String> shown = shown(hearing);
        if (before == null) {
            said.put(hearing.id(), say(hearing, null, place, shown));
        } else if (!before.when().equals(place.when()) || !Objects.equals(before.kind(), hearing.kind())
                || !Objects.equals(before.court(), place.court())) {
            said.put(hearing.id(), say(hearing, before, place, shown));
        } else {
            said.put(hearing.id(), new Said(before.chain(), before.at(), before.when(), before.day(), lastDay(hearing), shown,
                before.kind(), before.court(), false, before.gone()));
        }
    }

    /**
     * The first day that is not over. While a hearing goes on from day to day as it was planned, it stays the day that was
     * said: a trial of two weeks is one piece of news.
     */
    private Place place(CourtSchedule.Hearing hearing, Said before) {
        if (hearing.sittings().isEmpty()) {
            CourtSchedule.Week week = hearing.week();
            return new Place("week_commencing", week.monday().toString(), week.monday(), week.lastDay(), court(week.court(), before));
        }
        CourtSchedule.Sitting next = hearing.sittings().stream().filter(s -> !lastDay(s).isBefore(today)).findFirst()
            .orElse(hearing.sittings().getLast());
        if (before != null && before.shown().contains(next.startsAt().toString())) {
            for (CourtSchedule.Sitting s : hearing.sittings()) {
                if (before.when().equals(place(s, hearing, before).when()) && !s.startsAt().isAfter(next.startsAt())) {
                    return place(s, hearing, before);
                }
            }
        }
        return place(next, hearing, before);
    }

    private static Place place(CourtSchedule.Sitting sitting, CourtSchedule.Hearing hearing, Said before) {
        When when = When.at(sitting.startsAt());
        boolean timed = when.startsAt() != null;
        return new Place(timed ? "starts_at" : "starts_on", timed ? sitting.startsAt().toString() : when.on().toString(), when.on(),
            lastDay(hearing), court(sitting.court(), before));
    }

    /** That a house cannot be looked up now is no news. */
    private static CourtSchedule.Court court(CourtSchedule.Court now, Said before) {
        return now == null && before != null ? before.court() : now;
    }

    private Said say(CourtSchedule.Hearing hearing, Said before, Place place, List<String> shown) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("hearing_id", hearing.id());
        String kind = hearing.kind() == null && before != null && before.kind() != null ? SOME_HEARING : hearing.kind();
        if (kind != null) {
            data.put("kind", kind);
        }
        data.put(place.field(), place.value());
        // one that is not known is left out: people read so in words, and what another source says of it stands
        if (place.court() != null) {
            data.set("court", court(place.court()));
        }
        boolean moved = before == null || !before.when().equals(place.when()) || !sameHouse(before.court(), place.court());
        if (!moved) {
            data.put("notify", false);
        }
        String chain = hash((before == null ? "" : before.chain()) + '|' + of.caseId() + '|' + data);
        Instant at = before == null || now.isAfter(before.at()) ? now : before.at().plusNanos(1000);
        data.put("received_at", now.toString());
        events.add(new NewEvent(Sources.COURT_SCHEDULE, chain, at, of.crimeReference(),
            before == null ? EventType.HEARING_LISTED : EventType.HEARING_CHANGED, 1, place.lastDay().isBefore(today), false, data,
            MissingNode.getInstance()));
        return new Said(chain, at, place.when(), place.day(), lastDay(hearing), shown, hearing.kind(), place.court(), false,
            before == null ? 0 : before.gone());
    }

    /** What is past goes from a schedule by itself. */
    private void lookForGone(CourtSchedule schedule) {
        List<String> present = schedule.hearings().stream().map(CourtSchedule.Hearing::id).toList();
        said.replaceAll((id, s) -> {
            if (present.contains(id) || s.missing() || s.lastDay().isBefore(today)) {
                return s;
            }
            gone.add(new Missing(id, s.gone() + 1, s.day()));
            return s.missing(true);
        });
    }

    private static boolean sameHouse(CourtSchedule.Court one, CourtSchedule.Court other) {
        return Objects.equals(one == null ? null : one.name(), other == null ? null : other.name());
    }

    private static JsonNode court(CourtSchedule.Court court) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", court.name());
        put(node, "ou_code", court.ouCode());
        put(node, "address", court.address());
        put(node, "room", court.room());
        return node;
    }

    private static void put(ObjectNode node, String field, String value) {
        if (value != null) {
            node.put(field, value);
        }
    }

    private static List<String> shown(CourtSchedule.Hearing hearing) {
        return hearing.sittings().isEmpty() ? List.of(hearing.week().monday().toString())
            : hearing.sittings().stream().map(s -> s.startsAt().toString()).toList();
    }

    private static LocalDate lastDay(CourtSchedule.Hearing hearing) {
        return hearing.sittings().isEmpty() ? hearing.week().lastDay()
            : hearing.sittings().stream().map(ScheduleNews::lastDay).max(LocalDate::compareTo).orElseThrow();
    }

    private static LocalDate day(CourtSchedule.Sitting sitting) {
        return sitting.startsAt().atZone(UK).toLocalDate();
    }

    /** A sitting may be given as one stretch of several days. */
    private static LocalDate lastDay(CourtSchedule.Sitting sitting) {
        return sitting.endsAt() == null || sitting.endsAt().isBefore(sitting.startsAt()) ? day(sitting)
            : sitting.endsAt().atZone(UK).toLocalDate();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 20);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
