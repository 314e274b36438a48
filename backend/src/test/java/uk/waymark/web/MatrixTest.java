package uk.waymark.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.Browser;

/**
 * Every page, at both sizes, in both languages, with JavaScript and without ({@code ./waymark pages}). With the system property
 * {@code pictures} naming a folder it leaves a picture of each there; with {@code only}, of those alone whose names it fits, as a regular expression.
 */
@Tag("matrix")
class MatrixTest extends LookedAt {

    @Test
    void everyPageIsFine() throws IOException {
        String pictures = System.getProperty("pictures", "");
        String only = System.getProperty("only", "");
        var faults = new ArrayList<String>();
        int looks = 0;
        for (var page : PagesUnderTest.ALL.stream().filter(p -> only.isEmpty() || p.name().matches(only)).toList()) {
            for (var size : List.of(Browser.PHONE, Browser.DESK)) {
                for (String language : List.of("en", "cy")) {
                    for (boolean javaScript : List.of(true, false)) {
                        looks++;
                        try (var tab = look(page, size, language, javaScript)) {
                            tab.assertFine();
                            if (!pictures.isEmpty() && javaScript && (language.equals("en") || size == Browser.PHONE)) {
                                Path file = Path.of(pictures, page.name() + '-' + size.width() + '-' + language + ".png");
                                Files.createDirectories(file.getParent());
                                tab.picture(file);
                            }
                        } catch (AssertionError | RuntimeException e) {
                            faults.add(page + " " + size.width() + " " + language + " " + javaScript + ": " + e.getMessage());
                        }
                    }
                }
            }
        }
        System.out.println("pages: " + PagesUnderTest.ALL.size() + ", looked at " + looks + " times, faults: " + faults.size());
        assertEquals(List.of(), faults);
    }
}
