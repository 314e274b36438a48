package uk.waymark.bridge.hmcts;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
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
            LocalDate date = Lenient.date(fixture.path("FixedDate"));
            for (JsonNode one : Lenient.each(fixture, "Cases")) {
                List<JsonNode> hearings = Lenient.each(one, "Hearing");
                // a fixture with a date is one hearing; without one, each of its hearings has a day or a week of its own
                List<JsonNode> each = fixed && date != null || hearings.isEmpty() ? List.of(Lenient.firstOf(hearings)) : hearings;
                for (JsonNode hearing : each) {
                    LocalDate own = Lenient.date(hearing.path("HearingDate"));
                    into.add(one, when(fixed, date != null ? date : own, into), court,
                        HearingTypes.kind(Lenient.text(hearing, "HearingDescription"), Lenient.text(hearing, "HearingType"),
                            Lenient.text(group, "HearingType")), null);
                }
            }
        }
    }

    /** Without a fixed date all that is known is the week: that of the date if the list is for several, else the list's. */
    private static When when(boolean fixed, LocalDate date, Reading into) {
        if (fixed && date != null) {
            return When.on(date, null);
        }
        boolean within = date != null && into.end != null && !date.isBefore(into.start) && !date.isAfter(into.end);
        return When.inWeekOf(within ? date : into.start);
    }
}
