package uk.waymark.platform;

import java.util.Locale;

/** The same crime reference however it was typed. */
public final class CrimeReferences {
    private CrimeReferences() { }

    /**
     * Trimmed, upper case, without spaces: what {@code case_file.crime_reference_key} holds. Slashes stay: 71/1234/26 and
     * 711/234/26 are two crimes.
     */
    public static String key(String crimeReference) {
        return crimeReference.replaceAll("\\s+", "").toUpperCase(Locale.ROOT);
    }

    /** Without slashes as well, for people who type it: only ever beside a code that is theirs alone. */
    public static String typed(String crimeReference) {
        return key(crimeReference).replace("/", "");
    }
}
