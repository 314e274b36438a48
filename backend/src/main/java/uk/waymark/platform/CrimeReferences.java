package uk.waymark.platform;

import java.util.Locale;

/** The same crime reference however it was typed. */
public final class CrimeReferences {
    private CrimeReferences() { }

    /** Trimmed, upper case, without spaces and slashes: what {@code case_file.crime_reference_key} holds. */
    public static String key(String crimeReference) {
        return crimeReference.replaceAll("[\\s/]+", "").toUpperCase(Locale.ROOT);
    }
}
