package uk.waymark.bridge.hmcts;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.waymark.bridge.CourtListFormat;
import uk.waymark.bridge.ListedCourts;
import uk.waymark.bridge.Edition;
import uk.waymark.bridge.Listing;
import uk.waymark.bridge.When;

/**
 * What the magistrates' standard and public lists have in common: {@code courtLists[].courtHouse.courtRoom[].session[]
 * .sittings[].hearing[].case[]}, and times in UTC. A document has no period of its own, so each day in it is a list.
 */
abstract class MagistratesList implements CourtListFormat {
    private static final String KIND_OF_COURT = "Magistrates' Court";

    static boolean hasShape(JsonNode document) {
        return document.path("document").has("publicationDate") && document.path("courtLists").isArray();
    }

    /** The standard list names its court houses; the public one has only the address of the venue. */
    static boolean namesCourtHouses(JsonNode document) {
        return Lenient.each(document, "courtLists").stream().map(l -> l.path("courtHouse"))
            .anyMatch(h -> h.has("courtHouseName") || h.has("lja"));
    }

    @Override
    public Edition read(JsonNode document) {
        Instant published = Lenient.needed(Lenient.instant(document.path("document").path("publicationDate")),
            "/document/publicationDate", "is needed: when the list was published, as an RFC 3339 time");
        JsonNode address = document.path("venue").path("venueAddress");
        var reading = new Reading(venue(address), Lenient.clipped(Lenient.text(address, "postCode"), 20));
        Lenient.each(document, "courtLists").forEach(list -> reading.courtHouse(list.path("courtHouse")));
        var parts = new ArrayList<Edition.Part>();
        reading.byList.forEach((key, listings) -> parts.add(new Edition.Part(name() + '|' + key, listings)));
        String court = reading.court == null ? reading.venue : reading.court;
        return new Edition(name(), court, published.toString(), published, parts, reading.missed.count(),
            reading.missed.in(document));
    }

    /** The line that names a court, with its town; else the town. */
    private static String venue(JsonNode address) {
        String town = Lenient.text(address, "town");
        String named = Lenient.each(address, "line", JsonNode::isValueNode).stream().map(Lenient::shown)
            .filter(ListedCourts::saysCourt).findFirst().orElse(null);
        if (named == null || town == null || ListedCourts.mentions(named, town)) {
            return ListedCourts.of(named == null ? town : named, KIND_OF_COURT);
        }
        return ListedCourts.of(ListedCourts.ordinary(named) + ", " + ListedCourts.ordinary(town), KIND_OF_COURT);
    }

    private static final class Reading {
        private final String venue;
        private final String postCode;
        private final Map<String, List<Listing>> byList = new LinkedHashMap<>();
        private String court;
        private final Missed missed = new Missed();

        Reading(String venue, String postCode) {
            this.venue = venue;
            this.postCode = postCode;
        }

        void courtHouse(JsonNode house) {
            String name = Lenient.text(house, "courtHouseName");
            String here = name == null ? venue : ListedCourts.of(name, KIND_OF_COURT);
            court = court == null ? here : court;
            for (JsonNode room : Lenient.each(house, "courtRoom")) {
                String roomName = Lenient.clipped(Lenient.text(room, "courtRoomName"), 60);
                Lenient.each(room, "session").forEach(session -> Lenient.each(session, "sittings").forEach(sitting ->
                    sitting(sitting, here, roomName)));
            }
        }

        private void sitting(JsonNode sitting, String here, String room) {
            Instant start = Lenient.instant(sitting.path("sittingStart"));
            When when = start == null ? null : When.at(start);
            if (when != null) {
                // a day on which nothing is left to be heard has a list all the same
                list(here, when.on());
            }
            for (JsonNode hearing : Lenient.each(sitting, "hearing")) {
                String kind = HearingTypes.kind(Lenient.text(hearing, "hearingType"));
                for (JsonNode one : Lenient.each(hearing, "case")) {
                    String urn = Lenient.urn(one);
                    if (urn == null || when == null) {
                        missed.add(one, urn == null ? Missed.NO_URN : Missed.NO_DAY);
                    } else {
                        list(here, when.on()).add(new Listing(urn, when, here, kind, room, restricted(one)));
                    }
                }
            }
        }

        private List<Listing> list(String here, LocalDate day) {
            // a town may have two courts: where only the venue is known, its postcode tells their lists apart
            String court = ListedCourts.key(here) + (here.equals(venue) && postCode != null ? ' ' + postCode : "");
            return byList.computeIfAbsent(court + '|' + day, key -> new ArrayList<>());
        }
    }

    /** Of the case, or of any offence of anybody in it. */
    private static boolean restricted(JsonNode one) {
        return restrictedHere(one) || Lenient.each(one, "party").stream()
            .flatMap(p -> Lenient.each(p, "offence").stream()).anyMatch(MagistratesList::restrictedHere);
    }

    private static boolean restrictedHere(JsonNode node) {
        return Lenient.yes(node.path("reportingRestriction")) || !node.path("reportingRestrictionDetails").isEmpty();
    }
}
