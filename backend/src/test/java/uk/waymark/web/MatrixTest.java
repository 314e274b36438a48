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
 * {@code pictures} naming a folder it leaves pictures of the main pages there with their contact sheets, and the same of all pages below
 * {@code every}; with {@code pages}, a regular expression, it looks at those pages only; {@code main} is those whose pictures are kept.
 * With {@code quick} each is looked at in two ways instead of eight.
 */
@Tag("matrix")
class MatrixTest extends LookedAt {
    private static final String ONLY = System.getProperty("pages", "");
    private static final String PICTURES = System.getProperty("pictures", "");
    private static final boolean QUICK = Boolean.getBoolean("quick");
    private static final boolean ONLY_MAIN = ONLY.equals("main");
    private final Sheets main = new Sheets();
    private final Sheets every = new Sheets();

    /** One of phones and one of desks. */
    private record Sheets(SmallPicture.Sheet phones, SmallPicture.Sheet desks) {
        Sheets() {
            this(SmallPicture.Sheet.ofPhones(), SmallPicture.Sheet.ofDesks());
        }

        void add(Browser.Size size, String name, byte[] png) throws IOException {
            (size == Browser.PHONE ? phones : desks).add(name, png);
        }

        void write(Path folder) throws IOException {
            phones.write(folder.resolve("contact-sheet-360.png"));
            desks.write(folder.resolve("contact-sheet-1280.png"));
        }
    }

    @Test
    void everyPageIsFine() throws IOException {
        var faults = new ArrayList<String>();
        int looks = 0;
        var pages = PagesUnderTest.ALL.stream().filter(p -> ONLY.isEmpty() || ONLY_MAIN || p.name().matches(ONLY)).toList();
        for (var page : pages) {
            for (var size : List.of(Browser.PHONE, Browser.DESK)) {
                for (String language : List.of("en", "cy")) {
                    for (boolean javaScript : List.of(true, false)) {
                        if (ONLY_MAIN && (!javaScript || !PagesUnderTest.MAIN.contains(name(page, size, language)))) {
                            continue;
                        }
                        if (QUICK && (language.equals("en") != (size == Browser.PHONE) || javaScript != (size == Browser.PHONE))) {
                            continue;
                        }
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
        if (!PICTURES.isEmpty() && (ONLY.isEmpty() || ONLY_MAIN)) {
            main.write(Path.of(PICTURES));
        }
        if (!PICTURES.isEmpty() && ONLY.isEmpty()) {
            every.write(Path.of(PICTURES, "every"));
        }
        System.out.println("pages: " + pages.size() + ", looked at " + looks + " times, faults: " + faults.size());
        assertEquals(List.of(), faults);
    }

    private static String name(PagesUnderTest.Under page, Browser.Size size, String language) {
        return page.name() + '-' + size.width() + '-' + language;
    }

    private void keep(PagesUnderTest.Under page, Browser.Size size, String language, byte[] png) throws IOException {
        String name = name(page, size, language);
        boolean kept = PagesUnderTest.MAIN.contains(name);
        Path folder = Path.of(PICTURES, kept ? "" : "every");
        Files.createDirectories(folder);
        SmallPicture.write(png, folder.resolve(name + ".png"));
        if (kept) {
            main.add(size, name, png);
        }
        if (language.equals("en")) {
            every.add(size, page.name(), png);
        }
    }
}
