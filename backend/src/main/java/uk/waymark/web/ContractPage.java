package uk.waymark.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import uk.waymark.platform.Html;

/** Turns the contract into a page: each operation with who may call it, what it takes and what it answers. */
final class ContractPage {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");
    private static final int LARGEST_CONTRACT = 20_000_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectWriter PRETTY = JSON.writerWithDefaultPrettyPrinter();
    private final JsonNode contract;
    private final Html html = new Html();

    private record Operation(String path, String method, JsonNode node) {
        String id() {
            return node.path("operationId").asText();
        }
    }

    ContractPage(String yaml) {
        var options = new LoaderOptions();
        options.setCodePointLimit(LARGEST_CONTRACT);
        options.setMaxAliasesForCollections(10_000);
        this.contract = JSON.valueToTree(new Yaml(new SafeConstructor(options)).load(yaml));
    }

    /** The body of the page. */
    String render() {
        Map<String, List<Operation>> byTag = byTag();
        html.raw("<header><h1>Waymark: the API</h1>");
        paragraphs(contract.at("/info/description").asText());
        html.raw("<p><a href=\"/docs/openapi.yaml\">The contract as OpenAPI 3.0.3</a></p></header><nav><h2>Contents</h2><ul>");
        byTag.forEach((tag, operations) -> html.raw("<li><a href=").quoted("#tag-" + tag).raw(">").text(tag)
            .raw("</a> <span class=\"quiet\">").text(describe(tag)).raw("</span></li>"));
        html.raw("</ul></nav><main>");
        byTag.forEach(this::section);
        return html.raw("</main>").toString();
    }

    private Map<String, List<Operation>> byTag() {
        var byTag = new LinkedHashMap<String, List<Operation>>();
        contract.path("tags").forEach(t -> byTag.put(t.path("name").asText(), new ArrayList<>()));
        contract.path("paths").fields().forEachRemaining(path -> path.getValue().fields().forEachRemaining(method -> {
            if (METHODS.contains(method.getKey())) {
                byTag.computeIfAbsent(method.getValue().at("/tags/0").asText("other"), t -> new ArrayList<>())
                    .add(new Operation(path.getKey(), method.getKey().toUpperCase(java.util.Locale.ROOT), method.getValue()));
            }
        }));
        byTag.values().removeIf(List::isEmpty);
        return byTag;
    }

    private String describe(String tag) {
        return StreamSupport.stream(contract.path("tags").spliterator(), false)
            .filter(t -> tag.equals(t.path("name").asText())).findFirst().map(t -> t.path("description").asText()).orElse("");
    }

    private void section(String tag, List<Operation> operations) {
        html.raw("<section id=").quoted("tag-" + tag).raw(">").element("h2", tag).element("p", describe(tag));
        operations.forEach(this::operation);
        html.raw("</section>");
    }

    private void operation(Operation operation) {
        html.raw("<article id=").quoted(operation.id()).raw("><h3><code class=\"method\">").text(operation.method())
            .raw("</code> <code>").text(operation.path()).raw("</code></h3>")
            .element("p class=\"summary\"", operation.node().path("summary").asText());
        paragraphs(operation.node().path("description").asText());
        html.raw("<p class=\"quiet\">Who may call it: ").text(roles(operation.node())).raw("</p>");
        parameters(operation.node().path("parameters"));
        JsonNode request = resolve(operation.node().path("requestBody"));
        if (!request.isMissingNode()) {
            html.raw("<details><summary>What it takes</summary>");
            content(request);
            html.raw("</details>");
        }
        html.raw("<details><summary>What it answers</summary><dl>");
        operation.node().path("responses").fields().forEachRemaining(r -> answer(r.getKey(), resolve(r.getValue())));
        html.raw("</dl></details></article>");
    }

    private static String roles(JsonNode operation) {
        var roles = new ArrayList<String>();
        operation.path("x-roles").forEach(r -> roles.add("isAnonymous()".equals(r.asText()) ? "anyone, without a token" : r.asText()));
        return String.join(", ", roles);
    }

    private void parameters(JsonNode parameters) {
        if (parameters.isEmpty()) {
            return;
        }
        html.raw("<details><summary>Parameters</summary><dl>");
        for (JsonNode each : parameters) {
            JsonNode parameter = resolve(each);
            html.raw("<dt><code>").text(parameter.path("name").asText()).raw("</code> <span class=\"quiet\">")
                .text(parameter.path("in").asText()).text(parameter.path("required").asBoolean() ? ", required" : "")
                .raw("</span></dt>").element("dd", parameter.path("description").asText());
        }
        html.raw("</dl></details>");
    }

    private void answer(String status, JsonNode response) {
        html.raw("<dt><code>").text(status).raw("</code></dt><dd>");
        paragraphs(response.path("description").asText());
        content(response);
        html.raw("</dd>");
    }

    private void content(JsonNode holder) {
        holder.path("content").fields().forEachRemaining(type -> {
            String schema = type.getValue().at("/schema/$ref").asText(type.getValue().at("/schema/items/$ref").asText(""));
            html.raw("<p class=\"quiet\">").text(type.getKey())
                .text(schema.isEmpty() ? "" : ", " + schema.substring(schema.lastIndexOf('/') + 1)).raw("</p>");
            JsonNode example = type.getValue().path("example");
            if (!example.isMissingNode()) {
                example(example);
            }
            type.getValue().path("examples").fields().forEachRemaining(named -> {
                JsonNode one = resolve(named.getValue());
                html.element("p class=\"quiet\"", one.path("summary").asText(named.getKey()));
                example(one.path("value"));
            });
        });
    }

    private void example(JsonNode example) {
        try {
            html.element("pre", example.isTextual() ? example.asText() : PRETTY.writeValueAsString(example));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an example of the contract cannot be written", e);
        }
    }

    private JsonNode resolve(JsonNode node) {
        String reference = node.path("$ref").asText("");
        return reference.startsWith("#") ? resolve(contract.at(reference.substring(1))) : node;
    }

    private void paragraphs(String text) {
        for (String paragraph : text.strip().split("\n\\s*\n")) {
            if (!paragraph.isBlank()) {
                html.raw("<p>").raw(marked(Html.escape(paragraph.strip()))).raw("</p>");
            }
        }
    }

    /** The little Markdown that the contract uses. The text has been escaped. */
    private static String marked(String escaped) {
        return escaped.replaceAll("`([^`]+)`", "<code>$1</code>").replaceAll("\\*\\*([^*]+)\\*\\*", "<strong>$1</strong>")
            .replaceAll("(?m)^- ", "<br>• ");
    }
}
