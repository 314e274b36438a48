package uk.waymark.bridge.hmcts;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;

/** The magistrates' public list: {@code magistrates_public_list.json}. */
@Singleton
final class MagistratesPublicList extends MagistratesList {

    @Override
    public String name() {
        return "magistrates_public";
    }

    @Override
    public boolean recognises(JsonNode document) {
        return hasShape(document) && !namesCourtHouses(document);
    }
}
