package uk.waymark.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** HMCTS's own schemas and samples, where they lie beside the project. */
final class Schemas {
    static final Path FOLDER = Path.of("../../shared/data/hmcts/court-lists");
    static final Map<String, String> FILES = Map.of("magistrates_standard", "magistrates_standard_list", "magistrates_public", "magistrates_public_list",
        "magistrates_adult", "magistrates_adult_court_list", "crown_daily", "crown_daily_pdda_list", "crown_firm", "crown_firm_pdda_list",
        "crown_warned", "crown_warned_pdda_list");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Schemas() { }

    static boolean there() {
        return Files.isDirectory(FOLDER);
    }

    static JsonNode of(String format) {
        return read(FOLDER.resolve("schemas").resolve(FILES.get(format) + ".json"));
    }

    static JsonSchema validator(String format) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(of(format));
    }

    /** Says so and passes where HMCTS's schemas are not there. */
    static void assertValid(String format, String document) {
        if (!there()) {
            System.out.println("not held to HMCTS's schema, which is not at " + FOLDER + ": " + format);
            return;
        }
        try {
            assertEquals(Set.of(), Set.copyOf(validator(format).validate(JSON.readTree(document))), format);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> formats() {
        return FILES.keySet().stream().sorted().toList();
    }
}
