package uk.waymark.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import uk.waymark.contract.Contract.Operation;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.WaymarkTest;

/**
 * What the contract rules out, sent to every operation. Each request is one that would be let in, about things that are
 * there, so that nothing but what is wrong with it can be the reason of a refusal.
 */
abstract class BadInput extends WaymarkTest {
    static final String FORM = "application/x-www-form-urlencoded";
    Expect expect;
    final Map<String, String> tokens = new LinkedHashMap<>();
    private final Answers answers = new Answers();
    private Alarms alarms;
    Belongings ours;

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.limits.codes-of-number", 100_000, "waymark.limits.codes-of-day", 100_000,
            "waymark.limits.codes-of-device", 100_000, "waymark.limits.codes-of-address", 100_000,
            "waymark.limits.tries-of-number", 100_000, "waymark.limits.tries-of-device", 100_000,
            "waymark.limits.tries-of-address", 100_000, "waymark.limits.refreshes-of-address", 100_000,
            "waymark.limits.changes-of-account", 100_000);
    }

    @Override
    protected Api api() {
        return super.api().watchedBy(answers);
    }

    @BeforeAll
    void people() {
        var northmoor = new People(waymark, "northmoor", api());
        var crime = northmoor.crime("victim", "victim");
        for (String role : Contract.roles()) {
            tokens.put(role, role.equals("person") ? northmoor.signUp(crime, crime.people().get(0)).access()
                : northmoor.token(role));
        }
        ours = Belongings.of(northmoor, api(), tokens, crime);
    }

    @BeforeEach
    void anew() {
        expect = new Expect();
        answers.complaints().clear();
        alarms = Alarms.listen();
    }

    @AfterEach
    void quiet() {
        alarms.close();
    }

    void holds() {
        var wrong = new LinkedHashMap<>(answers.complaints());
        wrong.putAll(alarms.raised());
        expect.holds(wrong);
    }

    Api caller(Operation operation) {
        return operation.anonymous() ? api() : api().as(tokens.get(operation.roles().iterator().next()));
    }

    Answer send(Operation operation, String contentType, byte[] body) {
        return withParameters(operation, Map.of(), contentType, body);
    }

    /** @param values of parameters, in place of good ones; null leaves one out */
    Answer withParameters(Operation operation, Map<String, String> values, String contentType, byte[] body) {
        var path = new LinkedHashMap<>(ours.of(operation));
        var query = new ArrayList<String>();
        Api api = caller(operation);
        for (JsonNode parameter : operation.parameters()) {
            String name = parameter.path("name").asText();
            String value = values.containsKey(name) ? values.get(name) : good(parameter);
            switch (parameter.path("in").asText()) {
                case "path" -> path.compute(name, (n, ours) -> values.containsKey(n) ? Api.encode(value)
                    .replace("+", "%20") : ours);
                case "query" -> query.addAll(value == null ? List.of() : List.of(name + '=' + Api.encode(value)));
                default -> api = value == null ? api : api.with(name, value);
            }
        }
        return api.send(operation.method(), operation.at(path) + (query.isEmpty() ? "" : "?" + String.join("&",
            query)), contentType, body);
    }

    /** What is needed is there. */
    private static String good(JsonNode parameter) {
        return !parameter.path("required").asBoolean() ? null
            : parameter.has("example") ? parameter.path("example").asText() : "0198c2a4-77d1-7c52-9b1e-5f0a4c3d2e11";
    }

    static List<String> pointers(Answer answer) {
        var pointers = new ArrayList<String>();
        answer.body().path("errors").forEach(e -> pointers.add(e.path("pointer").asText()));
        return pointers;
    }
}
