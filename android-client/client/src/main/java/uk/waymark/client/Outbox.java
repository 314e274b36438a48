package uk.waymark.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import uk.waymark.client.Written.State;

/**
 * What a person wrote, kept sealed until the server has it. It is sent in the order in which it was written, each once: whatever makes
 * something carries one {@code Idempotency-Key} however often it is sent, and whatever changes something says which version it
 * changes. Nothing that was written is dropped but by the person, or by leaving.
 */
public final class Outbox {
    private static final String NAME = "outbox";
    /** For how long the server knows a key (24 hours), with an hour to spare for clocks. */
    private static final Duration KEY_KNOWN = Duration.ofHours(23);
    /** For how long the server keeps a file that went with nothing. */
    private static final Duration FILE_WAITS = Duration.ofDays(1);
    private static final int SENT_KEPT = 20;
    private static final int LONGEST_NAME = 1000;
    private static final String FAILED = "outbox failed";
    /** Of which files bytes may be kept that no row names. */
    private static final String SEALING = "outbox sealing";
    /** After how many failures of the server over one thing the others do not wait for it any more. */
    private static final int ENOUGH = 3;

    private final Line line;
    private final Reads reads;
    private final Object sending = new Object();
    private final Set<String> underWay = new HashSet<>(); // files that are being sealed now

    /** How sending went. */
    public enum Outcome {
        /** Nothing waits that could be sent. */
        DONE,
        /** There is no line, or the server asks to come later. */
        LATER,
        /** Nobody is signed in any more. */
        SIGN_IN
    }

    /** @param reads what was seen: what is written anew is not shown again as it was */
    public Outbox(Line line, Reads reads) {
        this.line = line;
        this.reads = reads;
    }

    /** Everything that is kept, in the order in which it was written. */
    public List<Written> all() {
        synchronized (line.vault()) {
            List<Written> all = new ArrayList<>();
            line.vault().get(NAME).ifPresent(text -> JsonParser.parseString(text).getAsJsonArray()
                    .forEach(e -> all.add(Written.of(e.getAsJsonObject()))));
            return all;
        }
    }

    public Optional<Written> find(String id) {
        return all().stream().filter(w -> w.id().equals(id)).findFirst();
    }

    /** How many are only on this device. */
    public int unsent() {
        return (int) all().stream().filter(Written::unsent).count();
    }

    /** Keeps something that makes something new. */
    public Written make(String what, String path, String body) {
        return add(Written.of(UUID.randomUUID().toString(), what, "POST", path, body, null, null, line.clock().instant()));
    }

    /**
     * Keeps a file that goes with something. Its bytes are sealed beside, and are gone once the server has them or it is dropped. It may
     * take seconds.
     *
     * @param path makes it
     * @param name what it is called
     * @param type its Content-Type
     * @return what is to be named, by {@link Written#named}, in the body of what it goes with
     */
    public Written file(String path, String name, String type, byte[] bytes) {
        JsonObject about = new JsonObject();
        about.addProperty("name", name);
        about.addProperty("type", type);
        Written file = Written.of(UUID.randomUUID().toString(), Written.FILE, "POST", path, about.toString(), null, null, line.clock().instant());
        long begun = line.vault().age();
        try {
            synchronized (line.vault()) {
                if (begun != line.vault().age()) {
                    return file;
                }
                underWay.add(file.id());
                sealing(file.id());
            }
            line.vault().putBytes(bytes(file.id()), bytes, begun);
            synchronized (line.vault()) {
                return begun == line.vault().age() ? add(file) : file; // whoever has left meanwhile leaves nothing
            }
        } finally {
            synchronized (line.vault()) {
                underWay.remove(file.id());
                tidy(); // whether it is there now, or the phone is full
            }
        }
    }

    /** From here on bytes of it may be there which no row names, also where the phone ends the app before one does. */
    private void sealing(String id) {
        line.vault().put(SEALING, line.vault().get(SEALING).map(ids -> ids + " " + id).orElse(id));
    }

