package uk.waymark.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * One row of the audit log in the chain of its force, hashed as {@code waymark.gate_seal_audit} does it: whoever checks the
 * chain does not ask the database to do the sums.
 *
 * @param chain   the force, or zeros
 * @param number  place in the chain, from 1
 * @param columns all of the row as text, in the order of {@code waymark.audit_text}; null where a column is
 */
public record AuditLink(UUID chain, long number, List<String> columns) {
    /** What the first link follows on. */
    static final byte[] NOTHING = new byte[0];
    /** What the signatures are made for. */
    private static final String PURPOSE = "audit_seal";

    public AuditLink {
        columns = java.util.Collections.unmodifiableList(new java.util.ArrayList<>(columns));
    }

    /** @param before the hash of the link before, or {@link #NOTHING} */
    byte[] hash(byte[] before) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update(before);
            return sha.digest((chain + "," + number + "," + text()).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String text() {
        return columns.stream().map(v -> v == null ? "-" : v.getBytes(StandardCharsets.UTF_8).length + ":" + v)
            .collect(Collectors.joining(","));
    }

    /** What a chain that ends here is signed for, with a key that is not in the database. */
    public static String signed(UUID chain, long number, byte[] hash) {
        return chain + "," + number + "," + HexFormat.of().formatHex(hash);
    }

    /** What it is hashed for. */
    public static String purpose() {
        return PURPOSE;
    }
}
