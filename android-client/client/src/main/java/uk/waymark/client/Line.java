package uk.waymark.client;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.CertificatePinner;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The line to a force's server: TLS, pins, who is signed in. Whatever it is asked it asks at most twice, the second time with new tokens. */
public final class Line {
    static final MediaType JSON = MediaType.get("application/json");
    private static final long AHEAD = 30; // seconds before its end from which a token is not used any more
    private static final int LARGE = 50_000; // bytes from which it may take minutes on a bad line

    private final Force force;
    private final OkHttpClient http;
    private final OkHttpClient patient;
    private final Vault vault;
    private final Session session;
    private final Clock clock;
    private volatile String language;

    public Line(Force force, Vault vault, Session session, Clock clock) {
        this(force, client(force, LocalDate.now(clock.withZone(ZoneOffset.UTC))), vault, session, clock);
    }

    Line(Force force, OkHttpClient http, Vault vault, Session session, Clock clock) {
        this.force = force;
        this.http = http.newBuilder().addNetworkInterceptor(chain -> {
            Left left = chain.request().tag(Left.class);
            if (left != null) {
                left.left = true;
            }
            return chain.proceed(chain.request());
        }).build();
        this.patient = this.http.newBuilder().callTimeout(10, TimeUnit.MINUTES).build();
        this.vault = vault;
        this.session = session;
        this.clock = clock;
    }

    /** @param today the day by which the pins hold or have ended */
    static OkHttpClient client(Force force, LocalDate today) {
        CertificatePinner.Builder pins = new CertificatePinner.Builder();
        if (force.pinsUntil() != null && !today.isAfter(force.pinsUntil())) {
            force.pins().forEach(pin -> pins.add(force.address().host(), pin));
        }
        return new OkHttpClient.Builder()
                .connectionSpecs(List.of(force.address().isHttps() ? ConnectionSpec.MODERN_TLS : ConnectionSpec.CLEARTEXT))
                .certificatePinner(pins.build())
                .followRedirects(false) // nothing that was said to this server is said to another
                .cache(null)
                .retryOnConnectionFailure(true)
                .connectTimeout(15, TimeUnit.SECONDS).readTimeout(30, TimeUnit.SECONDS).writeTimeout(30, TimeUnit.SECONDS)
                .callTimeout(90, TimeUnit.SECONDS)
                .build();
    }

    Vault vault() {
        return vault;
    }

    Clock clock() {
        return clock;
    }

    /** Ends whatever is being asked: nobody waits for it any more, and it stands in nobody's way. */
    public void cancel() {
        http.dispatcher().cancelAll(); // the patient one's too: they share it
    }

    /** Whether something that is asked may be with the server: it goes with the request, as its tag. */
    static final class Left {
        private volatile boolean left;

        /** False as long as there was no connection on which it could go, and where all that it came to was that nobody is signed in. */
        boolean left() {
            return left;
        }
    }

    /** A request to this server. @param path such as {@code /v1/me}, with its query */
    Request.Builder request(String path) {
        // both: where a good answer has no body, what is refused is all that there is to accept, and the first alone is 406
        return new Request.Builder().url(url(path)).header("Accept", "application/json, application/problem+json");
    }

    HttpUrl url(String path) {
        HttpUrl url = force.address().resolve(path);
        if (url == null || !url.host().equals(force.address().host())) {
            throw new IllegalArgumentException("not a path of this server");
        }
        return url;
    }

    static RequestBody json(String text) {
        return RequestBody.create(text, JSON);
    }

    /** In which language answers are wanted where a request does not say so itself. @param language {@code en} or {@code cy} */
    public void speak(String language) {
        this.language = language;
    }

    /** Asks without a token. */
    Answer ask(Request request) throws IOException {
        return ask(request, null);
    }

    private Answer ask(Request request, byte[][] file) throws IOException {
        boolean large = file != null || request.body() != null && request.body().contentLength() > LARGE;
        try (Response response = (large ? patient : http).newCall(request).execute()) {
            if (file != null && response.isSuccessful() && response.body() != null) {
                file[0] = response.body().bytes();
                return new Answer(response.code(), "", response.header("ETag"), 0, false);
            }
            return Answer.of(response);
        }
    }

    /**
     * Asks as who is signed in, with new tokens where the old ones have run out.
     *
     * @return the answer; 401 where nobody is signed in any more
     */
    Answer askSignedIn(Request request) throws IOException {
        return askSignedIn(request, null);
    }

