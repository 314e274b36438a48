package uk.waymark.bridge.hmcts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uk.waymark.bridge.CourtSchedule;
import uk.waymark.bridge.ListingEvent;
import uk.waymark.bridge.ListingEvent.NotTaken;
import uk.waymark.bridge.ListingEventFormat;
import uk.waymark.bridge.When;

/**
 * Common Platform's listing events, and full hearings as the court hearing event receiver has them, told by their shape. URNs stand
 * under {@code caseURN} or {@code caseUrn}, on the case or its identifier. Of people nothing is read: what is not on the list of
 * fields below is dropped first of all.
 */
@Singleton
final class ListingEvents implements ListingEventFormat {
    private static final List<String> WRAPPERS = List.of("confirmedHearing", "updatedHearing", "hearing");
    private static final Set<String> KEPT = Set.of("confirmedHearing", "updatedHearing", "hearing", "sendNotificationToParties",
        "id", "hearingId", "type", "description", "hearingType", "jurisdictionType", "courtCentre", "code", "ouCode", "name", "roomName",
        "courtRoomName", "courtHearingLocation", "address", "address1", "address2", "address3", "address4", "address5", "postcode",
        "hearingDays", "sittingDay", "isCancelled", "hearingDateTime", "weekCommencingStartDate", "vacatedTrialReasonId", "caseUrns",
        "caseURN", "caseUrn", "caseDetails", "prosecutionCases", "prosecutionCaseIdentifier", "reportingRestrictionReason");
    private static final int MOST_NAMED = 100;
    /** Days and cases of one hearing. */
    private static final int MOST_OF_ONE = 500;
    private static final int LONGEST_ADDRESS = 400;
    private static final int LONGEST_ID = 100;
    /** Longer than anything that is read: what is kept for staff is no longer than this in any text. */
    private static final int LONGEST_KEPT = 1_000;

    @Override
    public Optional<ListingEvent> read(JsonNode event) {
        JsonNode kept = kept(event);
        String wrapper = WRAPPERS.stream().filter(w -> kept.path(w).isObject()).findFirst().orElse(null);
        JsonNode hearing = wrapper == null ? kept : kept.path(wrapper);
        boolean vacated = wrapper == null && (kept.has("vacatedTrialReasonId") || kept.has("hearingDateTime") || kept.has("caseDetails"));
        boolean listed = wrapper == null && kept.has("caseUrns");
        boolean days = wrapper == null && kept.has("hearingDays");
        return wrapper == null && !vacated && !listed && !days ? Optional.empty()
            : Optional.of(new Reading(wrapper == null ? "" : '/' + wrapper).read(event, kept, hearing, vacated && !days));
    }

    private static JsonNode kept(JsonNode node) {
        if (node.isObject()) {
            var object = JsonNodeFactory.instance.objectNode();
            node.properties().stream().filter(f -> KEPT.contains(f.getKey())).forEach(f -> object.set(f.getKey(), kept(f.getValue())));
            return object;
        }
        if (node.isArray()) {
            var array = JsonNodeFactory.instance.arrayNode();
            node.forEach(n -> array.add(kept(n)));
            return array;
        }
        return node.isTextual() && node.textValue().length() > LONGEST_KEPT
            ? JsonNodeFactory.instance.textNode(Lenient.clipped(node.textValue(), LONGEST_KEPT)) : node;
    }

    /** One event, with what could not be taken of it. */
    private static final class Reading {
        private final String at;
        private final List<NotTaken> notTaken = new ArrayList<>();

        Reading(String at) {
            this.at = at;
        }

        ListingEvent read(JsonNode event, JsonNode kept, JsonNode hearing, boolean vacated) {
            String id = Lenient.text(hearing, "hearingId", "id");
            if (id == null || id.length() > LONGEST_ID) {
                miss(at + (hearing.has("id") ? "/id" : "/hearingId"), "is needed: what the hearing is called, at most 100 characters");
                id = null;
            }
            var urns = new LinkedHashSet<String>();
            for (String field : List.of("caseUrns", "caseDetails", "prosecutionCases")) {
                urns(hearing, field, urns);
            }
            var days = new ArrayList<Instant>();
            var cancelled = new ArrayList<Instant>();
            boolean anyDay = days(hearing, days, cancelled);
            if (vacated && hearing.has("hearingDateTime")) {
                day(hearing.path("hearingDateTime"), at + "/hearingDateTime").ifPresent(days::add);
                anyDay = !days.isEmpty();
            }
            When week = null;
            if (hearing.has("weekCommencingStartDate")) {
                LocalDate monday = Lenient.date(hearing.path("weekCommencingStartDate"));
                week = monday == null ? null : When.inWeekOf(monday);
                if (monday == null) {
                    miss(at + "/weekCommencingStartDate", "is no date that can be read");
                }
            }
            boolean restricted = Lenient.text(hearing, "reportingRestrictionReason") != null;
            contradictions(event, null, 0);
            return new ListingEvent(id, urns, restricted || vacated ? null : kind(hearing), anyDay ? List.copyOf(days) : null,
                List.copyOf(cancelled), week, court(hearing, restricted), restricted,
                kept.path("sendNotificationToParties").isBoolean() && !kept.path("sendNotificationToParties").booleanValue(), vacated,
                List.copyOf(notTaken), kept);
        }

