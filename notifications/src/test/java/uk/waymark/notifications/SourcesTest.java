package uk.waymark.notifications;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What only the text of the sources shows. */
class SourcesTest {

    @Test
    void sql_never_takes_case_time_from_the_database() throws IOException {
        Pattern databaseTime = Pattern.compile("\\b(now\\(\\)|current_(date|time|timestamp)|localtime(stamp)?\\b)",
            Pattern.CASE_INSENSITIVE);
        for (Path file : sources()) {
            assertFalse(databaseTime.matcher(Files.readString(file)).find(), file.toString());
        }
    }

    @Test
    void files_stay_small() throws IOException {
        for (Path file : sources()) {
            try (Stream<String> lines = Files.lines(file)) {
                assertTrue(lines.count() <= 300, file.toString());
            }
        }
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
