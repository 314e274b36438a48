package uk.waymark.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.ProblemException;

/** Finds the format of a document and reads it. */
@Singleton
final class CourtListReader {
    /** A list with a slip in its year would keep every later edition out. */
    private static final Duration AHEAD = Duration.ofDays(366);

    private final List<CourtListFormat> formats;
    private final CaseClock clock;

    CourtListReader(List<CourtListFormat> formats, CaseClock clock) {
        this.formats = formats.stream().sorted(Comparator.comparing(CourtListFormat::name)).toList();
        this.clock = clock;
    }

    /** @throws ProblemException 400 where it is no JSON, 422 where it is no list that is known or says not what a list must */
    Edition read(byte[] body) {
        JsonNode document = PostedJson.object(body, "Send the list as it was published.");
        CourtListFormat format = formats.stream().filter(f -> f.recognises(document)).findFirst().orElseThrow(() ->
            ProblemException.unprocessable("", "is a court list of no known format. Known are HMCTS's "
                + formats.stream().map(CourtListFormat::name).collect(Collectors.joining(", "))
                + ", as published. See /docs."));
        Edition edition = format.read(document);
        if (edition.publishedAt().isAfter(clock.instant().plus(AHEAD))) {
            throw ProblemException.unprocessable("",
                "was published more than a year ahead of now. Check the year of its publication.");
        }
        return edition.publishedBy(clock.instant());
    }
}
