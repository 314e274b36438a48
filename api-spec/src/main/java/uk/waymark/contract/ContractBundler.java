package uk.waymark.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes one OpenAPI document out of the small files under {@code openapi}: {@code openapi.yaml} and, with the same
 * content, {@code openapi.json}.
 *
 * <p>Every entry of {@code schemas/*.yaml}, {@code examples/*.yaml}, {@code parameters.yaml}, {@code headers.yaml} and
 * {@code responses.yaml} becomes a component under its own name, used or not, in the order of the files; a reference to
 * it becomes {@code #/components/…}. A reference to any other file is replaced by what the file holds. So names and
 * order stay as they are written, examples are not touched, and schemas that only an extension names survive. (The
 * openapi-generator's own bundling was tried: it makes examples up, and leaves out what no path refers to.)
 *
 * <p>Fails with an {@link IllegalStateException} that names the reference where one leads nowhere, and the file and
 * the name where a name is taken twice.
 */
final class ContractBundler {

    private static final List<String> SECTIONS = List.of("schemas", "responses", "parameters", "headers", "examples");

    private final YAMLMapper yaml = new YAMLMapper(new YAMLFactory()
        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
        .disable(YAMLGenerator.Feature.SPLIT_LINES));
    private final Path root;
    private final ObjectNode components = JsonNodeFactory.instance.objectNode();

    private ContractBundler(Path root) {
        this.root = root;
    }

    public static void main(String[] args) throws IOException {
        var out = Files.createDirectories(Path.of(args[1]));
        var bundler = new ContractBundler(Path.of(args[0]).toAbsolutePath().normalize());
        var contract = bundler.bundle();
        write(out.resolve("openapi.yaml"), bundler.yaml.writeValueAsBytes(contract));
        write(out.resolve("openapi.json"), new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(contract));
    }

    /** A file that says the same already keeps its time: what is made of it need not be made again. */
    private static void write(Path file, byte[] content) throws IOException {
        if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
            Files.write(file, content);
        }
    }

    private ObjectNode bundle() throws IOException {
        for (var section : SECTIONS) {
            for (var file : filesOf(section)) {
                collect(section, file);
            }
        }
        var rootFile = root.resolve("openapi.yaml");
        var contract = (ObjectNode) resolve(read(rootFile), rootFile);
        contract.withObject("/components").setAll(components);
        requireTargets(contract, contract);
        return contract;
    }

    private List<Path> filesOf(String section) throws IOException {
        var single = root.resolve(section + ".yaml");
        if (Files.exists(single)) {
            return List.of(single);
        }
        try (Stream<Path> files = Files.list(root.resolve(section))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    private void collect(String section, Path file) {
        var target = components.withObject("/" + section);
        for (var entry : read(file).properties()) {
            if (target.has(entry.getKey())) {
                throw new IllegalStateException(root.relativize(file) + ": " + entry.getKey() + " is taken already");
            }
            target.set(entry.getKey(), resolve(entry.getValue(), file));
        }
    }

    /** The same node with every reference to a file replaced; {@code file} is where the node stands. */
    private JsonNode resolve(JsonNode node, Path file) {
        if (node.isArray()) {
            var copy = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> copy.add(resolve(item, file)));
            return copy;
        }
        if (!node.isObject()) {
            return node;
        }
        if (node.path("$ref").isTextual()) {
            return resolveReference(node.get("$ref").textValue(), file);
        }
        var copy = JsonNodeFactory.instance.objectNode();
        node.properties().forEach(field -> copy.set(field.getKey(), resolve(field.getValue(), file)));
        return copy;
    }

    private JsonNode resolveReference(String reference, Path file) {
        var hash = reference.indexOf('#');
        var address = hash < 0 ? reference : reference.substring(0, hash);
        var target = address.isEmpty() ? file : file.resolveSibling(address).normalize();
        var section = sectionOf(target);
        if (section.isEmpty()) {
            return resolve(read(target), target);
        }
        var name = reference.substring(hash + 1);
        return JsonNodeFactory.instance.objectNode().set("$ref", new TextNode("#/components/" + section + name));
    }

    /** The section of components that a file holds, or nothing where its content is put in place of the reference. */
    private String sectionOf(Path file) {
        var first = root.relativize(file).getName(0).toString().replace(".yaml", "");
        return SECTIONS.contains(first) ? first : "";
    }

    private JsonNode read(Path file) {
        try {
            return yaml.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(root.relativize(file) + " cannot be read", e);
        }
    }

    private static void requireTargets(JsonNode node, JsonNode contract) {
        var reference = node.path("$ref");
        if (reference.isTextual() && contract.at(reference.textValue().substring(1)).isMissingNode()) {
            throw new IllegalStateException(reference.textValue() + " does not exist");
        }
        node.forEach(child -> requireTargets(child, contract));
    }
}