    /**
     * Removes the bytes of files that nothing here names any more: of those that were being sealed, or were just taken, when the phone
     * ended the app or had no room left. What cannot be removed now goes the next time.
     */
    public void tidy() {
        synchronized (line.vault()) {
            try {
                List<Written> all = all();
                all.stream().filter(w -> w.what().equals(Written.FILE) && !w.unsent()).forEach(w -> line.vault().remove(bytes(w.id())));
                Optional<String> ids = line.vault().get(SEALING);
                if (!ids.isPresent()) {
                    return;
                }
                List<String> left = new ArrayList<>();
                for (String id : ids.get().split(" ")) {
                    if (underWay.contains(id)) {
                        left.add(id);
                    } else if (all.stream().noneMatch(w -> w.id().equals(id) && w.unsent())) {
                        line.vault().remove(bytes(id));
                    }
                }
                if (left.isEmpty()) {
                    line.vault().remove(SEALING);
                } else {
                    line.vault().put(SEALING, String.join(" ", left));
                }
            } catch (Vault.VaultException e) {
                return; // it is known still which they are
            }
        }
    }

    private static String bytes(String id) {
        return "file " + id;
    }

    /**
     * Keeps a change. Where one of the same thing waits that was never sent, it takes that one's place: only the newest text matters. Where
     * one is in conflict, it is what the person says now in that conflict, and waits for them to decide.
     *
     * @param match the version that the person saw; null where the server asks for none, or {@code after} makes it
     * @param after the id of the {@link Written} that makes it, while that is not sent; null for none
     */
    public Written change(String what, String path, String body, String match, String after) {
        synchronized (line.vault()) {
            List<Written> all = all();
            Written change = Written.of(UUID.randomUUID().toString(), what, "PUT", path, body, match, after, line.clock().instant());
            for (int i = all.size() - 1; i >= 0; i--) {
                Written w = all.get(i);
                if (!w.sameThing(change)) {
                    continue;
                }
                boolean undecided = w.state() == State.CONFLICT && w.method().equals("PUT");
                if (undecided || w.state() == State.WAITING && w.tried() == null) {
                    all.set(i, undecided ? w.typed(body) : w.saying(body));
                    keep(all);
                    return all.get(i);
                }
                if (w.state() == State.SENT && match == null && after != null) {
                    change = change.matching(w.match()); // the version that came of it
                }
                break;
            }
            return add(change);
        }
    }

    /** Keeps that something is to be taken away. */
    public Written remove(String what, String path) {
        return add(Written.of(UUID.randomUUID().toString(), what, "DELETE", path, "", null, null, line.clock().instant()));
    }

    /** The person has put both texts together, or has chosen one: this is what they want there now. */
    public void settle(String id, String body) {
        synchronized (line.vault()) {
            fold(id);
            each(w -> w.id().equals(id) && w.state() == State.CONFLICT ? w.saying(body) : w);
        }
    }

    /** The person goes on with their own text of a conflict, and has not decided yet. */
    public void hold(String id, String body) {
        each(w -> w.id().equals(id) && w.state() == State.CONFLICT ? w.typed(body) : w);
    }

    /** The person wants it sent again, having seen that it is not there; under a new key. */
    public void again(String id) {
        String next = UUID.randomUUID().toString();
        synchronized (line.vault()) {
            line.vault().bytes(bytes(id)).ifPresent(file -> {
                sealing(id + " " + next);
                line.vault().putBytes(bytes(next), file, line.vault().age());
            });
            each(w -> w.id().equals(id) && w.state() == State.UNSURE
                    ? Written.of(next, w.what(), w.method(), w.path(), w.body(), w.match(), w.after(), line.clock().instant())
                    : w.naming(id, next));
            tidy(); // of the two that are there now, one is named
        }
    }

    /** The person is done with it. */
    public void drop(String id) {
        synchronized (line.vault()) {
            List<Written> all = all();
            all.removeIf(w -> w.id().equals(id));
            line.vault().remove(bytes(id));
            keep(all);
        }
    }

