package uk.waymark.bridge.hmcts;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import uk.waymark.bridge.When;

/**
 * The Crown Court's firm list: {@code crown_firm_pdda_list.json}. The sitting's date wins over the hearing's. What is on the
 * reserve list is heard if a court comes free: on its date if it has one, else some time in the week.
 */
@Singleton
final class CrownFirmList extends CrownList {

    CrownFirmList() {
        super("crown_firm", "FirmList");
    }

    @Override
    void read(JsonNode list, Reading into) {
        for (JsonNode courtList : Lenient.each(list, "CourtLists")) {
            String court = court(courtList.path("CourtHouse"), into.court);
            LocalDate sittingDate = Lenient.date(courtList.path("SittingDate"));
            for (JsonNode sitting : Lenient.each(courtList, "Sittings")) {
                for (JsonNode hearing : Lenient.each(sitting, "Hearings")) {
                    LocalDate date = sittingDate != null ? sittingDate : date(hearing);
                    When when = date == null ? null : Lenient.when(date, sitting.path("SittingAt"));
                    into.add(hearing, when, court, kind(hearing), room(sitting));
                }
            }
        }
        for (JsonNode reserve : Lenient.each(list, "ReserveList")) {
            LocalDate date = date(reserve);
            When when = date == null ? When.inWeekOf(into.start) : When.on(date, null);
            into.add(reserve, when, into.court, kind(reserve), null);
        }
    }

    private static LocalDate date(JsonNode hearing) {
        return Lenient.date(hearing.path("HearingDetails").path("HearingDate"));
    }

    private static String kind(JsonNode hearing) {
        JsonNode details = hearing.path("HearingDetails");
        return HearingTypes.kind(Lenient.text(details, "HearingDescription"), Lenient.text(details, "HearingType"));
    }
}
