package uk.waymark.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept is lost by nothing but its person, and gone at once when they want it to be. */
class VaultTest {
    @TempDir
    File folder;
    private final Device.Keys keys = new Device.Keys();
    private Vault vault;

    @BeforeEach
    void begin() {
        vault = new Vault(folder, new AesSealing(keys));
        vault.put("outbox", "what was written");
    }

    @Test
    void a_key_store_that_is_busy_once_is_asked_again() {
        keys.busy = 2;
        assertEquals(Optional.of("what was written"), vault.get("outbox"));
    }

    @Test
    void what_cannot_be_opened_just_now_is_not_lost() {
        keys.busy = 100;
        assertThrows(Vault.VaultException.class, () -> vault.get("outbox"));
        assertThrows(Vault.VaultException.class, () -> vault.put("outbox", "another"));
        keys.busy = 0;
        assertEquals(Optional.of("what was written"), vault.get("outbox"));
    }

    @Test
    void what_can_never_be_opened_again_does_not_stay() {
        keys.forget();
        assertEquals(Optional.empty(), vault.get("outbox"));
        assertTrue(vault.empty());
    }

    @Test
    void what_was_only_begun_to_be_written_when_the_power_went_does_not_stay() throws IOException {
        assertTrue(new File(folder, "0123456789abcdef0123456789abcdef.part").createNewFile());
        vault.tidy();
        assertEquals(1, folder.list().length);
        assertEquals(Optional.of("what was written"), vault.get("outbox"));
    }

    @Test
    void a_key_that_cannot_be_destroyed_does_not_keep_the_files() {
        byte[] photo = "a photo".getBytes(StandardCharsets.UTF_8);
        assertTrue(vault.putBytes("file", photo, vault.age()));
        keys.stuck = true;
        long before = vault.age();
        assertFalse(vault.wipe());
        assertTrue(vault.empty());
        assertFalse(vault.put("read", "late", before), "and nothing comes back");
        assertFalse(vault.putBytes("file", photo, before));
        assertTrue(vault.empty());
        keys.stuck = false;
        assertTrue(vault.wipe());
    }
}
