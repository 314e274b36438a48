package uk.waymark.forces;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads one entry of {@code adapters}: a system of others that a force lets us ask, or hand things over to. */
final class AdapterFields {
    static final Set<String> KNOWN = Set.of("kind", "base_url", "token_url", "client_id", "credential_ref", "mapping",
        "poll_every", "poll_idle_every", "silent_after", "enabled");
    /** Signs what it sends, where it gets no token: never without a secret. */
    private static final String HANDS_OVER = "http-json";
    private static final Pattern KIND = Pattern.compile("[a-z0-9-]{2,40}");
    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofDays(366);
    private final Fields fields;
    private final Function<String, Optional<URI>> address;

    AdapterFields(Fields fields, Function<String, Optional<URI>> address) {
        this.fields = fields;
        this.address = address;
    }

    ForceFile.Adapter read() {
        String kind = fields.required("kind", KIND, "write which adapter it is: hmcts-marketplace or http-json");
        boolean signs = HANDS_OVER.equals(kind);
        boolean tokens = List.of("token_url", "client_id").stream().anyMatch(fields::has) || !signs && fields.has("credential_ref");
        return new ForceFile.Adapter(
            kind,
            fields.required("base_url", address, "write the https address that its paths begin with"),
            tokens ? fields.required("token_url", address, "write the https address where tokens are asked for") : null,
            tokens ? fields.required("client_id", ForceFileReader::line, "write the name under which we ask for tokens") : null,
            tokens || signs ? fields.required("credential_ref", ForceFileReader.REFERENCE, "write a name for the secret, such as "
                + "northshire-hmcts; the secret itself is the setting WAYMARK_ADAPTER_<NAME>_SECRET of the server") : null,
            mapping(),
            time("poll_every", Duration.ofHours(1)),
            time("poll_idle_every", Duration.ofDays(1)),
            time("silent_after", null),
            Boolean.TRUE.equals(fields.optional("enabled", ForceFileReader::yesOrNo, "write true or false")));
    }

    private Duration time(String name, Duration otherwise) {
        return fields.has(name) ? fields.optional(name, AdapterFields::time, "write a time such as PT1H (a minute to a year)")
            : otherwise;
    }

    private static Optional<Duration> time(String text) {
        try {
            Duration time = Duration.parse(text);
            return time.compareTo(LEAST) < 0 || time.compareTo(MOST) > 0 || time.getNano() != 0 ? Optional.empty()
                : Optional.of(time);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private String mapping() {
        if (!fields.has("mapping")) {
            return "{}";
        }
        if (!(fields.node("mapping") instanceof MappingNode mapping)) {
            fields.complain("mapping", "has fields of its own, as the adapter's page names them");
            return "{}";
        }
        return json(mapping).toString();
    }

    /** As YAML's own schema for JSON reads it. */
    private JsonNode json(Node node) {
        var make = JsonNodeFactory.instance;
        return switch (node) {
            case MappingNode mapping -> {
                var object = make.objectNode();
                mapping.getValue().forEach(pair -> {
                    String name = pair.getKeyNode() instanceof ScalarNode key ? key.getValue() : "?";
                    // the URN and a token go there as they do to base_url
                    if (name.endsWith("_url") && !(pair.getValueNode() instanceof ScalarNode text
                            && address.apply(text.getValue().strip()).isPresent())) {
                        fields.complain("mapping", name + " is not an https address");
                    }
                    if (Fields.isSecret(name)) {
                        fields.complain("mapping", "holds what looks like a secret; secrets have no place in this file");
                    }
                    object.set(name, json(pair.getValueNode()));
                });
                yield object;
            }
            case SequenceNode list -> {
                var array = make.arrayNode();
                list.getValue().forEach(one -> array.add(json(one)));
                yield array;
            }
            case ScalarNode one when Tag.BOOL.equals(one.getTag()) -> make.booleanNode(Boolean.parseBoolean(one.getValue()));
            case ScalarNode one when Tag.NULL.equals(one.getTag()) -> make.nullNode();
            case ScalarNode one -> make.textNode(one.getValue());
            default -> make.nullNode();
        };
    }
}
