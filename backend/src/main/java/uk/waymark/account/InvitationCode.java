package uk.waymark.account;

import java.util.Locale;
import java.util.random.RandomGenerator;

/** {@code ABCD-EFGH-JKLM}: 60 random bits in letters and digits that nobody mistakes for each other. */
public final class InvitationCode {
    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 12;
    private static final int GROUP = 4;

    private InvitationCode() { }

    static String next(RandomGenerator random) {
        var code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            code.append(i > 0 && i % GROUP == 0 ? "-" : "").append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return code.toString();
    }

    /** However it was typed. */
    public static String normalised(String typed) {
        return typed.toUpperCase(Locale.ROOT).replaceAll("[\\s\\p{Pd}]", "");
    }
}
