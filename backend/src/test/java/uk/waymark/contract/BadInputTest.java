package uk.waymark.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.waymark.contract.Contract.Operation;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.WaymarkTest;

/** Everything that the contract rules out, sent to every operation: refused with what to mend, and never a failure here. */
class BadInputTest extends WaymarkTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int TEN_MB = 10 * 1024 * 1024;
    private final Answers answers = new Answers();
    private final Map<String, String> tokens = new LinkedHashMap<>();
    private Expect expect;
    private Alarms alarms;
    private People northmoor;
    private Belongings ours;

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.limits.codes-of-number", 100_000, "waymark.limits.codes-of-day", 100_000,
            "waymark.limits.codes-of-device", 100_000, "waymark.limits.codes-of-address", 100_000,
            "waymark.limits.tries-of-number", 100_000, "waymark.limits.tries-of-device", 100_000,
            "waymark.limits.tries-of-address", 100_000, "waymark.limits.refreshes-of-address", 100_000);
    }

    @Override
    protected Api api() {
        return super.api().watchedBy(answers);
    }

    @BeforeAll
    void people() {
        northmoor = new People(waymark, "northmoor", api());
        var crime = northmoor.crime("victim", "victim");
        for (String role : Contract.roles()) {
            tokens.put(role, role.equals("person") ? northmoor.signUp(crime, crime.people().get(0)).access() : northmoor.token(role));
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

    private void holds() {
        var wrong = new LinkedHashMap<>(answers.complaints());
        wrong.putAll(alarms.raised());
        expect.holds(wrong);
    }

    private Api caller(Operation operation) {
        return operation.anonymous() ? api() : api().as(tokens.get(operation.roles().iterator().next()));
    }

    private Answer send(Operation operation, String contentType, byte[] body) {
        return withParameters(operation, Map.of(), contentType, body);
    }

    private static List<Operation> withJson() {
        return Contract.operations().stream().filter(o -> o.takes(Contract.JSON)).toList();
    }

    /** Whose parts are taken or refused one by one. */
    private static boolean batch(Operation operation) {
        return operation.id().equals("receiveEvents");
    }

    @Test
    void bodiesThatCannotBeRead() {
        for (Operation operation : withJson()) {
            unreadable(operation).forEach((how, body) -> {
                Answer answer = send(operation, Contract.JSON, body);
                expect.refused(operation + ", " + how, answer, batch(operation) ? Set.of(400, 422) : Set.of(400));
            });
        }
        System.out.println("bodies that cannot be read: " + expect.checked());
        holds();
    }

    private static Map<String, byte[]> unreadable(Operation operation) {
        String good = operation.example(Contract.JSON).toString();
        var bodies = new LinkedHashMap<String, byte[]>();
        for (String text : List.of("", " ", "{", "[", "null", "true", "7", "1e999999999", "\"text\"", "[]", "[{}]", "{} {}", "{}x", "{\"a\"}",
                "{'a': 1}", "{\"a\": NaN}", "{\"a\": 01}", "{\"a\":1,}", "// no\n{}", "\uFEFF" + good + "]", "{\"\\ud800\": 1}", "{\"\\u0000\": 1}",
                good.substring(0, good.length() / 2), good.substring(0, good.length() - 1), good + good)) {
            bodies.put(text.length() > 30 ? text.substring(0, 30) + " …" + text.length() : text, text.getBytes(UTF_8));
        }
        bodies.put("5,000 deep", nested("[", "]", 5000).getBytes(UTF_8));
        bodies.put("5,000 objects deep", nested("{\"a\":", "}", 5000).replace("::", ":").getBytes(UTF_8));
        bodies.put("100,000 deep and cut off", "[".repeat(100_000).getBytes(UTF_8));
        bodies.put("twice the same field", (good.substring(0, good.length() - 1) + "," + good.substring(1)).getBytes(UTF_8));
        bodies.put("not UTF-8", good.replaceFirst("\":\"", "\":\"é").getBytes(ISO_8859_1));
        bodies.put("overlong NUL", (good.substring(0, good.length() - 1) + ",\"\u00C0\u0080\":1}").getBytes(ISO_8859_1));
        bodies.put("UTF-16", good.getBytes(UTF_16));
        bodies.put("zeros", new byte[64]);
        bodies.put("a number of 10,000 digits", ("{\"a\":" + "7".repeat(10_000) + "}").getBytes(UTF_8));
        bodies.put("an exponent", "{\"a\":1e2147483647}".getBytes(UTF_8));
        bodies.put("a name of 100,000 letters", ("{\"" + "n".repeat(100_000) + "\":1}").getBytes(UTF_8));
        return bodies;
    }

    private static String nested(String open, String close, int depth) {
        return open.repeat(depth) + "1" + close.repeat(depth);
    }

    @Test
    void fieldsThatAreWrong() {
        for (Operation operation : withJson()) {
            if (batch(operation)) {
                continue;
            }
            for (Spoilt spoilt : Spoilt.of(Contract.schema(operation.bodySchema().orElseThrow()), operation.example(Contract.JSON))) {
                Answer answer = send(operation, Contract.JSON, escaped(spoilt.json()));
                String what = operation + ", " + spoilt.pointer() + " " + spoilt.how();
                expect.refused(what, answer, Set.of(400));
                expect.that(pointers(answer).contains(spoilt.pointer()) || wholeObject(spoilt, answer), what + ": points to "
                    + pointers(answer));
            }
        }
        System.out.println("fields that are wrong: " + expect.checked());
        holds();
    }

    /** Where a rule is about the object as a whole, it is the object that is pointed to. */
    private static boolean wholeObject(Spoilt spoilt, Answer answer) {
        return pointers(answer).contains(spoilt.pointer().substring(0, spoilt.pointer().lastIndexOf('/')));
    }

    private static List<String> pointers(Answer answer) {
        var pointers = new ArrayList<String>();
        answer.body().path("errors").forEach(e -> pointers.add(e.path("pointer").asText()));
        return pointers;
    }

    /** Halves of characters only survive escaped. */
    private static byte[] escaped(JsonNode json) {
        try {
            return new com.fasterxml.jackson.databind.ObjectMapper()
                .configure(com.fasterxml.jackson.core.JsonGenerator.Feature.ESCAPE_NON_ASCII, true).writeValueAsBytes(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void oddTextsThatMayBeMeant() {
        for (Operation operation : withJson()) {
            ObjectNode good = (ObjectNode) operation.example(Contract.JSON);
            for (String odd : List.of("\u202Etxet", "\u200F\u200E", "\uFEFF", "e\u0301\u0301\u0301\u0301", "\uD83D\uDC68\u200D\uD83D\uDC69",
                    "'; drop table waymark.person; --", "%s%n${jndi:x}{0}", "<script>alert(1)</script>", "\u001B[2J", "\r\nSet-Cookie: a=b")) {
                good.fieldNames().forEachRemaining(name -> {
                    ObjectNode changed = good.deepCopy();
                    if (good.path(name).isTextual()) {
                        changed.put(name, odd + good.path(name).asText());
                        Answer answer = send(operation, Contract.JSON, escaped(changed));
                        expect.noFailure(operation + ", " + name + " " + odd, answer);
                        expect.that(answer.header("set-cookie").isEmpty(), operation + ": a header is injected");
                    }
                });
            }
        }
        System.out.println("odd texts: " + expect.checked());
        holds();
    }

    /** Every field of every type of event, spoilt in every way: each event is refused by itself and says where it is wrong. */
    @Test
    void eventsThatAreWrong() {
        Operation operation = Contract.operation("receiveEvents");
        var spoilt = new ArrayList<Spoilt>();
        Contract.root().path("x-event-types").properties().forEach(type -> {
            ObjectNode good = event(operation, type.getKey());
            for (Spoilt data : Spoilt.of(Contract.schema(type.getValue().asText().replaceFirst(".*/", "")), good.path("data"))) {
                if (!data.how().equals("not a field")) {
                    ObjectNode event = good.deepCopy();
                    event.set("data", data.json());
                    spoilt.add(new Spoilt("/data" + data.pointer(), data.how(), event));
                }
            }
        });
        Spoilt.of(Contract.schema("CaseEvent"), event(operation, "suspect_arrested")).forEach(spoilt::add);
        for (int from = 0; from < spoilt.size(); from += 1000) {
            sendEvents(operation, spoilt.subList(from, Math.min(spoilt.size(), from + 1000)));
        }
        System.out.println("events that are wrong: " + spoilt.size());
        holds();
    }

    private static ObjectNode event(Operation operation, String type) {
        JsonNode example = operation.node().at("/requestBody/content/application~1json/examples").path(type);
        ObjectNode event = Contract.resolve(example).at("/value/events/0").deepCopy();
        event.put("occurred_at", "2026-01-01T10:00:00Z");
        return event;
    }

    private void sendEvents(Operation operation, List<Spoilt> spoilt) {
        ObjectNode batch = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode().put("source", "rms");
        var events = batch.putArray("events");
        spoilt.forEach(s -> events.add(s.json()));
        JsonNode results = send(operation, Contract.JSON, escaped(batch)).expect(200).body().path("results");
        for (int i = 0; i < spoilt.size(); i++) {
            Spoilt s = spoilt.get(i);
            String what = s.json().path("type").asText() + " with " + s.pointer() + " " + s.how();
            expect.that(results.get(i).path("status").asText().equals("refused"), what + ": " + results.get(i));
            boolean named = results.get(i).path("detail").asText().contains(s.pointer().substring(0, s.pointer().lastIndexOf('/')));
            expect.that(named || s.how().startsWith("a text with"), what + " does not say where: " + results.get(i));
        }
    }

    @Test
    void otherMediaTypesAndTooMuch() {
        for (Operation operation : Contract.operations()) {
            if (operation.node().has("requestBody")) {
                boolean json = operation.takes(Contract.JSON);
                for (String type : List.of("text/plain", "application/xml", "multipart/form-data; boundary=x", "image/png",
                        json ? FORM : Contract.JSON, "application/json+x", "*/*")) {
                    expect.refused(operation + " as " + type, send(operation, type, "{}".getBytes(UTF_8)), Set.of(415));
                }
                for (String type : List.of("nonsense", ";", "application/", "application/json; charset=nonsense", "a/b; c=\"")) {
                    expect.refused(operation + " as " + type, send(operation, type, "{}".getBytes(UTF_8)), Set.of(400, 401, 403, 415, 422));
                }
                tooMuch(operation, json);
            }
        }
        System.out.println("media types and sizes: " + expect.checked());
        holds();
    }

    private void tooMuch(Operation operation, boolean json) {
        String body = json ? "{\"a\":\"" + "x".repeat(TEN_MB) + "\"}" : "a=" + "x".repeat(TEN_MB);
        expect.refused(operation + " of 10 MB", send(operation, json ? Contract.JSON : FORM, body.getBytes(UTF_8)), Set.of(413));
        if (operation.parameters().stream().anyMatch(p -> p.path("required").asBoolean() && !p.path("in").asText().equals("path"))) {
            return;
        }
        String head = operation.method() + ' ' + operation.at(ours.of(operation)) + " HTTP/1.1\r\nHost: localhost\r\n"
            + (operation.anonymous() ? "" : "Authorization: Bearer " + tokens.get(operation.roles().iterator().next()) + "\r\n")
            + "Content-Type: " + (json ? Contract.JSON : FORM) + "\r\nConnection: close\r\n";
        var raw = new Raw(waymark.base());
        expect.refused(operation + " of 10 MB in chunks", raw.send(head + "Transfer-Encoding: chunked\r\n\r\n"
            + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n"), Set.of(413));
        expect.refused(operation + " of 10 MB announced", raw.send(head + "Expect: 100-continue\r\nContent-Length: " + TEN_MB
            + "\r\n\r\n"), Set.of(413));
    }

    @Test
    void parametersThatAreWrong() {
        for (Operation operation : Contract.operations()) {
            for (JsonNode parameter : operation.parameters()) {
                String name = parameter.path("name").asText();
                for (String value : wrongValues(parameter)) {
                    Answer answer = withParameter(operation, parameter, value);
                    String what = operation + ", " + name + " = " + (value == null ? "nothing" : value.substring(0, Math.min(40, value.length())));
                    expect.refused(what, answer, Set.of(400));
                    expect.that(pointers(answer).contains('/' + name), what + ": points to "
                        + pointers(answer));
                }
            }
        }
        System.out.println("parameters that are wrong: " + expect.checked());
        holds();
    }

    private static List<String> wrongValues(JsonNode parameter) {
        JsonNode schema = Contract.resolve(parameter.path("schema"));
        boolean path = parameter.path("in").asText().equals("path");
        boolean header = parameter.path("in").asText().equals("header");
        var wrong = new ArrayList<String>();
        if (schema.path("format").asText().equals("uuid")) {
            wrong.addAll(List.of("x", "0", "0198c2a4-77d1-7c52-9b1e-5f0a4c3d2e1", "0198c2a4-77d1-7c52-9b1e-5f0a4c3d2e1g",
                "0198c2a477d17c529b1e5f0a4c3d2e11", "1-1-1-1-1", "0198c2a4-77d1-7c52-9b1e-5f0a4c3d2e111", "{0198c2a4-77d1-7c52-9b1e-5f0a4c3d2e11}",
                "\0", "a\uD83D\uDC68", "x".repeat(2000)));
        }
        switch (schema.path("type").asText()) {
            case "integer" -> wrong.addAll(List.of("0", "-1", "101", "abc", "1.5", "99999999999", "1e1", "0x10", "\u0661", " 1", "1 "));
            case "boolean" -> wrong.addAll(List.of("maybe", "1", "TRUE!", "\0"));
            default -> { }
        }
        if (schema.path("minLength").asInt() > 0 && !header) {
            wrong.add("");
        }
        if (schema.path("minLength").asInt() > 1) {
            wrong.add("a");
        }
        if (schema.has("maxLength")) {
            wrong.add("7".repeat(schema.path("maxLength").asInt() + 1));
            wrong.add("7".repeat(header ? 10_000 : 3000));
        }
        if (schema.has("pattern")) {
            wrong.addAll(List.of("??", "\u202Ex", "A".repeat(41)));
        }
        if (parameter.path("name").asText().equals("cursor")) {
            wrong.addAll(List.of("x", "!!!", "AAAA", "bm90aGluZw", "YQpi", "YQpiCmM", "MjAyNi0wMS0wMVQwMDowMDowMFoKeA", "\0", "\u202E", "=", "AAo"));
        }
        if (parameter.path("required").asBoolean() && !path && !header) {
            wrong.add(null);
        }
        return wrong;
    }

    private Answer withParameter(Operation operation, JsonNode parameter, String value) {
        var values = new java.util.HashMap<String, String>();
        values.put(parameter.path("name").asText(), value);
        boolean json = operation.takes(Contract.JSON);
        byte[] body = json ? operation.example(Contract.JSON).toString().getBytes(UTF_8)
            : operation.node().has("requestBody") ? "a=b".getBytes(UTF_8) : null;
        return withParameters(operation, values, json ? Contract.JSON : body == null ? null : FORM, body);
    }

    /** @param values of parameters, in place of good ones; null leaves one out */
    private Answer withParameters(Operation operation, Map<String, String> values, String contentType, byte[] body) {
        var path = new LinkedHashMap<>(ours.of(operation));
        var query = new ArrayList<String>();
        Api api = caller(operation);
        for (JsonNode parameter : operation.parameters()) {
            String name = parameter.path("name").asText();
            String value = values.containsKey(name) ? values.get(name) : good(parameter);
            switch (parameter.path("in").asText()) {
                case "path" -> path.compute(name, (n, ours) -> values.containsKey(n) ? Api.encode(value).replace("+", "%20") : ours);
                case "query" -> query.addAll(value == null ? List.of() : List.of(name + '=' + Api.encode(value)));
                default -> api = value == null ? api : api.with(name, value);
            }
        }
        return api.send(operation.method(), operation.at(path) + (query.isEmpty() ? "" : "?" + String.join("&", query)), contentType, body);
    }

    /** What is needed is there. */
    private static String good(JsonNode parameter) {
        return !parameter.path("required").asBoolean() ? null
            : parameter.has("example") ? parameter.path("example").asText() : "0198c2a4-77d1-7c52-9b1e-5f0a4c3d2e11";
    }

    @Test
    void requestsThatNoClientWouldSend() {
        var raw = new Raw(waymark.base());
        String end = "Host: localhost\r\nConnection: close\r\n\r\n";
        for (String request : List.of("GET /v1/me/%zz HTTP/1.1\r\n" + end, "GET /v1/me?limit=%zz HTTP/1.1\r\n" + end,
                "GET /v1/me/devices?limit=%ff%fe HTTP/1.1\r\n" + end, "GET /v1/%2e%2e/%2e%2e/health HTTP/1.1\r\n" + end,
                "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\n" + end, "GET /v1/me HTTP/1.1\r\nX: " + "x".repeat(40_000) + "\r\n" + end,
                "GET /v1/me HTTP/1.1\r\nAuthorization: Bearer \u0000\u0001\r\n" + end,
                "GET /v1/me HTTP/1.1\r\nAccept-Language: \u00ff\u00fe\r\n" + end, "GET /v1/me HTTP/1.1\r\nAccept: nonsense\r\n" + end,
                "GET /v1/me HTTP/1.1\r\nAccept: text/csv\r\n" + end, "GET /v1/me HTTP/1.1\r\nno colon\r\n" + end,
                "GET /v1/me HTTP/1.1\r\n: empty\r\n" + end, "FOO /v1/me HTTP/1.1\r\n" + end, "TRACE /v1/me HTTP/1.1\r\n" + end,
                "OPTIONS * HTTP/1.1\r\n" + end, "OPTIONS /v1/me HTTP/1.1\r\nOrigin: https://elsewhere.example\r\n" + end,
                "CONNECT a:1 HTTP/1.1\r\n" + end, "GET http://elsewhere.example/v1/me HTTP/1.1\r\n" + end, "GET //v1//me HTTP/1.1\r\n" + end,
                "GET /v1/me HTTP/9.9\r\n" + end, "GET /v1/me\r\n\r\n", "nonsense\r\n\r\n",
                "GET /v1/me/ HTTP/1.1\r\n" + end, "GET /v1/me/cases/%00 HTTP/1.1\r\n" + end, "GET /v1/me;a=b HTTP/1.1\r\n" + end,
                "PATCH /v1/me HTTP/1.1\r\n" + end, "POST /v1/me HTTP/1.1\r\nContent-Length: 0\r\n" + end,
                "POST /v1/exit HTTP/1.1\r\nContent-Length: -1\r\n" + end, "POST /v1/exit HTTP/1.1\r\nContent-Length: a\r\n" + end,
                "POST /v1/sign-in/codes HTTP/1.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n" + end + "zz\r\n",
                "POST /v1/sign-in/codes HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n"
                    + end + "0\r\n\r\n")) {
            Answer answer = raw.send(request);
            String what = request.substring(0, Math.min(90, request.length())).replace("\r\n", " | ");
            expect.noFailure(what, answer);
            expect.that(answer.status() > 0, what + ": no answer");
            // a browser's preflight is not read by people
            expect.that(answer.status() < 400 || request.startsWith("OPTIONS") || answer.body().has("detail"),
                what + ": " + answer.status() + " is no problem: " + answer.text());
        }
        System.out.println("requests that no client would send: " + expect.checked());
        holds();
    }
}
