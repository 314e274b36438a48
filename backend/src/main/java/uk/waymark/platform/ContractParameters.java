package uk.waymark.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What the contract says of the parameters of each operation. */
@Singleton
final class ContractParameters {
    private static final String CONTRACT = "/openapi/openapi.json";
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern BOOLEAN = Pattern.compile("true|false");
    private final Map<String, List<Parameter>> operations = new HashMap<>();

    /**
     * A parameter of an operation.
     *
     * @param in {@code path}, {@code query} or {@code header}
     * @param at where its schema is in the contract, as a JSON pointer
     * @param type the JSON type of its schema
     */
    record Parameter(String name, String in, boolean required, String at, String type) {

        /** A value as it came, as the JSON that the schema is about; a text where it is nothing better. */
        JsonNode json(String value) {
            return switch (type) {
                case "integer" -> INTEGER.matcher(value).matches() ? LongNode.valueOf(Long.parseLong(value))
                    : TextNode.valueOf(value);
                case "boolean" -> BOOLEAN.matcher(value).matches() ? BooleanNode.valueOf(value.equals("true"))
                    : TextNode.valueOf(value);
                default -> TextNode.valueOf(value);
            };
        }
    }

    ContractParameters() {
        JsonNode contract = read();
        contract.path("paths").properties().forEach(path -> path.getValue().properties().forEach(method -> {
            String operation = method.getKey().toUpperCase(Locale.ROOT) + ' ' + path.getKey();
            operations.put(operation, parameters(contract, path.getKey(), method));
        }));
    }

    private static JsonNode read() {
        try (var in = ContractParameters.class.getResourceAsStream(CONTRACT)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Parameter> parameters(JsonNode contract, String path, Map.Entry<String, JsonNode> method) {
        var parameters = new ArrayList<Parameter>();
        JsonNode written = method.getValue().path("parameters");
        for (int i = 0; i < written.size(); i++) {
            JsonNode ref = written.get(i).path("$ref");
            String at = ref.isTextual() ? ref.textValue().substring(1)
                : "/paths/" + path.replace("~", "~0").replace("/", "~1") + '/' + method.getKey() + "/parameters/" + i;
            JsonNode p = contract.at(at);
            parameters.add(new Parameter(p.path("name").asText(), p.path("in").asText(), p.path("required").asBoolean(),
                at + "/schema", p.path("schema").path("type").asText()));
        }
        return List.copyOf(parameters);
    }

    /** The parameters of an operation, such as {@code GET /v1/me}; none for what the contract does not know. */
    List<Parameter> of(String operation) {
        return operations.getOrDefault(operation, List.of());
    }
}