    /** How sending one of them went. */
    private enum Step {
        DONE, LATER, SIGN_IN,
        /** The server failed over this one, more often than a server does that is only being started again. */
        STUCK
    }

    /**
     * Sends what waits, one after the other. Two threads do not send at once. Where the server fails over one of them again and again, those
     * that do not need it go before it; where it fails over the next one too, it is the server.
     */
    public Outcome send() {
        synchronized (sending) {
            long age = line.vault().age();
            List<String> done = new ArrayList<>();
            Outcome outcome = Outcome.DONE;
            while (line.vault().age() == age) {
                Optional<Written> next = next(done);
                if (!next.isPresent()) {
                    return outcome;
                }
                done.add(next.get().id());
                switch (send(next.get())) {
                    case DONE -> { }
                    case STUCK -> outcome = Outcome.LATER;
                    case LATER -> {
                        return Outcome.LATER;
                    }
                    case SIGN_IN -> {
                        return Outcome.SIGN_IN;
                    }
                }
            }
            return Outcome.DONE; // it was all wiped meanwhile
        }
    }

    /** The same may be taken later. @param age of the vault when it was sent */
    private Step later(Written w, Answer answer, long age) {
        boolean failed = answer.status() >= 500 && answer.status() != 503; // 503 is said of the whole server
        return failed && stuck(w.id(), age) ? Step.STUCK : Step.LATER;
    }

    /** The server has failed over it once more; whether that is enough. */
    private boolean stuck(String id, long age) {
        synchronized (line.vault()) {
            JsonObject before = line.vault().get(FAILED).map(text -> JsonParser.parseString(text).getAsJsonObject()).orElse(new JsonObject());
            JsonObject now = new JsonObject();
            all().stream().filter(w -> w.state() == State.WAITING && before.has(w.id())).forEach(w -> now.add(w.id(), before.get(w.id())));
            int times = (now.has(id) ? now.get(id).getAsInt() : 0) + 1;
            now.addProperty(id, times);
            line.vault().put(FAILED, now.toString(), age);
            return times > ENOUGH;
        }
    }

    /** The first that can go now; marks it as tried, so that nothing is written into it from here on. */
    private Optional<Written> next(List<String> done) {
        synchronized (line.vault()) {
            List<Written> all = all();
            Instant now = line.clock().instant();
            for (int n = 0; n < all.size(); n++) {
                int i = n;
                Written w = all.get(i);
                if (w.state() != State.WAITING || done.contains(w.id()) || held(w, all.subList(0, i))) {
                    continue;
                }
                if (w.method().equals("POST") && w.tried() != null && w.tried().plus(KEY_KNOWN).isBefore(now)) {
                    all.set(i, w.with(State.UNSURE, ""));
                    keep(all);
                    continue;
                }
                Optional<Written> maker = maker(w, all);
                if (w.after() != null && !maker.isPresent()) {
                    all.set(i, w.with(State.REFUSED, ""));
                    keep(all);
                    continue;
                }
                if (maker.isPresent() && maker.get().state() != State.SENT) {
                    continue; // it waits for what makes it, or for the person to decide about that
                }
                Optional<Written> lost = w.files().stream().map(id -> find(all, id)).filter(f -> f.state() != State.SENT).findFirst();
                if (lost.isPresent()) {
                    if (lost.get().state() == State.REFUSED) { // the words are kept, for the person to send without it
                        all.set(i, w.with(State.REFUSED, lost.get().words()));
                        keep(all);
                    }
                    continue;
                }
                all.set(i, w.begun(now));
                keep(all);
                Written filled = all.get(i).withFiles(id -> find(all, id).made());
                return Optional.of(maker.map(m -> filled.at(m.made())).orElse(filled));
            }
            return Optional.empty();
        }
    }

    /** A file that something names; one that is not kept any more counts as refused. */
    private static Written find(List<Written> all, String id) {
        return all.stream().filter(f -> f.id().equals(id)).findFirst()
                .orElseGet(() -> Written.of(id, Written.FILE, "POST", "", "", null, null, Instant.EPOCH).with(State.REFUSED, ""));
    }

