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
import uk.waymark.testing.SmallPicture;

/**
 * Every page, at both sizes, in both languages, with JavaScript and without ({@code ./waymark pages}). With the system property
 * {@code pictures} naming a folder it leaves pictures of the main pages there, those of all below {@code every}, and a contact sheet of all
 * in one; with {@code pages}, a regular expression, it looks at those pages only.
 */
@Tag("matrix")
class MatrixTest extends LookedAt {
    private static final String ONLY = System.getProperty("pages", "");
    private static final String PICTURES = System.getProperty("pictures", "");
    private final SmallPicture.Sheet phones = new SmallPicture.Sheet();
    private final SmallPicture.Sheet desks = new SmallPicture.Sheet();

    @Test
    void everyPageIsFine() throws IOException {
        var faults = new ArrayList<String>();
        int looks = 0;
        var pages = PagesUnderTest.ALL.stream().filter(p -> ONLY.isEmpty() || p.name().matches(ONLY)).toList();
        for (var page : pages) {
            for (var size : List.of(Browser.PHONE, Browser.DESK)) {
                for (String language : List.of("en", "cy")) {
                    for (boolean javaScript : List.of(true, false)) {
                        looks++;
                        try (var tab = look(page, size, language, javaScript)) {
                            tab.assertFine();
                            if (!PICTURES.isEmpty() && javaScript && (language.equals("en") || size == Browser.PHONE)) {
                                keep(page, size, language, tab.picture());
                            }
                        } catch (AssertionError | RuntimeException e) {
                            faults.add(page + " " + size.width() + " " + language + " " + javaScript + ": " + e.getMessage());
                        }
                    }
                }
            }
        }
        if (!PICTURES.isEmpty() && ONLY.isEmpty()) {
            phones.write(Path.of(PICTURES, "contact-sheet-360.png"));
            desks.write(Path.of(PICTURES, "contact-sheet-1280.png"));
        }
        System.out.println("pages: " + pages.size() + ", looked at " + looks + " times, faults: " + faults.size());
        assertEquals(List.of(), faults);
    }

    private void keep(PagesUnderTest.Under page, Browser.Size size, String language, byte[] png) throws IOException {
        String name = page.name() + '-' + size.width() + '-' + language;
        Path folder = Path.of(PICTURES, PagesUnderTest.MAIN.contains(name) ? "" : "every");
        Files.createDirectories(folder);
        SmallPicture.write(png, folder.resolve(name + ".png"));
        if (language.equals("en")) {
            (size == Browser.PHONE ? phones : desks).add(page.name(), png);
        }
    }
}
