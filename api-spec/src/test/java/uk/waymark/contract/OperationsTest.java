package uk.waymark.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.waymark.contract.Contract.Operation;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What every operation of the contract must have. */
class OperationsTest {

    private static final Set<String> ROLES = Set.of("isAnonymous()", "person", "system", "national_system", "witness_care", "victim_care",
        "officer", "supervisor", "analyst", "administrator");
    private static final Pattern PATH = Pattern.compile("(/(\\{[a-z][a-z0-9_]*}(\\.json)?|[a-zA-Z0-9.-]+(:[a-z]+)?))+");
    /** What these make is not the caller's to repeat: a code, a token, an event with an identity of its own. */
    /** What there is to read may have been read elsewhere: without If-Match it is done to what stands. */
    private static final Set<String> MAY_LEAVE_IT_OUT = Set.of("POST /v1/me/statements/{id}/submission", "DELETE /v1/me/statements/{id}",
        "PUT /v1/me/hearings/{id}/attendance");
    /** What is created is taken, and what comes of it is not told. */
    private static final Set<String> CREATES_LATER = Set.of("POST /v1/me/contact-changes", "POST /v1/staff/reminder-runs",
        "POST /v1/staff/reminder-runs/{id}/corrections", "POST /v1/staff/hearings/{id}/reminders");
    /** It creates nothing, and done twice it would be something else. */
    private static final Set<String> DECIDES_ONCE = Set.of("POST /v1/staff/call-backs/{id}/decision");
    private static final Pattern WITHOUT_KEY = Pattern.compile("POST (/v1/(sign-in|webhooks|bridge)|/sandbox)/.*");

    static Stream<Operation> operations() {
        return Contract.operations();
    }

    @Test
    void theDocumentIsValidOpenApi() {
        var options = new ParseOptions();
        options.setResolve(true);
        var parsed = new OpenAPIV3Parser().readContents(Contract.DOCUMENT.toString(), List.of(), options);
        assertEquals(List.of(), parsed.getMessages());
        assertEquals("3.0.3", parsed.getOpenAPI().getOpenapi());
    }

    @Test
    void operationIdsAreUnique() {
        var ids = operations().map(operation -> operation.node().path("operationId").textValue()).toList();
        assertEquals(ids.size(), Set.copyOf(ids).size(), () -> "taken twice in " + ids);
        assertTrue(ids.stream().allMatch(id -> id.matches("[a-z][A-Za-z0-9]*")), ids::toString);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void saysWhatItIs(Operation operation) {
        var node = operation.node();
        for (var field : List.of("operationId", "summary", "description")) {
            assertFalse(node.path(field).asText().isBlank(), field + " is missing");
        }
        var tags = Contract.stream(Contract.DOCUMENT.path("tags"))
            .map(tag -> tag.path("name").textValue()).collect(toSet());
        assertEquals(1, node.path("tags").size(), "one tag");
        assertTrue(tags.contains(node.at("/tags/0").textValue()), "a tag that the root describes");
        assertTrue(PATH.matcher(operation.where().substring(operation.where().indexOf('/'))).matches(), "path");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void saysWhoMayCall(Operation operation) {
        var roles = Contract.stream(operation.node().path("x-roles")).map(JsonNode::textValue).collect(toSet());
        assertFalse(roles.isEmpty(), "x-roles is missing");
        assertTrue(ROLES.containsAll(roles), () -> "unknown role in " + roles);
        assertTrue(roles.size() == 1 || !roles.contains("isAnonymous()"), "open, or for roles");
        assertEquals(operation.anonymous(), operation.node().has("security"), "only open ones have `security`");
        if (!operation.anonymous()) {
            assertTrue(operation.node().at("/responses/401").isObject(), "401 is missing");
            assertTrue(operation.node().at("/responses/403").isObject(), "403 is missing");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void saysWhatGoesWrong(Operation operation) {
        var responses = operation.responses();
        for (var response : responses.properties()) {
            var content = Contract.follow(response.getValue()).path("content");
            var foreign = Contract.follow(content.at("/application~1json/schema")).has("x-foreign");
            if (response.getKey().startsWith("4") && !foreign) {
                assertEquals("#/components/schemas/Problem",
                    content.at("/application~1problem+json/schema/$ref").textValue(), response.getKey());
            }
        }
        var takesInput = operation.node().has("requestBody") || !operation.parameters().isEmpty();
        var clientErrors = responses.properties().stream()
            .filter(response -> response.getKey().startsWith("4")).count();
        // an open operation that takes nothing gives a client nothing to do wrong
        assertTrue(clientErrors > 0 || operation.anonymous() && !takesInput, "no 4xx");
        assertTrue(responses.has("400") || !takesInput, "400 is missing");
        if (operation.node().has("requestBody")) {
            assertTrue(responses.has("413") && responses.has("415"), "413 or 415 is missing");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void takesTheSameParametersAsItsLikes(Operation operation) {
        var names = operation.parameterNames();
        var responses = operation.responses();
        for (var parameter : operation.parameters()) {
            var name = parameter.path("name").textValue();
            assertFalse(parameter.path("description").asText().isBlank(), "description of " + name);
            // a stand-in is asked in its provider's own words
            if (!parameter.path("in").textValue().equals("header") && !operation.node().at("/tags/0").asText().equals("stand-ins")) {
                assertTrue(name.matches("[a-z][a-z0-9_]*"), name + " is not in snake_case");
            }
        }
        assertEquals(names.contains("cursor"), names.contains("limit"), "cursor and limit go together");
        assertEquals(names.contains("If-Match"), responses.has("412"), "If-Match and 412");
        assertTrue(responses.has("428") || !names.contains("If-Match") || MAY_LEAVE_IT_OUT.contains(operation.where()), "If-Match and 428");
        assertEquals(names.contains("If-None-Match"), responses.has("304"), "If-None-Match and 304");
        var creates = operation.where().startsWith("POST") && (responses.has("201") || CREATES_LATER.contains(operation.where()));
        assertEquals(creates && !WITHOUT_KEY.matcher(operation.where()).matches() || DECIDES_ONCE.contains(operation.where()),
            names.contains("Idempotency-Key"));
        if (names.contains("Idempotency-Key")) {
            assertTrue(responses.has("409") && responses.has("422"), "409 and 422 belong to Idempotency-Key");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void listsAnswerAPage(Operation operation) {
        var names = operation.parameterNames();
        if (!names.contains("cursor")) {
            return;
        }
        var list = Contract.follow(operation.node().at("/responses/200/content/application~1json/schema"));
        assertTrue(list.at("/properties/items/items").isObject(), "items");
        assertTrue(list.at("/properties/next_cursor/nullable").booleanValue(), "next_cursor may be null");
        // a list may say more, such as what it is a list of
        assertTrue(Contract.stream(list.path("required")).map(JsonNode::textValue).collect(toSet()).containsAll(Set.of("items", "next_cursor")));
    }
}
