package uk.waymark.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** Whether a text is a keyset fit for production, told without loading the cryptography: {@code serve} refuses at once. */
enum KeysetCheck {
    SEALING("Aes"),
    LOOKUP("Prf");

    /** The id of every key made for a sandbox. */
    static final int SANDBOX_KEY_ID = 1_396_788_804;
    private final String keyType;

    KeysetCheck(String keyType) {
        this.keyType = keyType;
    }

    /** What is wrong with it; empty when nothing is. */
    Optional<String> fault(String json) {
        try {
            JsonNode keys = new ObjectMapper().readTree(json).path("key");
            if (!keys.isArray() || keys.isEmpty()) {
                return Optional.of("is not a Tink keyset");
            }
            for (JsonNode key : keys) {
                if (key.path("keyId").asLong() == SANDBOX_KEY_ID) {
                    return Optional.of("is a keyset of the sandbox; make one of your own");
                }
                if (!key.path("keyData").path("typeUrl").asText().contains(keyType)) {
                    return Optional.of("is a Tink keyset of another kind");
                }
            }
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of("is not a Tink keyset");
        }
    }
}
