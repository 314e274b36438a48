package uk.waymark.statements;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * A statement as it was signed. What is sealed is this record as JSON, fields in the order of their names, and the hash is SHA-256
 * of exactly those bytes: whoever checks it needs no program but one that hashes.
 *
 * @param salt        16 random bytes in hex: nobody finds a short statement from its hash by trying
 * @param number      its place in the force's chain
 * @param previous    hash of the link before, in hex; empty for the first
 * @param signedAt    case time, whole microseconds
 * @param medium      {@code app}, or how one that is kept elsewhere was made
 * @param maker       who signs, and of whom they speak
 * @param words       null for one that is kept elsewhere
 * @param signing     null for one that is kept elsewhere
 * @param kept        null for one that was signed here
 * @param supplements the statement of the same maker that it adds to, or that it translates; or null
 */
record SignedContent(UUID id, UUID force, UUID caseId, UUID person, long number, String previous, String salt, Instant signedAt,
                     String medium, String kind, Maker maker, DraftWords words, Signing signing, Kept kept, UUID supplements) {
    static final String PERSONAL = "victim_personal_statement";
    static final String BUSINESS = "impact_statement_for_business";
    static final String APP = "app";

    /**
     * @param role of the contract's {@code ParticipantRole}
     * @param age  {@code over 18}, years as a number, or null where no birthday is known
     * @param of   whom a parent, guardian or spokesperson speaks for, or null; @param ageOf theirs, or null where not
     *             everybody's is known
     * @param organisation of a business, or null; @param authority by what right the maker signs for it, or null
     */
    record Maker(String role, String name, String age, String of, String ageOf, String organisation, String authority) {
        @Override
        public String toString() {
            return "Maker";
        }
    }

    /**
     * @param declaration as it was made; @param declaredIn its language, {@code en} or {@code cy}
     * @param inEnglish the law's own words beneath a declaration in Welsh; null beneath one in English
     * @param asked     the questions that have an answer, as they were put: later words change no signed statement
     * @param readBy    who read it to a maker who cannot read it, or null
     */
    record Signing(String declaration, String declaredIn, String inEnglish, List<Asked> asked, String readAloud, String signature,
                   String readBy) {
        Signing {
            asked = asked == null ? List.of() : List.copyOf(asked);
        }

        /** @param question of the contract's {@code StatementQuestion} */
        String words(String question) {
            return asked.stream().filter(a -> a.question().equals(question)).findFirst().orElseThrow().words();
        }

        @Override
        public String toString() {
            return "Signing";
        }
    }

    /** @param question of the contract's {@code StatementQuestion} */
    record Asked(String question, String words) { }

    /** @param translator of a translation, or null; @param language or null */
    record Kept(String where, Instant madeAt, String language, String translator, String by) {
        @Override
        public String toString() {
            return "Kept";
        }
    }

    String language() {
        return words != null ? words.language() : kept.language();
    }

    String canonical() {
        return StatementJson.write(this);
    }

    static SignedContent of(String canonical) {
        return StatementJson.read(canonical, SignedContent.class);
    }

    static byte[] hash(String canonical) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    /** Without what was written. */
    @Override
    public String toString() {
        return "SignedContent[" + number + "]";
    }
}
