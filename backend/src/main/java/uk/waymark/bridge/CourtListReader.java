package uk.waymark.bridge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(60).build()).build())
        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
    private final List<CourtListFormat> formats;
    private final CaseClock clock;

    CourtListReader(List<CourtListFormat> formats, CaseClock clock) {
        this.formats = formats.stream().sorted(Comparator.comparing(CourtListFormat::name)).toList();
        this.clock = clock;
    }

    /** @throws ProblemException 400 where it is no JSON, 422 where it is no list that is known or says not what a list must */
    Edition read(byte[] body) {
        JsonNode document = parse(body);
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

    private JsonNode parse(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            JsonNode document = json.readTree(text);
            if (document != null && document.isObject()) {
                return document;
            }
        } catch (IOException e) {
            // answered below; what the parser says may quote the document
        }
        throw ProblemException.badRequest("", "The body is not a JSON object that can be read: broken, cut off, not in UTF-8, "
            + "nested more than 60 deep, or with a field twice. Send the list as it was published.");
    }
}
