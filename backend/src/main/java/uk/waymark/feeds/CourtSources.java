package uk.waymark.feeds;

/** Which sources are the courts' own and not a force's. */
final class CourtSources {
    private CourtSources() { }

    /** By name: ours for what a court's list or HMCTS says begin so. */
    static boolean has(String source) {
        return source.equals("court-lists") || source.startsWith("hmcts");
    }
}
