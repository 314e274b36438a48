package uk.waymark.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.UUID;

/**
 * A browser that is signed in.
 *
 * @param who PERSON or STAFF
 */
record PageSession(UUID id, Who who, Tokens tokens) {

    /**
     * What the API, or a force's identity provider, gave for it.
     *
     * @param access   as the bearer token of calls to the API
     * @param until    when it runs out
     * @param refresh  what gets the next one; null where there is none
     * @param account  whose it is: the account, or the subject of a member of staff
     * @param language what the person reads, {@code en} or {@code cy}; null where it is not known
     * @param force    code of the force of a member of staff, otherwise null
     * @param name     of a member of staff as their provider has it, or null
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Tokens(String access, Instant until, String refresh, String account, String language, String force, String name) {

        Tokens renewed(String newAccess, Instant newUntil, String newRefresh) {
            return new Tokens(newAccess, newUntil, newRefresh, account, language, force, name);
        }

        @Override
        public String toString() {
            return "Tokens";
        }
    }

    PageSession with(Tokens others) {
        return new PageSession(id, who, others);
    }
}
