package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import uk.waymark.messaging.ForceWords.WordsNow;
import uk.waymark.messaging.WordsProposals.Change;
import uk.waymark.messaging.WordsProposals.Proposal;
import uk.waymark.notifications.TemplateStore;
import uk.waymark.notifications.TemplateStore.Kept;
import uk.waymark.notifications.TemplateStore.Saved;
import uk.waymark.notifications.Wording;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.ProblemException;

/** Words are proposed by one person, approved by another, and brought back by anybody who may propose: docs/templates.md. */
@Singleton
final class WordsChanges {
    /** What a request calls the words that all forces share. */
    static final String SHIPPED = "shipped";

    private final ActingAs acting;
    private final ForceWords words;
    private final WordsProposals proposals;
    private final WordsItems items;
    private final TemplateStore store;
    private final Audit audit;
    private final CaseClock clock;

    WordsChanges(ActingAs acting, ForceWords words, WordsProposals proposals, WordsItems items, TemplateStore store, Audit audit,
                 CaseClock clock) {
        this.acting = acting;
        this.words = words;
        this.proposals = proposals;
        this.items = items;
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    /** The words in one language and variant. */
    record Words(String language, String variant, String text) { }

    /**
     * Keeps words until a second person has approved them, in place of others that wait; or only tries them. Words that are live
     * or wait already change nothing.
     *
     * @param reason or null
     * @throws ProblemException 404; 409 for words that are not a force's; 412, 428; 422 naming everything that is wrong
     */
    WordsNow propose(Caller.Staff staff, String name, List<Words> wanted, String reason, String ifMatch, boolean onlyTry) {
        return acting.as(staff, c -> {
            Optional<Proposal> waiting = onlyTry ? Optional.empty() : proposals.held(c, name);
            WordsNow now = words.now(c, staff, name);
            ForceWords.demand(name, ifMatch, now);
            Wording wording = store.own(name, now.latestOwn() + 1, texts(wanted));
            refuse(words.problems(staff, wording), wanted);
            if (now.live().own() && now.live().wording().texts().equals(wording.texts())) {
                return now;
            }
            if (onlyTry) {
                return now.with(new Kept(wording, true, clock.instant()));
            }
            if (waiting.isPresent() && waiting.get().texts().equals(wording.texts())) {
                return now;
            }
            waiting.ifPresent(p -> end(c, staff, p, WordsProposals.REPLACED, null));
            Proposal proposal = proposals.add(c, staff.force(), name, wording.texts(), reason, staff.subject(), staff.supervisor(),
                clock.instant()).orElseThrow(ForceWords::lostRace);
            items.waits(c, proposal);
            audit.record(c, staff, "template_proposed", null, null);
            return words.now(c, staff, name);
        });
    }

    /**
     * The words that wait go live, for what is enqueued from now on.
     *
     * @param proposal the one that was read
     * @throws ProblemException 404; 409 where it does not wait, is the caller's own, or may not be said any more; 412, 428
     */
    WordsNow approve(Caller.Staff staff, String name, UUID proposal, String ifMatch) {
        return acting.as(staff, c -> {
            Optional<Proposal> held = proposals.held(c, name);
            WordsNow now = words.now(c, staff, name);
            ForceWords.demand(name, ifMatch, now);
            Proposal p = held.filter(w -> w.id().equals(proposal)).orElseThrow(WordsChanges::nothingWaits);
            second(staff, p);
            Wording wording = allowed(staff, store.own(name, now.latestOwn() + 1, p.texts()));
            if (!(store.save(c, staff.force(), wording) instanceof Saved.Added)) {
                throw ForceWords.lostRace();
            }
            Instant at = clock.instant();
            proposals.end(c, p, WordsProposals.APPROVED, staff.subject(), at, null);
            proposals.changed(c, staff.force(), name, new Change(wording.version(), p.id(), null, null, staff.subject(), at));
            items.decided(c, p);
            audit.record(c, staff, "template_approved", null, null);
            return words.now(c, staff, name);
        });
    }

    /** Two people, one of them a supervisor. */
    private static void second(Caller.Staff staff, Proposal p) {
        if (p.proposedBy().equals(staff.subject())) {
            throw ProblemException.conflict("own-proposal", "You proposed these words",
                "Somebody else approves them: another supervisor or, where there is none, an administrator. You can withdraw them.");
        }
        if (!staff.supervisor() && !p.bySupervisor()) {
            throw ProblemException.conflict("supervisor-approves", "A supervisor approves these words",
                "An administrator proposed them, so a supervisor approves them.");
        }
    }

    /**
     * Nothing comes of the words that wait.
     *
     * @throws ProblemException 404; 409 where none wait; 412, 428
     */
    WordsNow withdraw(Caller.Staff staff, String name, String reason, String ifMatch) {
        return acting.as(staff, c -> {
            Optional<Proposal> held = proposals.held(c, name);
            ForceWords.demand(name, ifMatch, words.now(c, staff, name));
            end(c, staff, held.orElseThrow(WordsChanges::nothingWaits), WordsProposals.WITHDRAWN, reason);
            return words.now(c, staff, name);
        });
    }

    private void end(Connection c, Caller.Staff staff, Proposal p, String state, String reason) {
        proposals.end(c, p, state, staff.subject(), clock.instant(), reason);
        items.decided(c, p);
        audit.record(c, staff, "template_withdrawn", null, null);
    }

    private static ProblemException nothingWaits() {
        return ProblemException.conflict("nothing-waits", "These words do not wait to be approved",
            "They were approved, withdrawn or replaced meanwhile. Read the words again.");
    }

    /**
     * Brings words back that were live before, for what is enqueued from now on; the other supervisors are told. What waits to be
     * approved goes on waiting.
     *
     * @param to {@link #SHIPPED}, or a version of the force's own
     * @throws ProblemException 404; 409 where these words are live, or may not be said any more; 412, 428; 422 for a version that
     *     never was live
     */
    WordsNow rollBack(Caller.Staff staff, String name, String to, String reason, String ifMatch) {
        return acting.as(staff, c -> {
            WordsNow now = words.now(c, staff, name);
            ForceWords.demand(name, ifMatch, now);
            int next = now.latestOwn() + 1;
            boolean brought = to.equals(SHIPPED) ? now.live().own() && store.backToShared(c, staff.force(), name, next)
                : store.save(c, staff.force(), earlier(c, staff, now, Integer.parseInt(to), next)) instanceof Saved.Added;
            if (!brought) {
                throw now.live().own() || !to.equals(SHIPPED) ? ForceWords.lostRace() : live();
            }
            int backTo = to.equals(SHIPPED) ? WordsProposals.SHARED : Integer.parseInt(to);
            proposals.changed(c, staff.force(), name, new Change(next, null, backTo, reason, staff.subject(), clock.instant()));
            items.rolledBack(c, staff, name, next, to, reason);
            audit.record(c, staff, "template_rolled_back", null, null);
            return words.now(c, staff, name);
        });
    }

    private Wording earlier(Connection c, Caller.Staff staff, WordsNow now, int version, int next) {
        String name = now.live().wording().name();
        Wording then = store.ownVersions(c, staff.force(), name).stream()
            .filter(v -> v.wording().version() == version && !v.backToShared()).map(TemplateStore.OwnVersion::wording).findFirst()
            .orElseThrow(() -> ProblemException.unprocessable("/to", "No words of this number were live. Take one that versions has."));
        if (now.live().own() && now.live().wording().texts().equals(then.texts())) {
            throw live();
        }
        return allowed(staff, store.own(name, next, then.texts()));
    }

    private static ProblemException live() {
        return ProblemException.conflict("live-already", "These are the words that are said now", "There is nothing to bring back.");
    }

    /** By the rules as they stand today: they may be stricter than when the words were written. */
    private Wording allowed(Caller.Staff staff, Wording wording) {
        List<Wording.Problem> problems = words.problems(staff, wording);
        if (!problems.isEmpty()) {
            throw ProblemException.conflict("words-not-allowed", "These words may not be said any more",
                "Propose others. What is wrong: " + problems.stream().map(p -> p + ".").collect(Collectors.joining(" ")));
        }
        return wording;
    }

    private static Map<String, Map<String, String>> texts(List<Words> words) {
        var texts = new LinkedHashMap<String, Map<String, String>>();
        IntStream.range(0, words.size()).forEach(i -> {
            Words w = Objects.requireNonNull(words.get(i));
            if (texts.computeIfAbsent(w.language(), l -> new LinkedHashMap<>()).put(w.variant(), w.text()) != null) {
                throw ProblemException.unprocessable("/texts/" + i, "This language and variant is there twice.");
            }
        });
        return texts;
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
