package uk.waymark.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.oas.OpenApi30;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The contract's schemas at run time. What they complain of names fields and rules, never values. */
@Singleton
final class ContractSchemas {
    private static final String CONTRACT = "classpath:openapi/openapi.json#";
    private static final int MOST_COMPLAINTS = 20;
    private static final int LONGEST_POINTER = 200;
    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4,
        b -> b.metaSchema(OpenApi30.getInstance()).defaultMetaSchemaIri(OpenApi30.getInstance().getIri()));
    private final SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).formatAssertionsEnabled(true).build();
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

    /** @param schema where it is in the contract, as a JSON pointer @return what is wrong; empty when nothing is */
    List<Problem.Field> complaints(String schema, JsonNode value) {
        return schemas.computeIfAbsent(schema, this::load).validate(value).stream()
            .map(ContractSchemas::field).distinct()
            .sorted(Comparator.comparing(Problem.Field::pointer).thenComparing(Problem.Field::detail))
            .limit(MOST_COMPLAINTS).toList();
    }

    private JsonSchema load(String at) {
        String location = CONTRACT + at.replace("{", "%7B").replace("}", "%7D");
        JsonSchema schema = factory.getSchema(SchemaLocation.of(location), config);
        schema.initializeValidators();
        return schema;
    }

    private static Problem.Field field(ValidationMessage m) {
        String at = m.getInstanceLocation().toString();
        return switch (m.getType()) {
            case "required" -> new Problem.Field(inside(at, m.getProperty()), "is missing");
            case "additionalProperties" -> new Problem.Field(inside(at, m.getProperty()),
                "is not a field of the contract; leave it out");
            case "type" -> new Problem.Field(at, "is of another type than the contract gives");
            case "enum" -> new Problem.Field(at, "is not one of the values of the contract");
            case "format", "pattern" -> new Problem.Field(at, "is not of the form that the contract gives");
            case "minLength" -> new Problem.Field(at, "is shorter than the " + m.getSchemaNode().asInt() + " characters that it needs");
            case "maxLength" -> new Problem.Field(at, "is longer than the " + m.getSchemaNode().asInt() + " characters that it can have");
            case "minimum", "maximum" -> new Problem.Field(at, "is smaller or greater than the contract allows");
            case "minProperties", "maxProperties" -> new Problem.Field(at,
                "has fewer or more fields than the contract allows");
            default -> new Problem.Field(at, "breaks the contract's rule " + m.getType());
        };
    }

    /** A pointer to a field; to what holds it where the name is too long to be one of ours. */
    static String inside(String at, String name) {
        String pointer = at + '/' + name.replace("~", "~0").replace("/", "~1");
        return pointer.length() > LONGEST_POINTER ? at : pointer;
    }
}
