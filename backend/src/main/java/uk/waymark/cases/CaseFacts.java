package uk.waymark.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import uk.waymark.cases.CaseState.Facts;
import uk.waymark.cases.CaseState.Officer;
import uk.waymark.cases.CaseState.Unit;
import uk.waymark.cases.CaseState.Words;

/** Takes the facts of a case out of an event: what it names replaces what was known, what it leaves out stays. */
final class CaseFacts {
    private CaseFacts() { }

    static Facts takeIn(Facts known, JsonNode data) {
        return new Facts(
            data.has("offence") ? words(data.path("offence"), "plain_words") : known.offence(),
            data.hasNonNull("officer") ? officer(data.path("officer")) : known.officer(),
            data.has("liaison_officer") ? officer(data.path("liaison_officer")) : known.liaisonOfficer(),
            data.hasNonNull("unit") ? new Unit(text(data.path("unit"), "code"), text(data.path("unit"), "name")) : known.unit(),
            urns(known.urns(), data),
            data.has("flags") ? flags(data.path("flags")) : known.flags());
    }

    /** The first of these fields that is there, as text by language; a plain string counts as English. */
    static Words words(JsonNode data, String... fields) {
        for (String field : fields) {
            JsonNode node = data.path(field);
            if (node.isTextual()) {
                return new Words(node.textValue(), null);
            }
            if (node.isObject() && (node.hasNonNull("en") || node.hasNonNull("cy"))) {
                return new Words(text(node, "en"), text(node, "cy"));
            }
        }
        return null;
    }

    static String text(JsonNode node, String field) {
        return node.path(field).isTextual() ? node.path(field).textValue() : null;
    }

    private static Officer officer(JsonNode node) {
        return node.isObject() ? new Officer(text(node, "name"), text(node, "collar_number"), text(node, "team")) : null;
    }

    private static Set<String> flags(JsonNode node) {
        var flags = new LinkedHashSet<String>();
        node.forEach(f -> flags.add(f.asText()));
        return flags;
    }

    /** One URN may belong to several crimes and one crime to several URNs: they add up. */
    private static List<String> urns(List<String> known, JsonNode data) {
        var urns = new LinkedHashSet<>(known);
        data.path("urns").forEach(u -> urns.add(u.asText()));
        if (data.path("urn").isTextual()) {
            urns.add(data.path("urn").textValue());
        }
        return new ArrayList<>(urns);
    }
}
