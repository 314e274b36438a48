package uk.waymark.bridge.hmcts;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** HMCTS's own OpenAPI documents of the three APIs. Where they are not at hand nothing is held against them. */
final class MarketplaceDescription {
    private static final Path FOLDER = Path.of("../../shared/data/hmcts/marketplace");
    private static final Map<String, String> FILES = Map.of("/details", "prosecution-case-details.openapi.yml",
        "/schedule", "court-schedule.openapi.yml", "/houses", "courthouses.openapi.yml");
    private final Map<String, OpenApiInteractionValidator> validators;

    private MarketplaceDescription(Map<String, OpenApiInteractionValidator> validators) {
        this.validators = validators;
    }

    static boolean atHand() {
        return Files.isDirectory(FOLDER);
    }

    /** Read once, and made to work once: the first time takes longer than a test's timeouts. */
    static MarketplaceDescription get() {
        return Once.DESCRIPTION;
    }

    private static final class Once {
        private static final MarketplaceDescription DESCRIPTION = load();

        static {
            DESCRIPTION.request("/details", "/cases/1", new Headers());
            DESCRIPTION.request("/schedule", "/case/1/courtschedule", new Headers());
            DESCRIPTION.answer("/schedule", "/case/1/courtschedule", "{}");
            DESCRIPTION.answer("/houses", "/courthouses/1", "{}");
        }
    }

    private static MarketplaceDescription load() {
        var validators = new java.util.HashMap<String, OpenApiInteractionValidator>();
        if (atHand()) {
            FILES.forEach((prefix, file) -> validators.put(prefix, validator(FOLDER.resolve(file))));
        }
        return new MarketplaceDescription(validators);
    }

    private static OpenApiInteractionValidator validator(Path file) {
        try {
            return OpenApiInteractionValidator.createForInlineApiSpecification(Files.readString(file)
                // the validator reads 3.0; nothing else of 3.1 is used. The servers' paths are not the stand-in's.
                .replaceFirst("openapi: 3\\.1\\.0", "openapi: 3.0.0").replaceAll("https://[a-z.-]+/\\{version\\}", "/")).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> request(String prefix, String path, Headers headers) {
        if (!validators.containsKey(prefix)) {
            return List.of();
        }
        var request = SimpleRequest.Builder.get(path);
        headers.forEach((name, values) -> request.withHeader(name, values));
        return messages(validators.get(prefix).validateRequest(request.build()));
    }

    List<String> answer(String prefix, String path, String body) {
        if (!validators.containsKey(prefix)) {
            return List.of();
        }
        return messages(validators.get(prefix).validateResponse(path, Request.Method.GET,
            SimpleResponse.Builder.ok().withContentType("application/json").withBody(body).build()));
    }

    private static List<String> messages(ValidationReport report) {
        return report.getMessages().stream().map(ValidationReport.Message::getMessage).toList();
    }
}