        private void urns(JsonNode hearing, String field, Set<String> urns) {
            List<JsonNode> cases = few(Lenient.each(hearing, field), '/' + field);
            for (int i = 0; i < cases.size(); i++) {
                String urn = Lenient.urn(cases.get(i));
                urn = urn == null ? Lenient.urn(cases.get(i).path("prosecutionCaseIdentifier")) : urn;
                if (urn == null) {
                    miss(at + '/' + field + '/' + i, "names no URN, as caseURN or caseUrn");
                } else {
                    urns.add(urn);
                }
            }
        }

        private List<JsonNode> few(List<JsonNode> all, String pointer) {
            if (all.size() <= MOST_OF_ONE) {
                return all;
            }
            miss(at + pointer + '/' + MOST_OF_ONE, "and what is behind was left out: one hearing has at most " + MOST_OF_ONE + " of them");
            return all.subList(0, MOST_OF_ONE);
        }

        /** @return whether it says anything of days */
        private boolean days(JsonNode hearing, List<Instant> days, List<Instant> cancelled) {
            List<JsonNode> all = few(Lenient.each(hearing, "hearingDays"), "/hearingDays");
            for (int i = 0; i < all.size(); i++) {
                boolean off = Lenient.yes(all.get(i).path("isCancelled"));
                day(all.get(i).path("sittingDay"), at + "/hearingDays/" + i + "/sittingDay").ifPresent(off ? cancelled::add : days::add);
            }
            return !days.isEmpty() || !cancelled.isEmpty();
        }

        private Optional<Instant> day(JsonNode node, String pointer) {
            Instant day = Lenient.instant(node);
            if (day == null) {
                miss(pointer, "is no date that can be read");
            }
            return Optional.ofNullable(day);
        }

        private String kind(JsonNode hearing) {
            boolean text = hearing.path("hearingType").isTextual();
            String type = text ? Lenient.text(hearing, "hearingType") : Lenient.text(hearing.path("type"), "description", "name");
            if (type == null) {
                return null;
            }
            String kind = HearingTypes.kind(type);
            if ("other".equals(kind)) {
                miss(at + (text ? "/hearingType" : "/type/description"), "is a type of hearing that is not known here; it is shown as a hearing");
            }
            return kind;
        }

        private CourtSchedule.Court court(JsonNode hearing, boolean restricted) {
            JsonNode centre = hearing.path("courtCentre");
            String name = cut(Lenient.text(centre, "name"), 150, "/courtCentre/name");
            String code = Lenient.text(centre, "code", "ouCode");
            if (code != null && !code.matches("(?i)[A-Z0-9]{3,10}")) {
                miss(at + "/courtCentre/code", "is no code of a court");
                code = null;
            }
            if (name == null && code == null) {
                return null;
            }
            return new CourtSchedule.Court(name == null ? "" : name, code, address(centre.path("address")),
                restricted ? null : cut(Lenient.text(centre, "roomName", "courtRoomName"), 60, "/courtCentre/"
                    + (centre.has("roomName") ? "roomName" : "courtRoomName")));
        }

        private String cut(String text, int longest, String pointer) {
            String cut = Lenient.clipped(text, longest);
            if (text != null && cut.length() < text.length()) {
                miss(at + pointer, "is longer than " + longest + " characters; what is behind was left out");
            }
            return cut;
        }

        private String address(JsonNode address) {
            var lines = new ArrayList<String>();
            for (String field : List.of("address1", "address2", "address3", "address4", "address5", "postcode")) {
                String line = Lenient.text(address, field);
                if (line != null) {
                    lines.add(line);
                }
            }
            String text = String.join(", ", lines);
            if (text.length() > LONGEST_ADDRESS) {
                miss(at + "/courtCentre/address", "is longer than " + LONGEST_ADDRESS + " characters; it was left out");
            }
            return text.isEmpty() || text.length() > LONGEST_ADDRESS ? null : text;
        }

        /** No verdict is taken from here; one that says two things is named, so that somebody asks. */
        private void contradictions(JsonNode node, Place place, int depth) {
            if (depth > 60 || notTaken.size() >= MOST_NAMED) {
                return;
            }
            String category = Lenient.text(node, "category");
            String type = Lenient.text(node, "categoryType");
            if (category != null && type != null && guilty(category) != guilty(type)) {
                miss(Place.pointer(place), "is a verdict whose category and categoryType contradict each other; no verdict is taken from here");
            }
            Place.each(node, place, (one, at) -> contradictions(one, at, depth + 1));
        }

        private static boolean guilty(String text) {
            return text.toUpperCase(java.util.Locale.ROOT).replace(' ', '_').matches("(FOUND_)?GUILTY.*");
        }

        private void miss(String pointer, String reason) {
            if (notTaken.size() < MOST_NAMED) {
                notTaken.add(new NotTaken(Lenient.clipped(pointer, 500), reason));
            }
        }
    }
}
