package uk.waymark.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A keyset from the environment, or from a real program such as every vault has. */
class KeySourceTest {
    private static final String NAME = "WAYMARK_SEALING_KEYSET";

    @TempDir
    private Path folder;

    private String program(String script) throws IOException {
        Path file = folder.resolve("vault");
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertTrue(file.toFile().setExecutable(true));
        return file.toString();
    }

    private static String read(Map<String, String> environment) throws KeySource.Unavailable {
        return KeySource.json(KeySource.of(environment, NAME).read());
    }

    @Test
    void theSettingOrWhatAProgramPrints() throws Exception {
        String keyset = Sealing.newSealingKeyset().strip();
        String base64 = Base64.getEncoder().encodeToString(keyset.getBytes(StandardCharsets.UTF_8));
        assertEquals(keyset, read(Map.of(NAME, keyset)));
        assertEquals(keyset, read(Map.of(NAME, base64)));
        Files.writeString(folder.resolve("plain"), keyset);
        Files.writeString(folder.resolve("base64"), base64);
        // as `aws kms decrypt --output text` and `vault write -field=plaintext transit/decrypt/…` print it
        assertEquals(keyset, read(Map.of(NAME + "_COMMAND", program("cat \"$1\"") + "  " + folder.resolve("base64"))));
        assertEquals(keyset, read(Map.of(NAME + "_COMMAND", program("cat \"$1\"") + " " + folder.resolve("plain"))));
    }

    @Test
    void whatCannotBeHadSaysWhyAndShowsNothing() throws Exception {
        for (Map<String, String> environment : java.util.List.of(Map.<String, String>of(), Map.of(NAME + "_COMMAND", "/no/such/program"),
                Map.of(NAME + "_COMMAND", program("echo a-secret; exit 3")), Map.of(NAME + "_COMMAND", program("exit 0")),
                Map.of(NAME, "a-secret", NAME + "_COMMAND", "/bin/true"))) {
            String said = assertThrows(KeySource.Unavailable.class, () -> read(environment)).getMessage();
            assertFalse(said.contains("a-secret"), said);
        }
        assertFalse(KeySource.of(Map.of(NAME, "a-secret"), NAME).toString().contains("a-secret"));
    }

    @Test
    void aKeyIsReplacedStepByStep() throws Exception {
        for (Keysets.Kind kind : Keysets.Kind.values()) {
            String one = Keysets.fresh(kind);
            String two = Keysets.add(kind, one);
            assertEquals(Keysets.keys(one).getFirst(), Keysets.keys(two).getFirst(), "a key that is added only opens");
            assertThrows(Keysets.Unfit.class, () -> Keysets.promote(one));
            long old = Keysets.keys(one).getFirst().id();
            assertThrows(Keysets.Unfit.class, () -> Keysets.withdraw(two, old), "it still seals");
            String promoted = Keysets.promote(two);
            assertTrue(Keysets.keys(promoted).getLast().primary());
            String end = Keysets.withdraw(promoted, old);
            assertEquals(Keysets.keys(promoted).subList(1, 2), Keysets.keys(end));
            assertThrows(Keysets.Unfit.class, () -> Keysets.withdraw(end, old));
            assertThrows(Keysets.Unfit.class, () -> Keysets.keys("{}"));
        }
    }
}
