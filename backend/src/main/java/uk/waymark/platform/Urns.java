package uk.waymark.platform;

import java.util.Locale;

/**
 * The same unique reference number however it was typed. Textbook URNs have eleven characters; official samples have
 * {@code 62GD9461322}, {@code TFL122222}, {@code VpQV3976109} and {@code 45684548}: no pattern is asked for.
 */
public final class Urns {
    private Urns() { }

    /** Upper case, without white space and slashes; empty where nothing else is in it. What {@code case_urn.urn_key} holds. */
    public static String key(String urn) {
        return urn.replaceAll("[\\s\\u00a0/]+", "").toUpperCase(Locale.ROOT);
    }
}
