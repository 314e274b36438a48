package uk.waymark.attachments;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;

/**
 * A file as it is kept.
 *
 * @param byStaff        who of the staff gave it, or null
 * @param messageId      that it went with, or null
 * @param scan           {@code waiting}, {@code clean} or {@code infected}
 * @param serveUnscanned as its force says
 */
record Kept(UUID id, UUID force, UUID caseId, UUID person, String byStaff, UUID messageId, String type, int size, Details details,
            String scan, boolean serveUnscanned, Instant uploadedAt) {
    static final String WAITING = "waiting";
    static final String CLEAN = "clean";
    static final String INFECTED = "infected";

    /** Null in all where they cannot be read any more. @param sha256 of the whole, in hexadecimal @param finding what a scanner calls what it found, or null */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Details(String name, String sha256, String finding) {
        @Override
        public String toString() {
            return "Details";
        }
    }

    /** Whether it is known what it is called and what is in it. */
    boolean readable() {
        return details.sha256() != null;
    }

    Attachment.State state() {
        if (!readable()) {
            return Attachment.State.REFUSED;
        }
        return switch (scan) {
            case CLEAN -> Attachment.State.READY;
            case INFECTED -> Attachment.State.REFUSED;
            default -> serveUnscanned ? Attachment.State.READY : Attachment.State.CHECKING;
        };
    }

    Attachment shown() {
        return new Attachment(id, details.name(), type, size, state(), byStaff != null);
    }
}
