package uk.waymark.platform;

import java.util.List;
import java.util.Locale;

/** English or Welsh, by RFC 4647 look-up of an {@code Accept-Language} header. */
public final class Language {
    private Language() { }

    /** @return {@code en} or {@code cy}; the person's own where the header asks for neither */
    public static String of(String acceptLanguage, String own) {
        if (acceptLanguage == null || acceptLanguage.isBlank()) {
            return own;
        }
        try {
            String tag = Locale.lookupTag(Locale.LanguageRange.parse(acceptLanguage), List.of("en", "cy"));
            return tag == null ? own : tag;
        } catch (IllegalArgumentException e) {
            return own;
        }
    }
}
