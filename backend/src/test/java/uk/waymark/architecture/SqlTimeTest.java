package uk.waymark.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Case time is always a parameter: the database's own clock serves leases, sessions and the audit log only. */
class SqlTimeTest {
    private static final Pattern CASE_TIME_FROM_THE_DATABASE =
        Pattern.compile("\\b(now\\(\\)|current_date|current_timestamp|localtimestamp|transaction_timestamp\\(\\)|statement_timestamp\\(\\))",
            Pattern.CASE_INSENSITIVE);

    @Test
    void noSqlAsksTheDatabaseForCaseTime() throws IOException {
        var found = new ArrayList<String>();
        for (String root : List.of("src/main", "../notifications/src/main")) {
            try (var files = Files.walk(Path.of(root))) {
                for (Path file : files.filter(f -> f.toString().endsWith(".sql")).toList()) {
                    int number = 0;
                    for (String line : Files.readAllLines(file)) {
                        number++;
                        if (CASE_TIME_FROM_THE_DATABASE.matcher(line.replaceAll("--.*", "").replaceAll("'[^']*'", "")).find()) {
                            found.add(file.getFileName() + ":" + number);
                        }
                    }
                }
                try (var sources = Files.walk(Path.of(root))) {
                    for (Path file : sources.filter(f -> f.toString().endsWith(".java")).toList()) {
                        int number = 0;
                        for (String line : Files.readAllLines(file)) {
                            number++;
                            if (line.matches(".*(select|insert|update|where|values|set|and) .*\\bnow\\(\\).*")) {
                                found.add(file.getFileName() + ":" + number);
                            }
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), found);
    }
}
