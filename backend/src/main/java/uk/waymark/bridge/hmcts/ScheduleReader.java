package uk.waymark.bridge.hmcts;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.waymark.bridge.Pulled;

/**
 * Takes out of HMCTS's answers what is kept, and nothing else: {@code listNote}, {@code hearingDescription} and
 * {@code judiciaryId} may hold anything about anybody and stop here.
 *
 * <p>HMCTS's schema and examples contradict each other about the shape: {@code courtSchedule} and {@code hearings} are taken
 * as arrays and as single objects, and {@code hearings} at the top too.
 */
final class ScheduleReader {
    private static final ZoneId UK = ZoneId.of("Europe/London");
    private static final int LONGEST_ID = 100;
    private static final int LONGEST_WEEKS = 52;

    private ScheduleReader() { }

    /** @param restricted not known counts as restricted */
    record Details(boolean active, boolean restricted) { }

    /** As kept in the checkpoint. @param kind canonical */
    record Hearing(String id, String kind, List<Sitting> sittings, Week week) { }

    /** @param endsAt or null @param house HMCTS's id, or null @param room HMCTS's id, or null */
    record Sitting(Instant startsAt, Instant endsAt, String house, String room) { }

    record Week(LocalDate monday, LocalDate lastDay, String house) { }

    static Details details(JsonNode answer) {
        JsonNode restrictions = answer.path("reportingRestrictions");
        return new Details(!"INACTIVE".equalsIgnoreCase(answer.path("caseStatus").asText("").strip()),
            !(restrictions.isBoolean() && !restrictions.booleanValue()));
    }

    /** @throws Stopped where it has none of the shapes */
    static List<Hearing> hearings(JsonNode answer) {
        var found = new ArrayList<JsonNode>();
        for (JsonNode schedule : several(answer.path("courtSchedule"))) {
            found.addAll(several(schedule.path("hearings")));
        }
        found.addAll(several(answer.path("hearings")));
        // one hearing may stand under several schedules: its sittings add up
        Map<String, Hearing> hearings = new LinkedHashMap<>();
        for (JsonNode node : found) {
            Hearing hearing = hearing(node);
            if (hearing != null) {
                hearings.merge(hearing.id(), hearing, ScheduleReader::together);
            }
        }
        return List.copyOf(hearings.values());
    }

    private static List<JsonNode> several(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return List.of();
        }
        if (node.isObject()) {
            return List.of(node);
        }
        if (!node.isArray()) {
            throw new Stopped(new Pulled.Later(null, false, "unreadable"));
        }
        var list = new ArrayList<JsonNode>();
        node.forEach(list::add);
        return list;
    }

    /** @return null where it has no id, no day and no week: it cannot be placed */
    private static Hearing hearing(JsonNode node) {
        String id = text(node, "hearingId");
        if (id == null || id.length() > LONGEST_ID) {
            return null;
        }
        var sittings = new ArrayList<Sitting>();
        for (JsonNode sitting : several(node.path("courtSittings"))) {
            Instant start = time(sitting, "sittingStart");
            if (start != null) {
                sittings.add(new Sitting(start, time(sitting, "sittingEnd"), text(sitting, "courtHouse"), text(sitting, "courtRoom")));
            }
        }
        Week week = sittings.isEmpty() ? week(node.path("weekCommencing")) : null;
        return sittings.isEmpty() && week == null ? null
            : new Hearing(id, HearingTypes.kind(text(node, "hearingType")), sittings, week);
    }

    private static Hearing together(Hearing one, Hearing other) {
        var sittings = new ArrayList<>(one.sittings());
        other.sittings().stream().filter(s -> !sittings.contains(s)).forEach(sittings::add);
        return new Hearing(one.id(), one.kind(), sittings, sittings.isEmpty() ? one.week() : null);
    }

    private static Week week(JsonNode node) {
        LocalDate start = date(node, "startDate");
        if (start == null) {
            return null;
        }
        LocalDate end = date(node, "endDate");
        if (end == null || end.isBefore(start)) {
            end = start.plusWeeks(Math.clamp(node.path("durationInWeeks").asInt(1), 1, LONGEST_WEEKS)).minusDays(1);
        }
        return new Week(start.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), end, text(node, "courtHouse"));
    }

    private static String text(JsonNode node, String field) {
        String text = node.path(field).isValueNode() && !node.path(field).isNull() ? node.path(field).asText().strip() : "";
        return text.isEmpty() || text.indexOf('\0') >= 0 || !wellFormed(text) ? null : text;
    }

    private static boolean wellFormed(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /** With an offset as the schema has it; without one it is what the court's clock shows. */
    private static Instant time(JsonNode node, String field) {
        String text = text(node, field);
        if (text == null) {
            return null;
        }
        try {
            return plausible(text.matches(".*(Z|z|[+-]\\d\\d:?\\d\\d)$") && text.contains("T")
                ? OffsetDateTime.parse(text).toInstant() : LocalDateTime.parse(text).atZone(UK).toInstant());
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static LocalDate date(JsonNode node, String field) {
        String text = text(node, field);
        try {
            LocalDate date = text == null ? null : LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
            return date == null || plausible(date.atStartOfDay(UK).toInstant()) == null ? null : date;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Instant plausible(Instant time) {
        int year = time.atZone(UK).getYear();
        return year < 1950 || year > 2199 ? null : time;
    }
}
