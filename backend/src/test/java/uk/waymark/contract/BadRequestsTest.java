package uk.waymark.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uk.waymark.contract.Contract.Operation;
import uk.waymark.testing.Answer;

/** Parameters, media types, sizes and requests that the contract rules out: refused, and never a failure here. */
class BadRequestsTest extends BadInput {
    /** More than any operation takes; that most take 8 MB at most, BadInputTest holds. */
    private static final int THIRTEEN_MB = 13 * 1024 * 1024;

    @Test
    void otherMediaTypesAndTooMuch() {
        for (Operation operation : Contract.operations()) {
            if (operation.node().has("requestBody")) {
                boolean json = operation.takes(Contract.JSON);
                for (String type : List.of("text/plain", "application/xml", "multipart/form-data; boundary=x",
                    "image/png",
                        json ? FORM : Contract.JSON, "application/json+x", "*/*")) {
                    expect.refused(operation + " as " + type, send(operation, type, "{}".getBytes(UTF_8)),
                        Set.of(operation.takes(type) ? 422 : 415));
                }
                for (String type : List.of("nonsense", ";", "application/", "application/json; charset=nonsense",
                    "a/b; c=\"")) {
                    expect.refused(operation + " as " + type, send(operation, type, "{}".getBytes(UTF_8)),
                        Set.of(400, 401, 403, 415, 422));
                }
                tooMuch(operation, json);
            }
        }
        System.out.println("media types and sizes: " + expect.checked());
        holds();
    }

