package uk.waymark.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that a person wrote and that is to reach the server, or what became of it.
 *
 * @param id its own; also the {@code Idempotency-Key}, so that the server makes one thing of it however often it comes
 * @param what what it is, in the app's words: {@code statement}, {@code attendance}, {@code call_back}, {@code message}
 * @param method {@code POST}, {@code PUT} or {@code DELETE}
 * @param path such as {@code /v1/me/statements/{made}}: {@code {made}} is the id of what the one in {@code after} makes
 * @param body its JSON
 * @param match the version that it changes; null where it makes something or needs none
 * @param after which one has to be sent before, since it makes what this one changes; null for none
 * @param at when it was written, by the device's clock
 * @param tried when it was first sent; null where it never was, or never left this device. From then on it may be with the server, and is not changed
 * @param words the server's words about it: what happens next, or why not
 * @param theirs of a conflict, what stands on the server, as JSON; null where it opens with a new sign-in only. Of what was sent, the
 *        places that the server points at, as a JSON array; null for none
 * @param made the id of what it made
 */
public record Written(String id, String what, String method, String path, String body, String match, String after, Instant at,
        Instant tried, State state, String words, String theirs, String made) {

    /** What became of it. */
    public enum State {
        /** It is kept here until there is a line. */
        WAITING,
        /** The server has it, once. */
        SENT,
        /** The server did not take it, and {@code words} says why; it is kept here. */
        REFUSED,
        /** Meanwhile something else was written there: both are kept, and the person decides. */
        CONFLICT,
        /** It was sent and no answer came for so long that sending it again might make it twice: the person looks and decides. */
        UNSURE
    }

    static final String MADE = "{made}";
    /** What a file is called in {@code what}; its {@code body} then says its name and type. */
    public static final String FILE = "file";
    private static final Pattern NAMED = Pattern.compile("\\{file:([0-9a-f-]{36})}");

    /** Something new. The arguments are those of the record. */
    public static Written of(String id, String what, String method, String path, String body, String match, String after, Instant at) {
        return new Written(id, what, method, path, body, match, after, at, null, State.WAITING, "", null, null);
    }

    /** Whether it is only on this device. */
    public boolean unsent() {
        return state != State.SENT;
    }

    /** Whether somebody says with it that they do not feel safe: it waits for nothing else that was written. */
    boolean urgent() {
        JsonElement said = what.equals("call_back") && method.equals("POST") && unsent() ? JsonParser.parseString(body) : JsonNull.INSTANCE;
        return said.isJsonObject() && said.getAsJsonObject().has("reason")
                && said.getAsJsonObject().get("reason").getAsString().equals("not_safe");
    }

    Written with(State now, String serversWords) {
        return new Written(id, what, method, path, body, match, after, at, tried, now, serversWords, theirs, made);
    }

    /** The text has gone where it belongs and is not kept here; {@code match} is the version that came of it. */
    Written sent(String serversWords, String id, String version, String notices) {
        return new Written(this.id, what, method, path, "", version, after, at, tried, State.SENT, serversWords, notices, id);
    }

    Written conflict(String stands, String version) {
        return new Written(id, what, method, path, body, version, after, at, tried, State.CONFLICT, "", stands, made);
    }

    /** The same with other words, whatever became of it. */
    Written typed(String text) {
        return new Written(id, what, method, path, text, match, after, at, tried, state, words, theirs, made);
    }

    /** Whether both write the same thing, by its path or by what makes it. */
    boolean sameThing(Written other) {
        return id.equals(other.after) || other.id.equals(after)
                || method.equals("PUT") && other.method.equals("PUT") && path.equals(other.path) && Objects.equals(after, other.after);
    }

    /** With the id of what was made in its path. */
    Written at(String id) {
        return new Written(this.id, what, method, path.replace(MADE, id), body, match, after, at, tried, state, words, theirs, made);
    }

    /** How the body of something names a file that goes with it and may not be sent yet. */
    public static String named(String file) {
        return "{file:" + file + "}";
    }

    /** The files that go with it, by their own ids. */
    public List<String> files() {
        List<String> files = new ArrayList<>();
        Matcher named = NAMED.matcher(what.equals("message") && state != State.SENT ? filesOf(body) : "");
        while (named.find()) {
            files.add(named.group(1));
        }
        return files;
    }

    /** Only what stands in the list of files: a person may write anything at all in a message. */
    private static String filesOf(String body) {
        JsonElement list = JsonParser.parseString(body).getAsJsonObject().get("attachment_ids");
        return list == null ? "" : list.toString();
    }

    /** With what the server calls its files. */
    Written withFiles(UnaryOperator<String> made) {
        if (files().isEmpty()) {
            return this;
        }
        JsonObject message = JsonParser.parseString(body).getAsJsonObject();
        JsonArray ids = new JsonArray();
        files().forEach(file -> ids.add(made.apply(file)));
        message.add("attachment_ids", ids);
        return new Written(id, what, method, path, message.toString(), match, after, at, tried, state, words, theirs, made());
    }

    /** With another name for a file that goes with it. */
    Written naming(String file, String now) {
        return !files().contains(file) ? this : new Written(id, what, method, path, body.replace(named(file), named(now)), match, after, at,
                tried, state, words, theirs, made);
    }

    Written begun(Instant when) {
        return new Written(id, what, method, path, body, match, after, at, tried == null ? when : tried, state, words, theirs, made);
    }

    /** As if it had never been sent. */
    Written untried() {
        return new Written(id, what, method, path, body, match, after, at, null, state, words, theirs, made);
    }

    /** It changes what was made already. @param id of that */
    Written changing(String id) {
        return new Written(this.id, what, method, path.replace(MADE, id), body, match, null, at, tried, state, words, theirs, made);
    }

    /** It makes itself what it would have changed. @param where that is made */
    Written making(String where) {
        return of(id, what, "POST", where, body, null, null, at);
    }

    Written matching(String version) {
        return new Written(id, what, method, path, body, version, after, at, tried, state, words, theirs, made);
    }

    Written saying(String text) {
        return new Written(id, what, method, path, text, match, after, at, tried, State.WAITING, "", null, made);
    }

    JsonObject json() {
        JsonObject o = new JsonObject();
        o.addProperty("id", id);
        o.addProperty("what", what);
        o.addProperty("method", method);
        o.addProperty("path", path);
        o.addProperty("body", body);
        o.addProperty("match", match);
        o.addProperty("after", after);
        o.addProperty("at", at.toEpochMilli());
        o.addProperty("tried", tried == null ? null : tried.toEpochMilli());
        o.addProperty("state", state.name());
        o.addProperty("words", words);
        o.addProperty("theirs", theirs);
        o.addProperty("made", made);
        return o;
    }

    static Written of(JsonObject o) {
        return new Written(text(o, "id"), text(o, "what"), text(o, "method"), text(o, "path"), text(o, "body"), text(o, "match"),
                text(o, "after"), Instant.ofEpochMilli(o.get("at").getAsLong()),
                o.get("tried") == null || o.get("tried").isJsonNull() ? null : Instant.ofEpochMilli(o.get("tried").getAsLong()),
                State.valueOf(text(o, "state")), text(o, "words"), text(o, "theirs"), text(o, "made"));
    }

    private static String text(JsonObject o, String field) {
        return o.get(field) == null || o.get(field).isJsonNull() ? null : o.get(field).getAsString();
    }
}
