package uk.waymark.attachments;

/** Looks into a file for what is known to be harmful. */
interface Scanner {

    /** What it says. */
    sealed interface Verdict {
        record Clean() implements Verdict { }

        /** @param finding as the scanner calls it */
        record Infected(String finding) implements Verdict { }

        /** It did not answer, not in time, or that it cannot: nothing is known of the file. */
        record CannotSay() implements Verdict { }
    }

    /** Whether there is one at all. */
    boolean connected();

    /** Never throws: whatever keeps it from answering is {@link Verdict.CannotSay}. Takes no longer than it was configured to. */
    Verdict scan(byte[] file);
}
