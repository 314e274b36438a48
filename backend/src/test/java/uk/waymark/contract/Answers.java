package uk.waymark.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.oas.OpenApi30;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;

/** Holds every answer that it is shown to the contract: status, media type, headers, schema and not one field more. */
final class Answers implements Api.Watcher {
    private static final String DOCUMENT = "classpath:openapi/openapi.json#";
    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4,
        b -> b.metaSchema(OpenApi30.getInstance()).defaultMetaSchemaIri(OpenApi30.getInstance().getIri()));
    private final SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).formatAssertionsEnabled(true).build();
    private final Map<String, JsonSchema> schemas = new HashMap<>();
    private final Map<String, String> complaints = new TreeMap<>();
    private final Set<String> seen = new TreeSet<>();
    private final Map<Contract.Operation, Pattern> patterns = new HashMap<>();

    Answers() {
        for (var operation : Contract.operations()) {
            patterns.put(operation, Pattern.compile(operation.path().replaceAll("\\{\\w+}", "[^/]+")
                .replace(".", "\\.")));
        }
    }

    /** What is wrong with the answers so far: by operation, status and complaint, with one answer as an example. */
    Map<String, String> complaints() {
        return complaints;
    }

    /** Operations and statuses that were seen, such as {@code getMe 200}. */
    Set<String> seen() {
        return seen;
    }

    @Override
    public void saw(String method, URI uri, Answer answer) {
        operation(method, uri.getRawPath()).ifPresent(operation -> {
            seen.add(operation.id() + ' ' + answer.status());
            for (String complaint : complaints(operation, answer)) {
                String text = answer.text();
                complaints.putIfAbsent(operation + " " + answer.status() + ": " + complaint,
                    method + ' ' + uri + " -> " + text.substring(0, Math.min(300, text.length())));
            }
        });
    }

    private Optional<Contract.Operation> operation(String method, String path) {
        return patterns.entrySet().stream()
            .filter(e -> e.getKey().method().equals(method) && e.getValue().matcher(path).matches())
                .map(Map.Entry::getKey)
            .min(java.util.Comparator.comparing((Contract.Operation o) -> o.path().contains("{")));
    }

    private List<String> complaints(Contract.Operation operation, Answer answer) {
        JsonNode responses = operation.node().path("responses");
        String status = Integer.toString(answer.status());
        if (!responses.has(status)) {
            return List.of("the contract does not know this status here");
        }
        String at = pointer(operation, status);
        JsonNode response = Contract.root().at(at);
        var found = new ArrayList<String>();
        response.path("headers").fieldNames().forEachRemaining(header -> {
            // a header that the contract calls not required in so many words comes where there is something to say
            boolean needed = (!header.equals("Retry-After") || answer.status() == 429)
                && response.path("headers").path(header).path("required").asBoolean(true);
            if (needed && answer.header(header).isEmpty()) {
                found.add("has no header " + header);
            }
        });
        if (operation.path().startsWith("/v1/") && !"no-store".equals(answer.header("Cache-Control").orElse(""))) {
            found.add("may be kept by whoever passes it on");
        }
        found.addAll(body(response, at, answer));
        return found;
    }

    private static String pointer(Contract.Operation operation, String status) {
        JsonNode response = operation.node().path("responses").path(status);
        return response.has("$ref") ? response.path("$ref").asText().substring(1)
            : "/paths/" + operation.path().replace("~", "~0").replace("/", "~1") + '/'
                + operation.method().toLowerCase(java.util.Locale.ROOT) + "/responses/" + status;
    }

    private List<String> body(JsonNode response, String at, Answer answer) {
        String mediaType = answer.header("content-type").orElse("").replaceFirst(";.*", "");
        if (!response.has("content")) {
            return answer.text().isEmpty() ? List.of() : List.of("has a body");
        }
        if (!response.path("content").has(mediaType)) {
            return List.of("is of media type '" + mediaType + "'");
        }
        if (!mediaType.endsWith("json")) {
            return List.of();
        }
        if (answer.body().isMissingNode()) {
            return List.of("is no JSON");
        }
        String schemaAt = at + "/content/" + mediaType.replace("/", "~1") + "/schema";
        var found = new ArrayList<String>();
        schemas.computeIfAbsent(schemaAt, s -> factory.getSchema(SchemaLocation.of(DOCUMENT + s.replace("{", "%7B")
            .replace("}", "%7D")),
            config)).validate(answer.body()).forEach(m -> found.add(m.getInstanceLocation() + " " + m.getType()));
        surplus(Contract.root().at(schemaAt), answer.body(), "", found);
        if (mediaType.equals("application/problem+json") && answer.body().path("status").asInt() != answer.status()) {
            found.add("says another status than it has");
        }
        return found;
    }

    /** Fields that the contract does not name, and nulls where fields ought to be left out. */
    private static void surplus(JsonNode unresolved, JsonNode value, String at, List<String> found) {
        JsonNode schema = Contract.resolve(unresolved);
        if (schema.has("x-foreign")) {
            return;
        }
        if (value.isArray()) {
            value.forEach(item -> surplus(schema.path("items"), item, at + "/*", found));
            return;
        }
        JsonNode known = schema.path("properties");
        value.properties().forEach(field -> {
            String name = field.getKey();
            if (known.has(name)) {
                if (field.getValue().isNull() && !name.equals("next_cursor")) {
                    found.add(at + '/' + name + " is null");
                }
                surplus(known.path(name), field.getValue(), at + '/' + name, found);
            } else if (!schema.has("additionalProperties")) {
                found.add(at + '/' + name + " is not in the contract");
            }
        });
    }
}
