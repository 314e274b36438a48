package uk.waymark.bridge.hmcts;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import uk.waymark.bridge.CourtListFormat;
import uk.waymark.bridge.ListedCourts;
import uk.waymark.bridge.Edition;
import uk.waymark.bridge.Listing;
import uk.waymark.bridge.When;

/**
 * What the Crown Court's three lists have in common: the header, UK local times without a zone, and the URN, which stands on
 * the defendants. A masked defendant restricts the hearing.
 */
abstract class CrownList implements CourtListFormat {
    private final String name;
    private final String root;

    /** @param root the one field of a document of this format */
    CrownList(String name, String root) {
        this.name = name;
        this.root = root;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean recognises(JsonNode document) {
        return document.path(root).isObject();
    }

    @Override
    public Edition read(JsonNode document) {
        JsonNode list = document.path(root);
        JsonNode header = list.path("ListHeader");
        String at = '/' + root + "/ListHeader";
        LocalDate start = Lenient.needed(Lenient.date(header.path("StartDate")), at + "/StartDate",
            "is needed: a day as YYYY-MM-DD");
        Instant published = Lenient.needed(Lenient.instant(header.path("PublishedTime")), at + "/PublishedTime",
            "is needed: when the list was published, as a date and time; without an offset it is the UK's");
        LocalDate end = Lenient.date(header.path("EndDate"));
        String court = court(list.path("CrownCourt"), null);
        var reading = new Reading(start, end, court);
        read(list, reading);
        String id = Lenient.text(list.path("DocumentID"), "UniqueID");
        String key = name + '|' + ListedCourts.key(court) + '|' + start + ".." + (end == null ? start : end);
        return new Edition(name, court, id == null ? published.toString() : id, published,
            List.of(new Edition.Part(key, reading.listings)), reading.missed.count(), reading.missed.in(document));
    }

    /** Takes the hearings of this format out. */
    abstract void read(JsonNode list, Reading into);

    /** @param otherwise where the court house has no name; null for the Crown Court, wherever it is */
    static String court(JsonNode house, String otherwise) {
        String named = Lenient.text(house, "CourtHouseName", "CourtHouseShortName");
        if (named == null && otherwise != null) {
            return otherwise;
        }
        return ListedCourts.of(named, switch (String.valueOf(Lenient.text(house, "CourtHouseType"))) {
            case "Magistrates Court" -> "Magistrates' Court";
            case "Youth Court" -> "Youth Court";
            default -> "Crown Court";
        });
    }

    static String room(JsonNode sitting) {
        return Lenient.clipped(Lenient.text(sitting, "CourtRoomNumber"), 60);
    }

    /** The hearings of a document, as they are found. */
    static final class Reading {
        final LocalDate start;
        /** Null where the list does not say. */
        final LocalDate end;
        final String court;
        private final List<Listing> listings = new ArrayList<>();
        private final Missed missed = new Missed();

        Reading(LocalDate start, LocalDate end, String court) {
            this.start = start;
            this.end = end;
            this.court = court;
        }

        /**
         * One hearing or case, for each URN on it.
         *
         * @param when null where it has no date
         * @param where the court house
         */
        void add(JsonNode one, When when, String where, String kind, String room) {
            var urns = new LinkedHashSet<String>();
            List<JsonNode> defendants = Lenient.each(one, "Defendants");
            defendants.stream().map(Lenient::urn).filter(java.util.Objects::nonNull).forEach(urns::add);
            String own = Lenient.urn(one);
            if (own != null) {
                urns.add(own);
            }
            if (urns.isEmpty() || when == null) {
                missed.add(one, urns.isEmpty() ? Missed.NO_URN : Missed.NO_DAY);
                return;
            }
            boolean masked = defendants.stream().anyMatch(d -> Lenient.yes(d.path("PersonalDetails").path("IsMasked")));
            urns.forEach(urn -> listings.add(new Listing(urn, when, where, kind, room, masked)));
        }
    }
}
