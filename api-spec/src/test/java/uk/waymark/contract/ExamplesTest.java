package uk.waymark.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.oas.OpenApi30;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.waymark.contract.Contract.Body;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

/** Every body has an example, and every example is what the contract says. */
class ExamplesTest {

    private static final String CONTRACT = "https://contract.invalid/openapi.json";
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.builder()
        .metaSchema(OpenApi30.getInstance())
        .defaultMetaSchemaIri(OpenApi30.getInstance().getIri())
        .schemaLoaders(loaders -> loaders.schemas(Map.of(CONTRACT, Contract.DOCUMENT.toString())))
        .build();

    static List<Body> bodies() {
        return Contract.bodies();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void bodiesHaveExamplesThatFit(Body body) {
        if (Contract.follow(body.mediaType().path("schema")).path("format").asText().equals("binary")) {
            return; // a file
        }
        var examples = examplesOf(body.mediaType());
        assertFalse(examples.isEmpty(), "no example");
        var schema = schemaAt(body.pointer() + "/schema");
        examples.forEach((name, example) -> assertEquals(Set.of(), schema.validate(example), name));
    }

    @Test
    void everyTypeOfEventHasAnExampleThatFitsItsData() {
        var examples = Contract.DOCUMENT.at("/components/examples");
        for (var type : Contract.DOCUMENT.path("x-event-types").properties()) {
            var event = examples.path(type.getKey()).at("/value/events/0");
            assertEquals(type.getKey(), event.path("type").textValue());
            var schema = schemaAt(type.getValue().textValue().substring(1));
            assertEquals(Set.of(), schema.validate(event.path("data")), type.getKey());
        }
    }

    @Test
    void aHearingHasADayOrAWeekAndNotBoth() {
        var schema = schemaAt("/components/schemas/HearingListedData");
        var hearing = Contract.DOCUMENT.at("/components/examples/hearing_listed/value/events/0/data").deepCopy();
        assertEquals(Set.of(), schema.validate(hearing));
        var both = ((ObjectNode) hearing).put("week_commencing", "2027-04-12");
        assertNotEquals(Set.of(), schema.validate(both));
        var neither = both.deepCopy().without(List.of("week_commencing", "starts_at"));
        assertNotEquals(Set.of(), schema.validate(neither));
    }

    /** The validator itself must bite: an example that does not fit, in the ways that matter most here. */
    @Test
    void theValidatorKnowsFormatsNullsAndUnknownFields() throws IOException {
        var device = schemaAt("/components/schemas/DeviceDescription");
        assertEquals(1, device.validate(json("{'name': 'x', 'platform': 'abacus'}")).size());
        assertEquals(1, device.validate(json("{'name': 'x', 'platform': 'web', 'colour': 'red'}")).size());
        var clock = schemaAt("/components/schemas/ClockState");
        assertEquals(1, clock.validate(json("{'now': 'yesterday'}")).size());
        assertEquals(1, clock.validate(json("{'now': null}")).size());
        var list = schemaAt("/components/schemas/CaseList");
        assertEquals(Set.of(), list.validate(json("{'items': [], 'next_cursor': null}")));
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }

    private static Map<String, JsonNode> examplesOf(JsonNode mediaType) {
        var examples = new LinkedHashMap<String, JsonNode>();
        if (mediaType.has("example")) {
            examples.put("example", mediaType.get("example"));
        }
        mediaType.path("examples").properties().forEach(example ->
            examples.put(example.getKey(), Contract.follow(example.getValue()).path("value")));
        return examples;
    }

    private static JsonSchema schemaAt(String pointer) {
        var config = SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return SCHEMAS.getSchema(SchemaLocation.of(CONTRACT + "#" + pointer), config);
    }
}
