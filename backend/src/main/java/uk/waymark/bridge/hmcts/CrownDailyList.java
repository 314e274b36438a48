package uk.waymark.bridge.hmcts;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;

/** The Crown Court's daily list: {@code crown_daily_pdda_list.json}. All of it is on the day it starts. */
@Singleton
final class CrownDailyList extends CrownList {

    CrownDailyList() {
        super("crown_daily", "DailyList");
    }

    @Override
    void read(JsonNode list, Reading into) {
        for (JsonNode courtList : Lenient.each(list, "CourtLists")) {
            String court = court(courtList.path("CourtHouse"), into.court);
            for (JsonNode sitting : Lenient.each(courtList, "Sittings")) {
                for (JsonNode hearing : Lenient.each(sitting, "Hearings")) {
                    JsonNode details = hearing.path("HearingDetails");
                    String kind =
                        HearingTypes.kind(Lenient.text(details, "HearingDescription"), Lenient.text(details, "HearingType"));
                    into.add(hearing, Lenient.when(into.start, sitting.path("SittingAt")), court, kind, room(sitting));
                }
            }
        }
    }
}
