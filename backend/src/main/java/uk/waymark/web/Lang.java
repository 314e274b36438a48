package uk.waymark.web;

import java.util.Locale;

/** The languages of the pages. */
public enum Lang {
    EN("English"), CY("Cymraeg");

    private final String ownName;

    Lang(String ownName) {
        this.ownName = ownName;
    }

    /** As who reads it calls it. */
    public String ownName() {
        return ownName;
    }

    /** As in {@code lang} and {@code Accept-Language}. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    Locale locale() {
        return Locale.of(tag(), "GB");
    }

    /** @return null for a tag that is no language of ours */
    static Lang of(String tag) {
        return "cy".equals(tag) ? CY : "en".equals(tag) ? EN : null;
    }
}
