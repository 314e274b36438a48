package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;

/** Which kinds of entry may be hard to read; data in {@code cases/sensitive.properties}. */
@Singleton
final class Sensitive {
    private final Set<String> kinds;

    Sensitive() {
        var file = new Properties();
        try (var in = new InputStreamReader(Sensitive.class.getResourceAsStream("/cases/sensitive.properties"),
                StandardCharsets.UTF_8)) {
            file.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.kinds = Set.of(file.getProperty("kinds").strip().split("\\s+"));
    }

    Set<String> kinds() {
        return kinds;
    }

    boolean is(String kind) {
        return kinds.contains(kind);
    }
}
