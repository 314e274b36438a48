package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.util.Set;
import uk.waymark.platform.DataFile;

/** Which kinds of entry may be hard to read; data in {@code cases/sensitive.properties}. */
@Singleton
final class Sensitive {
    private final Set<String> kinds = Set.of(DataFile.of("/cases/sensitive.properties").text("kinds").strip().split("\\s+"));

    Set<String> kinds() {
        return kinds;
    }

    boolean is(String kind) {
        return kinds.contains(kind);
    }
}
