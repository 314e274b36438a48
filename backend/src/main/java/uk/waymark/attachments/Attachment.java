package uk.waymark.attachments;

import java.util.UUID;

/**
 * A file that goes, or went, with a message.
 *
 * @param name   as whoever reads it sees it: no path, nothing that hides how it ends; null where that cannot be read any more
 * @param type   of the contract's {@code AttachmentType}
 * @param size   bytes, as it is kept
 * @param byStaff whether staff gave it
 */
public record Attachment(UUID id, String name, String type, int size, State state, boolean byStaff) {

    /** Whether it can be opened. */
    public enum State {
        /** No scanner has said anything of it, and its force serves nothing that was not looked at. */
        CHECKING,
        READY,
        /** Something was found in it, or what is kept cannot be read any more: nobody can open it, ever. */
        REFUSED;

        String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Without its name: people name files after people. */
    @Override
    public String toString() {
        return "Attachment[" + id + ", " + type + ", " + state + "]";
    }
}
