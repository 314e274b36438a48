package uk.waymark.platform;

import java.util.regex.Pattern;

/** Colours as a force's file has them. */
public final class Colours {
    private static final Pattern HEX = Pattern.compile("#[0-9a-f]{6}");
    /** WCAG 2.2, 1.4.3: what text of any size needs. */
    private static final double LEAST_CONTRAST = 4.5;

    private Colours() { }

    /** Whether white letters can be read on it. @param colour {@code #} and six hex digits in small letters; anything else is none */
    public static boolean carryWhite(String colour) {
        return HEX.matcher(colour).matches() && 1.05 / (luminance(colour) + 0.05) >= LEAST_CONTRAST;
    }

    /** Relative luminance, 0 to 1, as WCAG has it. */
    private static double luminance(String colour) {
        return 0.2126 * part(colour, 1) + 0.7152 * part(colour, 3) + 0.0722 * part(colour, 5);
    }

    private static double part(String colour, int at) {
        double of = Integer.parseInt(colour.substring(at, at + 2), 16) / 255.0;
        return of <= 0.04045 ? of / 12.92 : Math.pow((of + 0.055) / 1.055, 2.4);
    }
}
