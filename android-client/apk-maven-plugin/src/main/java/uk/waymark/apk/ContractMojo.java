package uk.waymark.apk;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Writes the part of an OpenAPI contract (JSON) that lies under some paths, with just the components that this part refers
 * to: the app is made from what it calls and does not carry what staff and systems say.
 */
@Mojo(name = "contract", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
public class ContractMojo extends AbstractMojo {
    @Parameter(required = true)
    private File contract;

    @Parameter(required = true)
    private File part;

    /** How the paths begin that are kept, such as {@code /v1/me}. */
    @Parameter(required = true)
    private List<String> paths;

    @Override
    public void execute() throws MojoExecutionException {
        try {
            JsonObject whole = JsonParser.parseString(Files.readString(contract.toPath())).getAsJsonObject();
            String text = new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create()
                    .toJson(cut(whole, paths));
            Path to = part.toPath();
            if (!Files.exists(to) || !Files.readString(to).equals(text)) { // unchanged: nothing is generated again
                Files.createDirectories(to.getParent());
                Files.writeString(to, text);
            }
        } catch (IOException e) {
            throw new MojoExecutionException(e.toString(), e);
        }
    }

    static JsonObject cut(JsonObject whole, List<String> beginnings) {
        JsonObject kept = new JsonObject();
        for (Map.Entry<String, JsonElement> path : whole.getAsJsonObject("paths").entrySet()) {
            if (beginnings.stream().anyMatch(b -> path.getKey().equals(b) || path.getKey().startsWith(b + "/"))) {
                kept.add(path.getKey(), path.getValue());
            }
        }
        Set<String> reached = new LinkedHashSet<>();
        reach(whole, kept, reached);
        JsonObject components = new JsonObject();
        for (Map.Entry<String, JsonElement> kind : whole.getAsJsonObject("components").entrySet()) {
            JsonObject some = new JsonObject();
            for (Map.Entry<String, JsonElement> one : kind.getValue().getAsJsonObject().entrySet()) {
                if (kind.getKey().equals("securitySchemes") || reached.contains("#/components/" + kind.getKey() + "/" + one.getKey())) {
                    some.add(one.getKey(), one.getValue());
                }
            }
            components.add(kind.getKey(), some);
        }
        JsonObject part = new JsonObject();
        for (Map.Entry<String, JsonElement> e : whole.entrySet()) {
            if (!e.getKey().startsWith("x-") && !e.getKey().equals("tags")) {
                part.add(e.getKey(), e.getKey().equals("paths") ? kept : e.getKey().equals("components") ? components : e.getValue());
            }
        }
        return part;
    }

    private static void reach(JsonObject whole, JsonElement from, Set<String> reached) {
        if (from instanceof JsonArray array) {
            array.forEach(e -> reach(whole, e, reached));
        } else if (from instanceof JsonObject object) {
            for (Map.Entry<String, JsonElement> e : object.entrySet()) {
                boolean reference = e.getKey().equals("$ref") && e.getValue().isJsonPrimitive();
                if (!reference) {
                    reach(whole, e.getValue(), reached);
                } else if (reached.add(e.getValue().getAsString())) {
                    reach(whole, resolve(whole, e.getValue().getAsString()), reached);
                }
            }
        }
    }

    private static JsonElement resolve(JsonObject whole, String reference) {
        JsonElement at = whole;
        for (String step : reference.substring(2).split("/")) {
            at = at.getAsJsonObject().get(step.replace("~1", "/").replace("~0", "~"));
        }
        return at;
    }
}
