package uk.waymark.web;

import java.text.Collator;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Languages of interpreters, by name, as nobody knows their codes. */
public final class Languages {
    /** British Sign Language (BCP 47); Java has no name for it. */
    private static final String BSL = "bfi";

    private Languages() { }

    /** Code to name, by name: none first, then sign language. @param known a code that has to be among them, or null */
    static Map<String, String> items(Page page, String known) {
        var items = new LinkedHashMap<String, String>();
        items.put("", page.t(DatesText.NO_INTERPRETER));
        items.put(BSL, page.t(DatesText.BSL));
        Locale locale = page.lang().locale();
        Arrays.stream(Locale.getISOLanguages()).map(code -> Map.entry(code, name(code, locale))).filter(e -> !e.getKey().equals(e.getValue()))
            .sorted(Map.Entry.comparingByValue(Comparator.comparing(n -> n, Collator.getInstance(locale))))
            .forEach(e -> items.put(e.getKey(), e.getValue()));
        if (known != null) {
            items.putIfAbsent(known, name(known, locale));
        }
        return items;
    }

    /** Those that somebody may write in: English and Welsh first. @param known a code that has to be among them */
    public static Map<String, String> written(Page page, String known) {
        var items = new LinkedHashMap<String, String>();
        for (Lang lang : Lang.values()) {
            items.put(lang.tag(), lang.ownName());
        }
        var others = items(page, known);
        List.of("", BSL).forEach(others::remove);
        others.forEach(items::putIfAbsent);
        return items;
    }

    private static String name(String code, Locale locale) {
        String name = Locale.forLanguageTag(code).getDisplayName(locale);
        return name.isEmpty() ? code : name;
    }
}
