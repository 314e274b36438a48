package uk.waymark.forces;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One mapping of a YAML file, read field by field as it is written, so that {@code 08:00} and {@code no} stay texts.
 * What is wrong goes to a list with its line, and reading goes on, so that all mistakes are named at once.
 */
final class Fields {
    private static final Pattern SECRET = Pattern.compile(".*(secret|password|passwd|token|api_?key|private_?key).*");
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Node node;
    private final String at;
    private final List<String> complaints;

    /** @param at the path of this mapping in the file, empty for the whole @param known the fields that it may have */
    Fields(Node node, String at, Set<String> known, List<String> complaints) {
        this.node = node;
        this.at = at;
        this.complaints = complaints;
        if (node instanceof MappingNode mapping) {
            for (NodeTuple pair : mapping.getValue()) {
                take(pair, known);
            }
        } else {
            complain(node, "", "has fields of its own: " + String.join(", ", known));
        }
    }

    private void take(NodeTuple pair, Set<String> known) {
        String name = pair.getKeyNode() instanceof ScalarNode key ? key.getValue() : "?";
        if (!known.isEmpty() && !known.contains(name)) {
            complain(pair.getKeyNode(), name.length() > 60 ? "?" : name, isSecret(name)
                ? "secrets have no place in this file; take it out, and set it in the environment of the server (docs/operate.md)"
                : "is not known here; known are " + String.join(", ", known.stream().sorted().toList()));
        } else if (values.putIfAbsent(name, pair.getValueNode()) != null) {
            complain(pair.getKeyNode(), name, "is there twice; keep one");
        }
    }

    /** Whether a field of this name would hold a secret. */
    static boolean isSecret(String name) {
        return SECRET.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    Set<String> names() {
        return values.keySet();
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Node node(String name) {
        return values.get(name);
    }

    String path(String name) {
        return at.isEmpty() ? name : name.isEmpty() ? at : at + "." + name;
    }

    /** @param wanted how to write it, as the end of a complaint */
    String required(String name, Pattern form, String wanted) {
        return required(name, text -> form.matcher(text).matches() ? Optional.of(text) : Optional.empty(), wanted);
    }

    /** Null where it is missing or wrong, which has then been complained of. */
    <T> T required(String name, Function<String, Optional<T>> read, String wanted) {
        if (!has(name)) {
            complain(node, name, "is missing: " + wanted);
            return null;
        }
        return optional(name, read, wanted);
    }

    /** Null where it is not there, or wrong, which has then been complained of. */
    <T> T optional(String name, Function<String, Optional<T>> read, String wanted) {
        return has(name) ? read(values.get(name), name, read, wanted) : null;
    }

    private <T> T read(Node value, String name, Function<String, Optional<T>> read, String wanted) {
        Optional<T> good = value instanceof ScalarNode scalar && !Tag.NULL.equals(scalar.getTag())
            ? read.apply(scalar.getValue().strip()) : Optional.empty();
        if (good.isEmpty()) {
            complain(value, name, "is not right: " + wanted);
        }
        return good.orElse(null);
    }

    /** A mapping within this one; empty where it is not there. */
    Optional<Fields> fields(String name, Set<String> known) {
        return Optional.ofNullable(values.get(name)).map(n -> new Fields(n, path(name), known, complaints));
    }

    /** A mapping that must be there. */
    Optional<Fields> requiredFields(String name, Set<String> known) {
        if (!has(name)) {
            complain(node, name, "is missing: it has the fields " + String.join(", ", known.stream().sorted().toList()));
        }
        return fields(name, known);
    }

    /** The mappings of a list; empty where the list is not there. */
    <T> Optional<List<T>> each(String name, Set<String> known, Function<Fields, T> read) {
        if (!has(name)) {
            return Optional.empty();
        }
        var items = new ArrayList<T>();
        if (values.get(name) instanceof SequenceNode list) {
            for (int i = 0; i < list.getValue().size(); i++) {
                items.add(read.apply(new Fields(list.getValue().get(i), path(name) + "[" + i + "]", known, complaints)));
            }
        } else {
            complain(values.get(name), name, "is a list: each entry begins with '- '; [] for none");
        }
        return Optional.of(items);
    }

    /** One text or a list of texts. */
    <T> List<T> texts(String name, Function<String, Optional<T>> read, String wanted) {
        var texts = new ArrayList<T>();
        List<Node> nodes = values.get(name) instanceof SequenceNode list ? list.getValue() : List.of(values.get(name));
        for (Node one : nodes) {
            T text = read(one, name, read, wanted);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    void complain(String name, String complaint) {
        complain(values.getOrDefault(name, node), name, complaint);
    }

    private void complain(Node where, String name, String complaint) {
        String path = path(name);
        complaints.add("line " + (where.getStartMark().getLine() + 1) + (path.isEmpty() ? "" : ", " + path) + ": " + complaint);
    }
}
