package uk.waymark.bridge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import uk.waymark.platform.ProblemException;

/** Documents of courts as they are posted: read strictly, since what a lenient reader makes of a broken one is a guess. */
final class PostedJson {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(60).build()).build())
        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();

    private PostedJson() { }

    /**
     * @param how what to do about it, a sentence
     * @throws ProblemException 400 where it is no JSON object
     */
    static JsonNode object(byte[] body, String how) {
        String where = "";
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            JsonNode document = MAPPER.readTree(text);
            if (document != null && document.isObject()) {
                return document;
            }
        } catch (JsonProcessingException e) {
            // where, and no more: what the parser says may quote the document
            where = e.getLocation() == null ? "" : "It can be read up to line " + e.getLocation().getLineNr() + ", column "
                + e.getLocation().getColumnNr() + ". ";
        } catch (IOException e) {
            // answered below
        }
        throw ProblemException.badRequest("", "The body is not a JSON object that can be read: broken, cut off, not in UTF-8, "
            + "nested more than 60 deep, or with a field twice. " + where + how);
    }
}
