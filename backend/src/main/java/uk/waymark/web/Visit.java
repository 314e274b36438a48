package uk.waymark.web;

import io.micronaut.http.HttpRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request of a browser: who it is, in which language, and the API in its name.
 *
 * @param cookie   the browser's name, given or new
 * @param fresh    whether the cookie is new and has to go out with the answer
 * @param chosen   the language that the address asked for, to be remembered; null where it asked for none
 * @param session  empty where nobody is signed in
 */
public record Visit(HttpRequest<?> request, String cookie, boolean fresh, Lang lang, Lang chosen, Optional<PageSession> session, Who who,
             Page page, Asking api) {

    private static final int LOOKS = 6;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /** Calls to the API in the name of who is signed in; before, of nobody. */
    public interface Asking {
        /** @param body null for none; bytes go as they are; @param headers beside those that always go with it, or instead of them */
        <T> Reply<T> send(String method, String path, Object body, Class<T> type, Map<String, String> headers);

        default <T> Reply<T> get(String path, Class<T> type) {
            return send("GET", path, null, type, Map.of());
        }

        default <T> Reply<T> post(String path, Object body, Class<T> type) {
            return send("POST", path, body, type, Map.of());
        }

        /**
         * A POST that creates: sent twice by one form it creates once, and the second is told what became of the first.
         *
         * @throws Refused 409 where that takes longer than anybody should wait: the page offers the same form again, with its key
         */
        default <T> Reply<T> create(String path, Object body, Class<T> type, Form form) {
            return create(path, body, type, form.find(Form.ONCE).map(k -> Map.of("Idempotency-Key", k)).orElse(Map.of()));
        }

        /** As {@link #create(String, Object, Class, Form)}. @param headers with its Idempotency-Key */
        default <T> Reply<T> create(String path, Object body, Class<T> type, Map<String, String> headers) {
            for (int i = 0; i < LOOKS; i++) {
                Reply<T> reply = send("POST", path, body, type, headers);
                if (!(reply instanceof Reply.No<T> no) || !Refusal.STILL_RUNNING.equals(no.refusal().code())) {
                    return reply;
                }
                pause();
            }
            throw new Refused(Refusal.own(409, Refusal.STILL_RUNNING));
        }

        private static void pause() {
            try {
                Thread.sleep(BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("stopped while waiting for another request");
            }
        }

        /** A PUT of what was read with this form's ETag: 412 where somebody else was faster. */
        default <T> Reply<T> put(String path, Object body, Class<T> type, Form form) {
            return send("PUT", path, body, type, form.find(Form.ETAG).map(t -> Map.of("If-Match", t)).orElse(Map.of()));
        }

        default Reply<Void> delete(String path) {
            return send("DELETE", path, null, Void.class, Map.of());
        }
    }

    /** The page again, with what has to be mended and all that was typed. */
    public Page again(List<Page.Fault> faults, Form form) {
        return page.with(faults, form.typed());
    }

    /**
     * What the API named, beside the fields of the page.
     *
     * @param fields by JSON pointer, such as {@code /mobile}
     * @param other  where it named nothing that this page has
     */
    public static List<Page.Fault> faults(Refusal refusal, Map<String, Page.Fault> fields, Page.Fault other) {
        var named = refusal.pointers().stream().map(fields::get).filter(java.util.Objects::nonNull).distinct().toList();
        return named.isEmpty() ? List.of(other) : named;
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Visit[" + who + "]";
    }
}
