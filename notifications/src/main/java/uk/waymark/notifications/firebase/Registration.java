package uk.waymark.notifications.firebase;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * An app that can be sent to.
 *
 * @param id    the host's, another one for every new token: what is told of a token concerns no later one
 * @param token as Firebase gave it to the app; no white space
 */
public record Registration(UUID id, String token) {

    public Registration {
        Objects.requireNonNull(id, "id");
        if (token.isEmpty() || token.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("a token is not empty and has no white space");
        }
    }

    /** One address for all of these. */
    public static String write(List<Registration> registrations) {
        return registrations.stream().map(r -> r.id + " " + r.token).collect(Collectors.joining("\n"));
    }

    /** What {@link #write} wrote. */
    static List<Registration> read(String address) {
        return address.lines().map(line -> line.split(" ", 2))
            .map(parts -> new Registration(UUID.fromString(parts[0]), parts[1])).toList();
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "Registration[id=" + id + "]";
    }
}