    /** @param file where the bytes of a good answer go; null for a text */
    private Answer askSignedIn(Request request, byte[][] file) throws IOException {
        long age = vault.age();
        Optional<Session.Tokens> tokens = session.tokens();
        if (tokens.isPresent() && !clock.instant().plusSeconds(AHEAD).isBefore(tokens.get().until())) {
            tokens = refreshed(tokens.get(), age);
        }
        if (!tokens.isPresent()) {
            return new Answer(401, "", null, 0, false);
        }
        Answer answer = ask(as(tokens.get(), request), file);
        if (answer.status() != 401 || answer.fresh()) {
            return answer;
        }
        Left left = request.tag(Left.class);
        if (left != null) {
            left.left = false;
        }
        Optional<Session.Tokens> again = refreshed(tokens.get(), age);
        return again.isPresent() ? ask(as(again.get(), request), file) : answer;
    }

    private Request as(Session.Tokens tokens, Request request) {
        Request.Builder signed = request.newBuilder().header("Authorization", "Bearer " + tokens.access());
        if (language != null && request.header("Accept-Language") == null) {
            signed.header("Accept-Language", language);
        }
        return signed.build();
    }

    /**
     * A refresh token works once, so one thread at a time refreshes and the others take what it got. Where the answer is lost, the same
     * exchange is asked for again when there is a line.
     *
     * @param age of the vault when it was asked: what was begun before somebody left is not asked as who came after
     */
    private synchronized Optional<Session.Tokens> refreshed(Session.Tokens old, long age) throws IOException {
        Optional<Session.Tokens> now = vault.age() == age ? session.tokens() : Optional.empty();
        if (!now.isPresent() || !now.get().access().equals(old.access())) {
            return now;
        }
        JsonObject body = new JsonObject();
        body.addProperty("refresh_token", old.refresh());
        body.addProperty("attempt", session.attempt(old, age));
        Answer answer = ask(request("/v1/sign-in/refreshes").post(json(body.toString())).build());
        if (answer.ok()) {
            Session.Tokens tokens = tokens(answer);
            return session.keep(tokens, age) ? Optional.of(tokens) : Optional.empty();
        }
        if (answer.status() == 401) {
            session.end(); // over; what is kept to be sent waits for the next sign-in
            return Optional.empty();
        }
        throw new IOException("no new tokens: " + answer.status());
    }

    Session.Tokens tokens(Answer answer) {
        JsonObject o = answer.object();
        Instant until = clock.instant().plusSeconds(o.get("expires_in").getAsLong());
        return new Session.Tokens(o.get("access_token").getAsString(), o.get("refresh_token").getAsString(), until);
    }

    /** Reads something that is not to be kept here. */
    public Answer get(String path, String language) throws IOException {
        return askSignedIn(request(path).header("Accept-Language", language).build());
    }

    /** Changes something at once. @param match the version that was read; null where none is asked for */
    public Answer put(String path, String body, String match, String language) throws IOException {
        Request.Builder request = request(path).header("Accept-Language", language).put(json(body));
        if (match != null) {
            request.header("If-Match", match);
        }
        return askSignedIn(request.build());
    }

    /** Asks for something at once that needs no words. */
    public Answer post(String path) throws IOException {
        return askSignedIn(request(path).post(RequestBody.create(new byte[0], null)).build());
    }

    /** Does something at once that cannot wait for a line, such as signing. @param match the version that was read; null for none */
    public Answer post(String path, String body, String match, String language) throws IOException {
        Request.Builder request = request(path).header("Accept-Language", language).post(json(body));
        if (match != null) {
            request.header("If-Match", match);
        }
        return askSignedIn(request.build());
    }

    /** Makes something at once, once however often it is asked. @param key new for each thing, the same when it is asked again */
    public Answer make(String path, String body, String key, String language) throws IOException {
        return askSignedIn(request(path).header("Accept-Language", language).header("Idempotency-Key", key).post(json(body)).build());
    }

    /** Takes a file: a document or an archive. Nothing of it is kept here. */
    public Fetched fetch(String path, String language) throws IOException {
        byte[][] file = new byte[1][];
        Answer answer = askSignedIn(request(path).header("Accept-Language", language).header("Accept", "*/*").build(), file);
        return new Fetched(answer, file[0]);
    }

    /**
     * What came of asking for a file.
     *
     * @param answer what the server said; its body is empty where the file came
     * @param file null where none came
     */
    public record Fetched(Answer answer, byte[] file) {}

    /** Ends something at once. */
    public Answer delete(String path) throws IOException {
        return delete(path, null);
    }

    /** Ends something at once, if it is still what was read. @param match the version that was read; null for none */
    public Answer delete(String path, String match) throws IOException {
        Request.Builder request = request(path).delete();
        if (match != null) {
            request.header("If-Match", match);
        }
        return askSignedIn(request.build());
    }

    /** Whether a sign-in is kept on this device. */
    public boolean signedIn() {
        return session.tokens().isPresent();
    }

    /** Whether it can ask without new tokens, so that asking makes no sign-in last longer. */
    public boolean ready() {
        return session.tokens().filter(t -> clock.instant().plusSeconds(AHEAD).isBefore(t.until())).isPresent();
    }
}
