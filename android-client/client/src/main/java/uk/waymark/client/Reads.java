package uk.waymark.client;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import okhttp3.Request;
import uk.waymark.client.Seen.Trouble;

/**
 * Reads, on a bad line as well. What was seen is kept, sealed, and read again only where it has changed ({@code ETag}); without a
 * line it is what was last seen, and says as of when.
 */
public final class Reads {
    private final Line line;
    private final Vault vault;
    private final Duration kept;

    /**
     * @param vault where what is seen is kept, and nothing else
     * @param kept for how long something that was seen is shown without the server saying that it is still so
     */
    public Reads(Line line, Vault vault, Duration kept) {
        this.line = line;
        this.vault = vault;
        this.kept = kept;
    }

    /** Makes what is wanted of its JSON; throws what Gson throws where it cannot. */
    public interface Parser<T> {
        T parse(String json);
    }

    /** What was seen last, without asking. */
    public <T> Seen<T> last(String path, String language, Parser<T> parser) {
        return kept(path, language).map(k -> seen(k, parser, Trouble.NO_LINE, "")).orElseGet(() -> none(Trouble.NO_LINE, ""));
    }

    /**
     * @param path such as {@code /v1/me/cases}, with its query
     * @param language {@code en} or {@code cy}; what was seen in one is not shown in the other
     */
    public <T> Seen<T> read(String path, String language, Parser<T> parser) {
        return read(path, language, parser, true);
    }

    /** What is so now, or nothing: neither is it shown from before, nor does anything of it stay here. */
    public <T> Seen<T> only(String path, String language, Parser<T> parser) {
        forget(path, language);
        return read(path, language, parser, false);
    }

    private <T> Seen<T> read(String path, String language, Parser<T> parser, boolean keep) {
        Optional<Kept> before = keep ? kept(path, language) : Optional.empty();
        long age = vault.age();
        Request.Builder request = line.request(path).header("Accept-Language", language);
        before.map(Kept::etag).ifPresent(etag -> request.header("If-None-Match", etag));
        Answer answer;
        try {
            answer = line.askSignedIn(request.build());
        } catch (IOException e) {
            return before.map(k -> seen(k, parser, Trouble.NO_LINE, "")).orElseGet(() -> none(Trouble.NO_LINE, ""));
        }
        if (answer.status() == 304 && before.isPresent()) {
            return keep(path, language, new Kept(before.get().body(), before.get().etag(), line.clock().instant()), parser, age);
        }
        if (answer.status() == 200) {
            Kept now = new Kept(answer.body(), answer.etag(), line.clock().instant());
            return keep ? keep(path, language, now, parser, age) : seen(now, parser, Trouble.NONE, "");
        }
        if (answer.status() == 401) {
            Trouble trouble = answer.fresh() ? Trouble.FRESH_SIGN_IN : Trouble.SIGN_IN;
            return none(trouble, answer.detail()); // whoever cannot sign in is not shown what somebody saw
        }
        if (answer.later()) {
            return before.map(k -> seen(k, parser, Trouble.SERVER, answer.detail())).orElseGet(() -> none(Trouble.SERVER, answer.detail()));
        }
        vault.remove(name(path, language));
        return none(Trouble.GONE, answer.detail());
    }

    /** Forgets what was seen, so that nothing old is shown after it was changed. */
    public void forget(String path, String language) {
        vault.remove(name(path, language));
    }

    /** Forgets everything that was seen. */
    public void forget() {
        vault.wipe();
    }

    private <T> Seen<T> keep(String path, String language, Kept now, Parser<T> parser, long age) {
        Seen<T> seen = seen(now, parser, Trouble.NONE, "");
        if (seen.trouble() == Trouble.NONE) {
            try {
                vault.put(name(path, language), now.json(), age);
            } catch (Vault.VaultException e) {
                forget(path, language); // a full phone shows it all the same, and nothing older without a line
            }
        }
        return seen;
    }

    private static <T> Seen<T> seen(Kept kept, Parser<T> parser, Trouble trouble, String detail) {
        try {
            return new Seen<>(Optional.of(parser.parse(kept.body())), kept.asAt(), kept.etag(), trouble, detail);
        } catch (JsonParseException | IllegalArgumentException | DateTimeException e) {
            return none(Trouble.NOT_UNDERSTOOD, "");
        }
    }

    private static <T> Seen<T> none(Trouble trouble, String detail) {
        return new Seen<>(Optional.empty(), null, null, trouble, detail);
    }

    private Optional<Kept> kept(String path, String language) {
        Optional<Kept> kept;
        try {
            kept = vault.get(name(path, language)).map(Kept::of);
        } catch (Vault.VaultException e) {
            return Optional.empty(); // it is read anew
        }
        if (kept.isPresent() && kept.get().asAt().plus(this.kept).isBefore(line.clock().instant())) {
            vault.remove(name(path, language));
            return Optional.empty();
        }
        return kept;
    }

    private static String name(String path, String language) {
        return "read " + language + " " + path;
    }

    private record Kept(String body, String etag, Instant asAt) {
        static Kept of(String json) {
            JsonObject o = JsonParser.parseString(json).getAsJsonObject();
            return new Kept(o.get("body").getAsString(), o.has("etag") ? o.get("etag").getAsString() : null,
                    Instant.ofEpochMilli(o.get("as_at").getAsLong()));
        }

        String json() {
            JsonObject o = new JsonObject();
            o.addProperty("body", body);
            if (etag != null) {
                o.addProperty("etag", etag);
            }
            o.addProperty("as_at", asAt.toEpochMilli());
            return o.toString();
        }
    }
}
