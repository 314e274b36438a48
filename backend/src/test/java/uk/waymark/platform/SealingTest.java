package uk.waymark.platform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SealingTest {
    private final Sealing sealing = new Sealing(Sealing.newSealingKeyset(), Sealing.newLookupKeyset());
    private final UUID row = UUID.randomUUID();

    @Test
    void whatWasSealedOpensInItsPlaceOnly() {
        byte[] sealed = sealing.sealText("person.mobile", row, "+447700900123");
        assertEquals("+447700900123", sealing.openText("person.mobile", row, sealed));
        assertThrows(IllegalStateException.class, () -> sealing.openText("person.details", row, sealed));
        assertThrows(IllegalStateException.class, () -> sealing.openText("person.mobile", UUID.randomUUID(), sealed));
        assertFalse(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1).contains("7700"));
    }

    @Test
    void nothingStaysNothing() {
        assertNull(sealing.sealText("person.mobile", row, null));
        assertNull(sealing.openText("person.mobile", row, null));
    }

    @Test
    void aLookUpHashIsTheSameForTheSamePurposeOnly() {
        assertArrayEquals(sealing.lookupKey("mobile", "+447700900123").value(), sealing.lookupKey("mobile", "+447700900123").value());
        assertFalse(Arrays.equals(sealing.lookupKey("mobile", "+447700900123").value(), sealing.lookupKey("code", "+447700900123").value()));
        assertArrayEquals(sealing.lookupKey("mobile", "+447700900123").value(), sealing.keys("mobile", "+447700900123")[0]);
    }

    @Test
    void aBrokenKeysetIsNamedAndNotShown() {
        var failure = assertThrows(IllegalArgumentException.class, () -> new Sealing("{\"secret\": 1}", "x"));
        assertFalse(failure.getMessage().contains("secret"));
    }
}
