package uk.waymark.messaging;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import uk.waymark.notifications.TemplateStore;
import uk.waymark.notifications.TemplateStore.Kept;
import uk.waymark.notifications.TemplateStore.Saved;
import uk.waymark.notifications.Wording;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.ETags;
import uk.waymark.platform.ProblemException;

/** Messages in a force's own words: read, tried and saved. */
@Singleton
final class ForceWords {
    /** Their messages belong to no force. */
    private static final Set<String> OF_NO_FORCE = Set.of("sign_in_code", "contact_confirmation");

    private final ActingAs acting;
    private final TemplateStore store;
    private final Audit audit;
    private final CaseClock clock;

    ForceWords(ActingAs acting, TemplateStore store, Audit audit, CaseClock clock) {
        this.acting = acting;
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    /** The words in one language and variant. */
    record Words(String language, String variant, String text) { }

    static String tag(Kept kept) {
        return ETags.of(kept.own() + ":" + kept.wording().version());
    }

    /** @throws ProblemException 404 */
    Kept read(Caller.Staff staff, String name) {
        return acting.as(staff, c -> current(c, staff, name));
    }

    private Kept current(Connection c, Caller.Staff staff, String name) {
        return store.current(c, staff.force(), name).orElseThrow(ProblemException::notFound);
    }

    /**
     * Saves a new version, unless it is only tried or the words are those that the force has already.
     *
     * @throws ProblemException 404; 409 for words that are not a force's; 412, 428; 422 naming everything that is wrong
     */
    Kept save(Caller.Staff staff, String name, List<Words> words, String ifMatch, boolean onlyTry) {
        return acting.as(staff, c -> {
            Kept known = current(c, staff, name);
            demand(name, ifMatch, known);
            int version = known.own() ? known.wording().version() + 1 : 1;
            Wording wording = store.own(name, version, texts(words));
            refuse(problems(staff, wording, words), words);
            if (known.own() && known.wording().texts().equals(wording.texts())) {
                return known;
            }
            if (!onlyTry) {
                if (!(store.save(c, staff.force(), wording) instanceof Saved.Added)) {
                    throw lostRace();
                }
                audit.record(c, staff, "template_saved", null, null);
            }
            return new Kept(wording, true, clock.instant());
        });
    }

    private static void demand(String name, String ifMatch, Kept known) {
        if (OF_NO_FORCE.contains(name)) {
            throw ProblemException.conflict("not-of-a-force", "These words are the same for all",
                "Messages with these words belong to no force, so none can change them.");
        }
        if (ifMatch == null) {
            throw ProblemException.of(HttpStatus.PRECONDITION_REQUIRED, "precondition-required", "Say what you have read",
                "Read the words first, and send their ETag as If-Match.");
        }
        if (!ETags.matches(ifMatch, tag(known))) {
            throw lostRace();
        }
    }

    private static ProblemException lostRace() {
        return ProblemException.of(HttpStatus.PRECONDITION_FAILED, "precondition-failed", "It has changed",
            "Somebody has changed this since you read it. Read it again and repeat your change.");
    }

    private static Map<String, Map<String, String>> texts(List<Words> words) {
        var texts = new LinkedHashMap<String, Map<String, String>>();
        IntStream.range(0, words.size()).forEach(i -> {
            Words w = words.get(i);
            if (texts.computeIfAbsent(w.language(), l -> new LinkedHashMap<>()).put(w.variant(), w.text()) != null) {
                throw ProblemException.unprocessable("/texts/" + i, "This language and variant is there twice.");
            }
        });
        return texts;
    }

    private List<Wording.Problem> problems(Caller.Staff staff, Wording wording, List<Words> words) {
        var problems = new ArrayList<>(store.problems(staff.force(), wording));
        words.forEach(w -> KeptOut.in(w.variant(), w.text())
            .forEach(what -> problems.add(new Wording.Problem("/texts/" + w.language() + "/" + w.variant(), what))));
        return problems;
    }

    private static void refuse(List<Wording.Problem> problems, List<Words> words) {
        if (!problems.isEmpty()) {
            throw ProblemException.unprocessable("Put right what errors names, and send it again.", problems.stream()
                .map(p -> Map.entry(pointer(p.pointer(), words), "This " + p.what() + ".")).toList());
        }
    }

    /** From a place in the wording to the place in what was sent. */
    private static String pointer(String inWording, List<Words> words) {
        Optional<Integer> sent = IntStream.range(0, words.size()).boxed().filter(i ->
            inWording.equals("/texts/" + words.get(i).language() + "/" + words.get(i).variant())).findFirst();
        return sent.map(i -> "/texts/" + i + "/text").orElse("/texts");
    }
}
