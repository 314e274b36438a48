package uk.waymark.bridge.hmcts;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;

/** The magistrates' standard list: {@code magistrates_standard_list.json}. */
@Singleton
final class MagistratesStandardList extends MagistratesList {

    @Override
    public String name() {
        return "magistrates_standard";
    }

    @Override
    public boolean recognises(JsonNode document) {
        return hasShape(document) && namesCourtHouses(document);
    }
}