    private void tooMuch(Operation operation, boolean json) {
        String body = json ? "{\"a\":\"" + "x".repeat(THIRTEEN_MB) + "\"}" : "a=" + "x".repeat(THIRTEEN_MB);
        expect.refused(operation + " of 13 MB", send(operation, type(operation), body.getBytes(UTF_8)),
            Set.of(413));
        if (operation.parameters().stream().anyMatch(p -> p.path("required").asBoolean() && !p.path("in").asText()
            .equals("path"))) {
            return;
        }
        String head = operation.method() + ' ' + operation.at(ours.of(operation)) + " HTTP/1.1\r\nHost: localhost\r\n"
            + (operation.anonymous() ? "" : "Authorization: Bearer " + tokens.get(operation.roles().iterator().next())
                + "\r\n")
            + "Content-Type: " + type(operation) + "\r\nConnection: close\r\n";
        var raw = new Raw(waymark.base());
        expect.refused(operation + " of 13 MB in chunks", raw.send(head + "Transfer-Encoding: chunked\r\n\r\n"
            + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n"), Set.of(413));
        expect.refused(operation + " of 13 MB announced", raw.send(head + "Expect: 100-continue\r\nContent-Length: "
            + THIRTEEN_MB
            + "\r\n\r\n"), Set.of(413));
    }

    private static String type(Operation operation) {
        return operation.takes(Contract.JSON) ? Contract.JSON : operation.takes("text/csv") ? "text/csv"
            : operation.takes("image/png") ? "image/png" : FORM;
    }

    @Test
    void parametersThatAreWrong() {
        for (Operation operation : Contract.operations()) {
            for (JsonNode parameter : operation.parameters()) {
                String name = parameter.path("name").asText();
                for (String value : wrongValues(parameter)) {
                    Answer answer = withParameter(operation, parameter, value);
                    String what = operation + ", " + name + " = " + (value == null ? "nothing" : value.substring(0,
                        Math.min(40, value.length())));
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
            wrong.addAll(List.of("x", "0", "0198c2a4-77d1-7c52-9b1e-5f0a4c3d2e1",
                "0198c2a4-77d1-7c52-9b1e-5f0a4c3d2e1g",
                "0198c2a477d17c529b1e5f0a4c3d2e11", "1-1-1-1-1", "0198c2a4-77d1-7c52-9b1e-5f0a4c3d2e111",
                    "{0198c2a4-77d1-7c52-9b1e-5f0a4c3d2e11}",
                "\0", "a\uD83D\uDC68", "x".repeat(2000)));
        }
        switch (schema.path("type").asText()) {
            case "integer" -> wrong.addAll(List.of("0", "-1",
                Integer.toString(schema.path("maximum").asInt(100) + 1), "abc", "1.5", "99999999999", "1e1", "0x10",
                "\u0661", " 1", "1 "));
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
            wrong.addAll(List.of("??", "\u202Ex", "A".repeat(300)));
        }
        if (parameter.path("name").asText().equals("cursor")) {
            wrong.addAll(List.of("x", "!!!", "AAAA", "bm90aGluZw", "YQpi", "YQpiCmM",
                "MjAyNi0wMS0wMVQwMDowMDowMFoKeA", "\0", "\u202E", "=", "AAo"));
        }
        if (parameter.path("required").asBoolean() && !path && !header) {
            wrong.add(null);
        }
        // no client lets anybody send it in a header
        wrong.removeIf(value -> header && value != null && !value.chars().allMatch(c -> c >= ' ' && c <= '~'));
        return wrong;
    }

    private Answer withParameter(Operation operation, JsonNode parameter, String value) {
        var values = new java.util.HashMap<String, String>();
        values.put(parameter.path("name").asText(), value);
        boolean json = operation.takes(Contract.JSON);
        byte[] body = json ? operation.example(Contract.JSON).toString().getBytes(UTF_8)
            : operation.node().has("requestBody") ? "a=b".getBytes(UTF_8) : null;
        return withParameters(operation, values, body == null ? null : type(operation), body);
    }

    @Test
    void requestsThatNoClientWouldSend() {
        var raw = new Raw(waymark.base());
        String end = "Host: localhost\r\nConnection: close\r\n\r\n";
        for (String request : List.of("GET /v1/me/%zz HTTP/1.1\r\n" + end, "GET /v1/me?limit=%zz HTTP/1.1\r\n" + end,
                "GET /v1/me/devices?limit=%ff%fe HTTP/1.1\r\n" + end, "GET /v1/%2e%2e/%2e%2e/health HTTP/1.1\r\n" + end,
                "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\n" + end, "GET /v1/me HTTP/1.1\r\nX: "
                    + "x".repeat(40_000) + "\r\n" + end,
                "GET /v1/me HTTP/1.1\r\nAuthorization: Bearer \u0000\u0001\r\n" + end,
                "GET /v1/me HTTP/1.1\r\nAccept-Language: \u00ff\u00fe\r\n" + end,
                    "GET /v1/me HTTP/1.1\r\nAccept: nonsense\r\n" + end,
                "GET /v1/me HTTP/1.1\r\nAccept: text/csv\r\n" + end, "GET /v1/me HTTP/1.1\r\nno colon\r\n" + end,
                "GET /v1/me HTTP/1.1\r\n: empty\r\n" + end, "FOO /v1/me HTTP/1.1\r\n" + end,
                    "TRACE /v1/me HTTP/1.1\r\n" + end,
                "OPTIONS * HTTP/1.1\r\n" + end, "OPTIONS /v1/me HTTP/1.1\r\nOrigin: https://elsewhere.example\r\n"
                    + end,
                "CONNECT a:1 HTTP/1.1\r\n" + end, "GET http://elsewhere.example/v1/me HTTP/1.1\r\n" + end,
                    "GET //v1//me HTTP/1.1\r\n" + end,
                "GET /v1/me HTTP/9.9\r\n" + end, "GET /v1/me\r\n\r\n", "nonsense\r\n\r\n",
                "GET /v1/me/ HTTP/1.1\r\n" + end, "GET /v1/me/cases/%00 HTTP/1.1\r\n" + end,
                    "GET /v1/me;a=b HTTP/1.1\r\n" + end,
                "PATCH /v1/me HTTP/1.1\r\n" + end, "POST /v1/me HTTP/1.1\r\nContent-Length: 0\r\n" + end,
                "POST /v1/exit HTTP/1.1\r\nContent-Length: -1\r\n" + end,
                    "POST /v1/exit HTTP/1.1\r\nContent-Length: a\r\n" + end,
                "POST /v1/sign-in/codes HTTP/1.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
                    + end + "zz\r\n",
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
