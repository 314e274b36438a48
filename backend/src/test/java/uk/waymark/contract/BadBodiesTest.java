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
import org.junit.jupiter.api.Test;
import uk.waymark.contract.Contract.Operation;
import uk.waymark.testing.Answer;

/** Bodies that the contract rules out: refused with what to mend, and never a failure here. */
class BadBodiesTest extends BadInput {

    private static List<Operation> withJson() {
        return Contract.operations().stream().filter(o -> o.takes(Contract.JSON)).toList();
    }

    /** Whose parts are taken or refused one by one, or whose form is another's. */
    private static boolean batch(Operation operation) {
        return operation.id().equals("receiveEvents") || operation.id().equals("receiveCourtList")
            || operation.id().equals("receiveListingEvents");
    }

    /** What a provider calls: without its secret the body is not looked at. */
    private static boolean secretFirst(Operation operation) {
        return operation.path().startsWith("/v1/webhooks/");
    }

    @Test
    void bodiesThatCannotBeRead() {
        for (Operation operation : withJson()) {
            unreadable(operation).forEach((how, body) -> {
                Answer answer = send(operation, Contract.JSON, body);
                expect.refused(operation + ", " + how, answer, batch(operation) ? Set.of(400, 422)
                    : secretFirst(operation) ? Set.of(400, 403) : Set.of(400));
            });
        }
        System.out.println("bodies that cannot be read: " + expect.checked());
        holds();
    }

    private static Map<String, byte[]> unreadable(Operation operation) {
        String good = operation.example(Contract.JSON).toString();
        var bodies = new LinkedHashMap<String, byte[]>();
        for (String text : List.of("", " ", "{", "[", "null", "true", "7", "1e999999999", "\"text\"", "[]", "[{}]",
            "{} {}", "{}x", "{\"a\"}",
                "{'a': 1}", "{\"a\": NaN}", "{\"a\": 01}", "{\"a\":1,}", "// no\n{}", "\uFEFF" + good + "]",
                    "{\"\\ud800\": 1}", "{\"\\u0000\": 1}",
                good.substring(0, good.length() / 2), good.substring(0, good.length() - 1), good + good)) {
            bodies.put(text.length() > 30 ? text.substring(0, 30) + " …" + text.length() : text, text.getBytes(UTF_8));
        }
        bodies.put("5,000 deep", nested("[", "]", 5000).getBytes(UTF_8));
        bodies.put("5,000 objects deep", nested("{\"a\":", "}", 5000).replace("::", ":").getBytes(UTF_8));
        bodies.put("100,000 deep and cut off", "[".repeat(100_000).getBytes(UTF_8));
        bodies.put("twice the same field", (good.substring(0, good.length() - 1) + "," + good.substring(1))
            .getBytes(UTF_8));
        if (good.contains(":\"") || good.contains("[\"")) { // there is a text to spoil
            bodies.put("not UTF-8", good.replaceFirst("[:\\[]\"", "$0é").getBytes(ISO_8859_1));
        }
        bodies.put("overlong NUL", (good.substring(0, good.length() - 1) + ",\"\u00C0\u0080\":1}")
            .getBytes(ISO_8859_1));
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
            if (batch(operation) || secretFirst(operation)) {
                continue;
            }
            for (Spoilt spoilt : Spoilt.of(Contract.schema(operation.bodySchema().orElseThrow()),
                operation.example(Contract.JSON))) {
                Answer answer = send(operation, Contract.JSON, escaped(spoilt.json()));
                String what = operation + ", " + spoilt.pointer() + " " + spoilt.how();
                expect.refused(what, answer, Set.of(400));
                expect.that(pointers(answer).contains(spoilt.pointer()) || wholeObject(spoilt, answer), what
                    + ": points to "
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

    /** Halves of characters only survive escaped. */
    private static byte[] escaped(JsonNode json) {
        try {
            return new com.fasterxml.jackson.databind.ObjectMapper()
                .configure(com.fasterxml.jackson.core.JsonGenerator.Feature.ESCAPE_NON_ASCII, true)
                    .writeValueAsBytes(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void oddTextsThatMayBeMeant() {
        for (Operation operation : withJson()) {
            ObjectNode good = (ObjectNode) operation.example(Contract.JSON);
            for (String odd : List.of("\u202Etxet", "\u200F\u200E", "\uFEFF", "e\u0301\u0301\u0301\u0301",
                "\uD83D\uDC68\u200D\uD83D\uDC69",
                    "'; drop table waymark.person; --", "%s%n${jndi:x}{0}", "<script>alert(1)</script>", "\u001B[2J",
                        "\r\nSet-Cookie: a=b")) {
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

    /** Every field of every type of event, spoilt in every way: each is refused by itself and says where it is wrong. */
    @Test
    void eventsThatAreWrong() {
        Operation operation = Contract.operation("receiveEvents");
        var spoilt = new ArrayList<Spoilt>();
        Contract.root().path("x-event-types").properties().forEach(type -> {
            ObjectNode good = event(operation, type.getKey());
            for (Spoilt data : Spoilt.of(Contract.schema(type.getValue().asText().replaceFirst(".*/", "")),
                good.path("data"))) {
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
        ObjectNode batch = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode()
            .put("source", "rms");
        var events = batch.putArray("events");
        spoilt.forEach(s -> events.add(s.json()));
        JsonNode results = send(operation, Contract.JSON, escaped(batch)).expect(200).body().path("results");
        for (int i = 0; i < spoilt.size(); i++) {
            Spoilt s = spoilt.get(i);
            String what = s.json().path("type").asText() + " with " + s.pointer() + " " + s.how();
            expect.that(results.get(i).path("status").asText().equals("refused"), what + ": " + results.get(i));
            boolean named = results.get(i).path("detail").asText().contains(s.pointer().substring(0, s.pointer()
                .lastIndexOf('/')));
            expect.that(named || s.how().startsWith("a text with"), what + " does not say where: " + results.get(i));
        }
    }
}
