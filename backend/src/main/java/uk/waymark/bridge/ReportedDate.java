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
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import uk.waymark.cases.EventType;
import uk.waymark.cases.NewEvent;

/**
 * What a source says of a court date, and the canonical event that it comes to. Null stands for what it says nothing of.
 *
 * @param hearingId what the source calls it
 * @param court     with an empty name where only its code is known
 * @param required  who has to be there, as the source names people
 * @param days      every day it sits, for events that cancel some of them
 */
record ReportedDate(String hearingId, String kind, When when, CourtSchedule.Court court, List<String> required, List<String> days,
                    boolean quiet, boolean vacated) {
    private static final List<String> TIMES = List.of("starts_at", "starts_on", "week_commencing");

    /**
     * What was said last.
     *
     * @param chain the last event's id; the next one's follows from it, so that the same news again is the same event and the same
     *              values after others are not
     * @param data  the canonical event's data, with all that was said so far
     * @param quiet whether it was said for nobody's phone: said once more for everybody's it is news
     */
    record Said(String chain, Instant at, boolean vacated, List<String> days, ObjectNode data, boolean quiet) {
        static final Said NOTHING = new Said("", Instant.EPOCH, false, List.of(), JsonNodeFactory.instance.objectNode(), false);

        boolean timed() {
            return TIMES.stream().anyMatch(data::has);
        }

        /** Whether it was said to be on this day in the UK. */
        boolean on(LocalDate day) {
            return data.has("starts_at") ? LocalDate.ofInstant(Instant.parse(data.path("starts_at").asText()), When.UK).equals(day)
                : data.has("starts_on") && data.path("starts_on").asText().equals(String.valueOf(day));
        }

        /** Whether it was said to be in this week, or on a day of it in the UK. */
        boolean inWeekOf(LocalDate monday) {
            return data.path("week_commencing").asText().equals(String.valueOf(monday))
                || IntStream.range(0, 7).mapToObj(monday::plusDays).anyMatch(this::on);
        }

        boolean past(Instant now) {
            return lastDay(data).map(d -> d.isBefore(LocalDate.ofInstant(now, When.UK))).orElse(false);
        }
    }

    /** @param event empty where nothing is known yet that people could be told */
    record News(Optional<NewEvent> event, Said said) { }

    /** Empty where it says nothing that was not said before. */
    Optional<News> after(Said before, String source, String crimeReference, boolean replay, Instant now) {
        ObjectNode data = before.data().deepCopy();
        data.put("hearing_id", hearingId);
        put(data);
        List<String> sits = days == null ? before.days() : days;
        boolean known = before.timed() || TIMES.stream().anyMatch(data::has);
        boolean aloud = before.quiet() && !quiet;
        if (!aloud && (vacated ? before.vacated() : !before.vacated() && data.equals(before.data()))) {
            return sits.equals(before.days()) && data.equals(before.data()) ? Optional.empty()
                : Optional.of(new News(Optional.empty(), new Said(before.chain(), before.at(), before.vacated(), sits, data, before.quiet())));
        }
        if (!known) {
            return Optional.of(new News(Optional.empty(), new Said(before.chain(), before.at(), vacated, sits, data, before.quiet())));
        }
        Instant at = now.isAfter(before.at()) ? now : before.at().plusNanos(1000);
        EventType type = vacated ? EventType.HEARING_VACATED
            : before.timed() && !before.vacated() ? EventType.HEARING_CHANGED : EventType.HEARING_LISTED;
        ObjectNode told = data.deepCopy();
        if (required == null || vacated) {
            // whoever says nothing of it does not say it again either: somebody else may have said otherwise since
            told.remove("required");
        }
        if (vacated) {
            told.remove(List.of("kind", "week_commencing"));
        }
        if (quiet) {
            told.put("notify", false);
        }
        String chain = hash(before.chain() + '|' + source + '|' + crimeReference + '|' + type + '|' + told);
        told.put("received_at", now.toString());
        boolean past = lastDay(data).map(d -> d.isBefore(LocalDate.ofInstant(now, When.UK))).orElse(false);
        var event = new NewEvent(source, chain, at, crimeReference, type, 1, past, replay, told, MissingNode.getInstance());
        return Optional.of(new News(Optional.of(event), new Said(chain, at, vacated, sits, data, quiet)));
    }

    private void put(ObjectNode data) {
        if (kind != null) {
            data.put("kind", kind);
        }
        if (when != null) {
            data.remove(TIMES);
            if (when.startsAt() != null) {
                data.put("starts_at", when.startsAt().toString());
            } else if (when.on() != null) {
                data.put("starts_on", when.on().toString());
            } else {
                data.put("week_commencing", when.weekOf().toString());
            }
        }
        if (court != null) {
            var node = data.putObject("court");
            put(node, "name", court.name().isEmpty() ? null : court.name());
            put(node, "ou_code", court.ouCode());
            put(node, "address", court.address());
            put(node, "room", court.room());
        }
        if (required != null) {
            var node = data.putArray("required");
            required.stream().sorted().distinct().forEach(node::add);
        }
    }

    private static void put(ObjectNode node, String field, String value) {
        if (value != null) {
            node.put(field, value);
        }
    }

    private static Optional<LocalDate> lastDay(JsonNode data) {
        if (data.has("starts_at")) {
            return Optional.of(Instant.parse(data.path("starts_at").asText()).atZone(When.UK).toLocalDate());
        }
        return data.has("starts_on") ? Optional.of(LocalDate.parse(data.path("starts_on").asText()))
            : data.has("week_commencing") ? Optional.of(LocalDate.parse(data.path("week_commencing").asText()).plusDays(6))
            : Optional.empty();
    }

    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 20);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
