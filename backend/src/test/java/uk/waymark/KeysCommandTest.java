package uk.waymark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What an operator types to replace a key. That rows are renewed is shown in {@code KeysReplacedTest}. */
@ResourceLock(Resources.SYSTEM_OUT)
class KeysCommandTest {
    private record Ended(int code, String out, String err) { }

    private static Ended keys(Map<String, String> environment, String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        var said = new ByteArrayOutputStream();
        var complained = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        try {
            int code = KeysCommand.run(arguments, environment);
            return new Ended(code, said.toString(StandardCharsets.UTF_8).strip(), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    @Test
    void aKeysetIsMadeAndLedThroughItsSteps() {
        String first = keys(Map.of(), "new", "lookup").out();
        String added = keys(Map.of("WAYMARK_LOOKUP_KEYSET", first), "add", "lookup").out();
        Ended promoted = keys(Map.of("WAYMARK_LOOKUP_KEYSET", added), "promote", "lookup");
        assertEquals(0, promoted.code());
        assertEquals("", promoted.err());
        String old = first.replaceAll("(?s).*\"primaryKeyId\":(\\d+).*", "$1");
        assertTrue(promoted.out().contains(old));
        Ended withdrawn = keys(Map.of("WAYMARK_LOOKUP_KEYSET", promoted.out()), "withdraw", "lookup", old);
        assertEquals(0, withdrawn.code());
        assertFalse(withdrawn.out().contains(old));
    }

    @Test
    void whatIsWrongIsSaidWithoutAnyKey() {
        String keyset = keys(Map.of(), "new", "sealing").out();
        Ended refused = keys(Map.of("WAYMARK_SEALING_KEYSET", keyset), "promote", "sealing");
        assertEquals(78, refused.code());
        assertEquals("", refused.out());
        assertFalse(refused.err().contains("value"));
        assertEquals(78, keys(Map.of(), "add", "sealing").code());
        assertEquals(78, keys(Map.of(), "reseal").code(), "without settings");
        for (String wrong : new String[] {"", "new", "new other", "reseal --batch 0", "reseal --batch", "reseal now",
            "withdraw lookup x"}) {
            assertEquals(64, keys(Map.of(), wrong.isEmpty() ? new String[0] : wrong.split(" ")).code(), wrong);
        }
    }
}
