package uk.waymark.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.waymark.platform.ProblemException;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;

/** Whatever fits HMCTS's schemas is taken or refused with a reason, and so is whatever nearly does; nothing fails here. */
class RandomListsTest extends CourtListTest {
    private static final int DOCUMENTS = 25;
    private static final ObjectMapper JSON = new ObjectMapper().configure(JsonGenerator.Feature.ESCAPE_NON_ASCII, true);

    static List<String> formats() {
        return Schemas.formats();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void nothingThatFitsTheSchemaFails(String format) throws Exception {
        assumeTrue(Schemas.there(), "HMCTS's schemas are not at " + Schemas.FOLDER);
        List<String> urns = List.of(crime("RND" + format.hashCode() % 10_000).urn, crime("ABCDE" + (10_000 + Math.abs(format.hashCode()) % 10_000)).urn, "NOBODYS");
        var schema = Schemas.validator(format);
        Api system = api().as(systemToken("northmoor"));
        int taken = 0;
        int matched = 0;
        for (int seed = 0; seed < DOCUMENTS; seed++) {
            var documents = new RandomDocument(Schemas.of(format), seed, urns);
            JsonNode valid = documents.valid();
            assertEquals(Set.of(), Set.copyOf(schema.validate(valid)), "not a document of its schema, seed " + seed);
            Answer answer = send(system, valid, seed);
            taken += answer.status() == 200 ? 1 : 0;
            matched += answer.body().path("cases").asInt() > 0 ? 1 : 0;
            send(system, documents.broken(), seed);
        }
        System.out.println(format + ": " + taken + " of " + DOCUMENTS + " taken, " + matched + " about a case");
        assertTrue(taken > DOCUMENTS / 6, () -> "most are refused: there is nothing random about that");
        assertTrue(matched > 0);
    }

    /** Without the rest of the way, which would take its time: many more. */
    @ParameterizedTest
    @MethodSource("formats")
    void whateverComesIsReadOrRefused(String format) throws Exception {
        assumeTrue(Schemas.there(), "HMCTS's schemas are not at " + Schemas.FOLDER);
        var reader = bean(CourtListReader.class);
        int read = 0;
        for (int seed = 1000; seed < 1600; seed++) {
            var documents = new RandomDocument(Schemas.of(format), seed, List.of("A1", "1234567890"));
            for (JsonNode document : List.of(documents.valid(), documents.broken())) {
                try {
                    reader.read(JSON.writeValueAsBytes(document));
                    read++;
                } catch (ProblemException refused) {
                    assertTrue(refused.getMessage().startsWith("Check"), refused::getMessage);
                } catch (RuntimeException e) {
                    throw new AssertionError("seed " + seed + ": " + document, e);
                }
            }
        }
        assertTrue(read > 200);
    }

    private static Answer send(Api system, JsonNode document, int seed) throws Exception {
        Answer answer = system.send("POST", "/v1/bridge/court-lists", "application/json", JSON.writeValueAsString(document).getBytes(StandardCharsets.UTF_8));
        assertTrue(Set.of(200, 400, 422).contains(answer.status()), () -> "seed " + seed + ": " + answer.status() + " " + answer.text() + " for " + document);
        assertTrue(answer.status() == 200 || answer.body().has("detail"), answer::text);
        return answer;
    }
}
