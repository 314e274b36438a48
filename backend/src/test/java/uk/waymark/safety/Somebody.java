package uk.waymark.safety;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A person whom a force has told of.
 *
 * @param sourceId the force's own id
 * @param id ours, as staff see it
 */
record Somebody(String force, String reference, String sourceId, UUID id, String given, String family, String mobile) {

    /** What a stranger must not read anywhere: the name, and the number in its spellings. */
    List<String> traces() {
        String digits = mobile.substring(3);
        return List.of(given, family, digits, "0" + digits.substring(0, 4) + " " + digits.substring(4), reference, sourceId);
    }

    /** Two devices' worth of tokens are two of these. */
    record Tokens(String access, String refresh) { }

    /** As an invitation is taken up. */
    Map<String, Object> activation(String code) {
        return Map.of("invitation_code", code, "crime_reference", reference, "mobile", mobile);
    }
}