    private static Optional<Written> maker(Written w, List<Written> all) {
        return all.stream().filter(m -> m.id().equals(w.after())).findFirst();
    }

    /** Whether an earlier change of the same thing has to be settled first. */
    private static boolean held(Written w, List<Written> before) {
        return before.stream().anyMatch(b -> b.method().equals("PUT") && b.sameThing(w)
                && (b.state() == State.WAITING || b.state() == State.CONFLICT));
    }

    private Step send(Written w) {
        long age = line.vault().age();
        try {
            Request.Builder request = line.request(w.path());
            if (!w.what().equals(Written.FILE)) {
                request.method(w.method(), w.method().equals("DELETE") ? null : Line.json(w.body()));
            } else if (!attach(request, w)) {
                become(w.id(), kept -> kept.with(State.REFUSED, ""));
                return Step.DONE;
            }
            if (w.method().equals("POST")) {
                request.header("Idempotency-Key", w.id());
            }
            if (w.match() != null) {
                request.header("If-Match", w.match());
            }
            Answer answer = line.askSignedIn(request.build());
            if (answer.status() == 401) {
                return Step.SIGN_IN;
            }
            if (answer.later() || answer.status() == 409 && answer.retryAfter() > 0) {
                return later(w, answer, age);
            }
            if (answer.status() == 412) {
                return conflict(w, answer, age);
            }
            if (answer.ok()) {
                took(w, answer);
            } else {
                become(w.id(), kept -> kept.with(State.REFUSED, answer.detail()));
            }
            return Step.DONE;
        } catch (IOException e) {
            return Step.LATER;
        }
    }

    /** Puts the bytes and the name of a file into a request. False where they cannot be read any more. */
    private boolean attach(Request.Builder request, Written w) throws IOException {
        Optional<byte[]> bytes = line.vault().bytes(bytes(w.id()));
        if (!bytes.isPresent()) {
            return false;
        }
        JsonObject about = JsonParser.parseString(w.body()).getAsJsonObject();
        request.header("File-Name", encoded(about.get("name").getAsString()))
                .post(RequestBody.create(bytes.get(), MediaType.get(about.get("type").getAsString())));
        return true;
    }

    /** Percent-encoded, as long as a header takes it. */
    private static String encoded(String name) throws IOException {
        String whole = name;
        while (true) {
            String encoded = URLEncoder.encode(whole, "UTF-8").replace("+", "%20");
            if (encoded.length() <= LONGEST_NAME) {
                return encoded;
            }
            whole = whole.substring(whole.offsetByCodePoints(0, 1)); // its ending says what it is
        }
    }

    /** Another text stands there: what was written behind it meanwhile is the person's newest, and is what has to be decided about. */
    private void disagree(String id, String stands, String version) {
        synchronized (line.vault()) {
            each(w -> w.id().equals(id) ? w.conflict(stands, version) : w);
            fold(id);
        }
    }

    /** Puts the newest text that waits behind a conflict into it: there is one row of a thing that is undecided, and nothing older follows. */
    private void fold(String id) {
        List<Written> all = all();
        Optional<Written> conflict = all.stream().filter(w -> w.id().equals(id) && w.state() == State.CONFLICT).findFirst();
        if (!conflict.isPresent()) {
            return;
        }
        List<Written> behind = all.subList(all.indexOf(conflict.get()) + 1, all.size()).stream()
                .filter(w -> w.state() == State.WAITING && w.method().equals("PUT") && w.sameThing(conflict.get())).collect(Collectors.toList());
        if (behind.isEmpty()) {
            return;
        }
        all.removeAll(behind);
        all.replaceAll(w -> w.id().equals(id) ? w.typed(behind.get(behind.size() - 1).body()) : w);
        keep(all);
    }

