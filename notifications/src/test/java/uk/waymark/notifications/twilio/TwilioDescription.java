package uk.waymark.notifications.twilio;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Twilio's own OpenAPI description, cut down to creating and listing messages (the whole of it takes seconds to read). */
final class TwilioDescription {

    private static final Path FILE = Path.of("../../shared/data/twilio/twilio_api_v2010.json");
    private static final String MESSAGES = "/2010-04-01/Accounts/{AccountSid}/Messages.json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OpenApiInteractionValidator validator;
    private final JsonNode fields;

    private TwilioDescription(ObjectNode description) {
        ObjectNode content = (ObjectNode) description.at("/paths").get(MESSAGES).at("/post/requestBody/content");
        fields = content.at("/" + FORM.replace("/", "~1") + "/schema/properties");
        // The validator guesses the types of form values and takes a phone number for a number. So the same schema is
        // asked about the same fields as JSON, each of the type that the description gives it.
        content.set("application/json", content.remove(FORM));
        validator = OpenApiInteractionValidator.createForInlineApiSpecification(description.toString()).build();
    }

    /** Skips the test where the file is not at hand. */
    static TwilioDescription load() throws IOException {
        assumeTrue(Files.exists(FILE), "Twilio's OpenAPI description (twilio_api_v2010.json) is not at hand: not checked");
        ObjectNode description = (ObjectNode) JSON.readTree(FILE.toFile());
        ((ObjectNode) description.get("paths")).retain(MESSAGES);
        return new TwilioDescription(description);
    }

    /** What is wrong with a request; a field that is not described counts as wrong. */
    List<String> problems(TwilioStandIn.Received request) {
        List<String> problems = new ArrayList<>();
        ObjectNode body = JSON.createObjectNode();
        request.form().forEach((name, value) -> {
            switch (fields.path(name).path("type").asText("none")) {
                case "none" -> problems.add("no field " + name);
                case "integer" -> body.put(name, Long.parseLong(value));
                default -> body.put(name, value);
            }
        });
        if (!request.headers().get("Content-Type").startsWith(FORM)) {
            problems.add("not a form");
        }
        SimpleRequest asJson = SimpleRequest.Builder.post(request.path()).withContentType("application/json")
            .withAuthorization(request.headers().get("Authorization")).withBody(body.toString()).build();
        validator.validateRequest(asJson).getMessages().forEach(m -> problems.add(m.getMessage()));
        return problems;
    }

    /** What is wrong with asking for a list, and with the stand-in's answer. */
    List<String> problems(TwilioStandIn.Received request, String answer) {
        var asked = SimpleRequest.Builder.get(request.path().split("[?]")[0])
            .withAuthorization(request.headers().get("Authorization"));
        request.form().forEach((name, value) -> asked.withQueryParam(name, value));
        var got = SimpleResponse.Builder.ok().withContentType("application/json").withBody(answer).build();
        List<String> problems = new ArrayList<>();
        validator.validate(asked.build(), got).getMessages().forEach(m -> problems.add(m.getMessage()));
        return problems;
    }
}
