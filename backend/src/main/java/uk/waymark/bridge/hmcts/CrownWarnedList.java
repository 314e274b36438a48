package uk.waymark.bridge.hmcts;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import uk.waymark.bridge.When;

/**
 * The Crown Court's warned list: {@code crown_warned_pdda_list.json}. With a fixed date, the fixture's date wins over the
 * hearing's; without one, all that is known is the week for which the list is.
 */
@Singleton
final class CrownWarnedList extends CrownList {

    CrownWarnedList() {
        super("crown_warned", "WarnedList");
    }

    @Override
    void read(JsonNode list, Reading into) {
        for (JsonNode courtList : Lenient.each(list, "CourtLists")) {
            String court = court(courtList.path("CourtHouse"), into.court);
            Lenient.each(courtList, "WithFixedDate").forEach(group -> fixtures(group, into, court, true));
            Lenient.each(courtList, "WithoutFixedDate").forEach(group -> fixtures(group, into, court, false));
        }
    }

    private static void fixtures(JsonNode group, Reading into, String court, boolean fixed) {
        for (JsonNode fixture : Lenient.each(group, "Fixture")) {
            for (JsonNode one : Lenient.each(fixture, "Cases")) {
                JsonNode hearing = Lenient.firstOf(Lenient.each(one, "Hearing"));
                LocalDate date = Lenient.date(fixture.path("FixedDate"));
                LocalDate day = date != null ? date : Lenient.date(hearing.path("HearingDate"));
                into.add(one, fixed && day != null ? When.on(day, null) : When.inWeekOf(into.start), court,
                    HearingTypes.kind(Lenient.text(hearing, "HearingDescription"), Lenient.text(hearing, "HearingType"),
                        Lenient.text(group, "HearingType")), null);
            }
        }
    }
}