    /**
     * What stands there now is in the answer or is read, so that both can be shown; until it could be, nothing is decided. Where it
     * opens with a new sign-in only, it is a conflict all the same, so that nothing else waits for that.
     */
    private Step conflict(Written w, Answer refusal, long age) throws IOException {
        if (refusal.object().has("present") && refusal.etag() != null) {
            disagree(w.id(), refusal.object().get("present").toString(), refusal.etag());
            return Step.DONE;
        }
        Answer stands = line.askSignedIn(line.request(w.path()).build());
        if (stands.fresh()) {
            disagree(w.id(), null, null);
            return Step.DONE;
        }
        if (stands.status() == 401) {
            return Step.SIGN_IN;
        }
        if (stands.later()) {
            return later(w, stands, age);
        }
        if (!stands.ok()) { // it is gone, or not the person's any more: nothing stands there to decide about
            become(w.id(), kept -> kept.with(State.REFUSED, stands.detail().isEmpty() ? refusal.detail() : stands.detail()));
            return Step.DONE;
        }
        disagree(w.id(), stands.body(), stands.etag());
        return Step.DONE;
    }

    /** What stands there of a conflict could be read only later. @param stands JSON; @param version its {@code ETag} */
    public void saw(String id, String stands, String version) {
        each(w -> w.id().equals(id) && w.state() == State.CONFLICT ? w.conflict(stands, version) : w);
    }

    private void took(Written w, Answer answer) {
        String words = answer.text("next").isEmpty() ? answer.text("state_words") : answer.text("next");
        String made = answer.text("id");
        if (w.what().equals(Written.FILE) && answer.text("state").equals("refused")) {
            become(w.id(), kept -> kept.with(State.REFUSED, answer.text("reason")));
            line.vault().remove(bytes(w.id()));
            return;
        }
        List<String> along = find(w.id()).map(Written::files).orElse(List.of());
        JsonElement pointed = answer.object().get("notices");
        String notices = pointed != null && pointed.isJsonArray() && pointed.getAsJsonArray().size() > 0 ? pointed.toString() : null;
        each(other -> {
            if (other.id().equals(w.id())) {
                return other.sent(words, made, answer.etag(), notices);
            }
            boolean next = other.state() == State.WAITING && (other.sameThing(w) || other.after() != null && other.after().equals(w.after()));
            return next && answer.etag() != null ? other.matching(answer.etag()) : other;
        });
        if (w.what().equals(Written.FILE)) {
            line.vault().remove(bytes(w.id())); // not before: without them it could not be asked about again
        }
        along.forEach(this::drop);
        if (w.method().equals("PUT")) { // what was read before is not shown again as if it still stood there
            reads.forget(w.path(), "en");
            reads.forget(w.path(), "cy");
        }
    }

    private Written add(Written written) {
        synchronized (line.vault()) {
            List<Written> all = all();
            all.add(written);
            keep(all);
            return written;
        }
    }

    private void become(String id, UnaryOperator<Written> change) {
        each(w -> w.id().equals(id) ? change.apply(w) : w);
    }

    private void each(UnaryOperator<Written> change) {
        synchronized (line.vault()) {
            List<Written> all = all();
            all.replaceAll(change);
            keep(all);
        }
    }

    /** Whether it is a file that the server keeps for a message which is not written yet. */
    private boolean awaited(Written w) {
        return w.what().equals(Written.FILE) && w.at().plus(FILE_WAITS).isAfter(line.clock().instant());
    }

    private void keep(List<Written> all) {
        List<Written> sent = all.stream().filter(w -> !w.unsent() && !awaited(w)).collect(Collectors.toList());
        for (Written w : sent.subList(0, Math.max(0, sent.size() - SENT_KEPT))) {
            if (all.stream().noneMatch(o -> o.unsent() && (w.id().equals(o.after()) || o.files().contains(w.id())))) {
                all.remove(w);
            }
        }
        if (all.isEmpty()) {
            line.vault().remove(NAME);
            return;
        }
        JsonArray array = new JsonArray();
        all.forEach(w -> array.add(w.json()));
        line.vault().put(NAME, array.toString());
    }
}
