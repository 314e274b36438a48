package uk.waymark.platform;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import java.util.HashSet;
import java.util.Set;

/**
 * Which fields of the body are {@code null}: bound to a model, they look like those that were left out. Where a request leaves
 * what it does not name, {@code null} clears.
 */
public final class Cleared {
    private static final String ATTRIBUTE = "waymark.cleared";

    private Cleared() { }

    static void remember(HttpRequest<?> request, JsonNode body) {
        var cleared = new HashSet<String>();
        body.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                cleared.add(field.getKey());
            }
        });
        request.setAttribute(ATTRIBUTE, Set.copyOf(cleared));
    }

    /** Names of fields of the request that is being answered. */
    @SuppressWarnings("unchecked")
    public static Set<String> fields() {
        return ServerRequestContext.<Object>currentRequest().flatMap(r -> r.getAttribute(ATTRIBUTE, Set.class))
            .map(names -> (Set<String>) names).orElse(Set.of());
    }
}
