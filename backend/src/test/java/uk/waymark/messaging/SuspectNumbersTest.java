package uk.waymark.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uk.waymark.messaging.Casework.Person;
import uk.waymark.platform.Sealing;
import uk.waymark.testing.Api;
import uk.waymark.testing.WaymarkTest;

/** Numbers of suspects are found by every key in use: those that came before a change of key and those that came after. */
class SuspectNumbersTest extends WaymarkTest {

    /** What is deployed after a change of key: the new one makes hashes, the old one still finds. */
    private Sealing rotated() throws IOException {
        var old = (ObjectNode) Api.JSON.readTree(waymark.settings().lookupKeyset());
        var fresh = (ObjectNode) Api.JSON.readTree(Sealing.newLookupKeyset());
        ((ArrayNode) fresh.get("key")).addAll((ArrayNode) old.get("key"));
        return new Sealing(waymark.settings().sealingKeyset(), fresh.toString());
    }

    @Test
    void aHashOfTheFormerKeyIsStillTheSuspects() throws IOException {
        var northmoor = new Casework(waymark, database, force("northmoor"));
        var glanafon = new Casework(waymark, database, force("glanafon"));
        Person person = northmoor.person(null, "unknown");
        Person beside = glanafon.person(null, "unknown");
        northmoor.account("+447700900731", person);
        Person alone = northmoor.person(null, "unknown");
        northmoor.account("+447700900732", alone, beside);
        northmoor.suspectHas(person, "+447700900731");
        glanafon.suspectHas(beside, "+447700900732");
        for (Sealing keys : List.of(bean(Sealing.class), rotated())) {
            var numbers = new SuspectNumbers(keys);
            assertEquals(Set.of(person.id(), alone.id()), acting().as(worker("northmoor"), c -> numbers.ofAccounts(c,
                List.of(Map.entry(person.id(), "+447700900731"), Map.entry(alone.id(), "+447700900732")))),
                "also where it is held by another force, for somebody on the same account");
            assertEquals(Set.of(), acting().as(worker("northmoor"), c -> numbers.ofAccounts(c,
                List.of(Map.entry(person.id(), "+447700900732"), Map.entry(alone.id(), "+447700900731")))));
            assertEquals(List.of(person.id()), acting().as(worker("northmoor"), c -> numbers.inCase(c, person.caseId())));
            assertEquals(List.of(alone.id()), acting().as(worker("northmoor"), c -> numbers.inCase(c, alone.caseId())));
            assertEquals(Set.of(), acting().as(worker("glanafon"), c -> numbers.ofAccounts(c,
                List.of(Map.entry(person.id(), "+447700900731")))), "of another force's person nothing is said");
        }
    }
}
