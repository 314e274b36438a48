package uk.waymark.feeds;

import java.util.Set;

/** Which sources are the courts' own and not a force's. */
final class CourtSources {
    /**
     * The names under which no force may report: {@code uk.waymark.cases.Sources} holds the same, and knows this
     * package.
     */
    private static final Set<String> OURS = Set.of("court-lists", "court-schedule");

    private CourtSources() { }

    static boolean has(String source) {
        return OURS.contains(source);
    }
}
