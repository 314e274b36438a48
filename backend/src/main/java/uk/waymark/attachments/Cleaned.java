package uk.waymark.attachments;

/** What came of cleaning a file. */
sealed interface Cleaned {

    /** @param bytes without anything that tells where, when, by what or by whom it was made, and without anything that runs */
    record Clean(byte[] bytes) implements Cleaned { }

    /** @param why of the {@code refused.} words in {@code attachments/attachments.properties} */
    record Refused(String why) implements Cleaned { }
}
