package uk.waymark.messaging;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import uk.waymark.messaging.WordsProposals.Proposal;
import uk.waymark.notifications.TemplateStore;
import uk.waymark.notifications.TemplateStore.Kept;
import uk.waymark.notifications.Templates;
import uk.waymark.notifications.Wording;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.ETags;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;

/** Messages in a force's own words: how they stand, and what such words have to keep to. */
@Singleton
final class ForceWords {
    /** Their messages belong to no force. */
    private static final Set<String> OF_NO_FORCE = Set.of("sign_in_code", "contact_confirmation");
    private static final Pattern FIELD = Pattern.compile("\\{([a-z0-9_]+)}");

    private final ActingAs acting;
    private final TemplateStore store;
    private final Templates templates;
    private final WordsProposals proposals;

    ForceWords(ActingAs acting, TemplateStore store, Templates templates, WordsProposals proposals) {
        this.acting = acting;
        this.store = store;
        this.templates = templates;
        this.proposals = proposals;
    }

    /**
     * How the words of a message stand.
     *
     * @param live      what messages are made with now
     * @param latestOwn the number of the newest version of the force's own, live or not; 0 for none
     * @param proposal  what waits to be approved, or null
     * @param withdrawn what was proposed last, where that was withdrawn; or null
     * @param price     of a segment, in pence; null where the force's file has none
     * @param tag       of all that somebody has to have read before they change it
     */
    record WordsNow(Kept live, int latestOwn, Proposal proposal, Proposal withdrawn, BigDecimal price, String tag) {
        /** The same, if these words were live. */
        WordsNow with(Kept others) {
            return new WordsNow(others, latestOwn, proposal, withdrawn, price, tag);
        }
    }

    /** @throws ProblemException 404 */
    WordsNow read(Caller.Staff staff, String name) {
        return acting.as(staff, c -> now(c, staff, name));
    }

    WordsNow now(Connection c, Caller.Staff staff, String name) {
        Kept live = store.current(c, staff.force(), name).orElseThrow(ProblemException::notFound);
        Proposal latest = proposals.latest(c, name).orElse(null);
        Proposal waits = latest != null && latest.waits() ? latest : null;
        int own = store.ownVersions(c, staff.force(), name).stream().mapToInt(v -> v.wording().version()).max().orElse(0);
        return new WordsNow(live, own, waits, latest != null && latest.state().equals(WordsProposals.WITHDRAWN) ? latest : null,
            Sql.one(c, "select segment_price_pence from waymark.force where id = ?", r -> r.getBigDecimal("segment_price_pence"),
                staff.force()).orElse(null),
            ETags.of("words " + live.own() + ':' + live.wording().version() + ':' + own + ':' + (waits == null ? "" : waits.id())));
    }

    /** @throws ProblemException 409 for words that are not a force's; 412, 428 */
    static void demand(String name, String ifMatch, WordsNow known) {
        if (OF_NO_FORCE.contains(name)) {
            throw ProblemException.conflict("not-of-a-force", "These words are the same for all",
                "Messages with these words belong to no force, so none can change them.");
        }
        if (ifMatch == null) {
            throw ProblemException.of(HttpStatus.PRECONDITION_REQUIRED, "precondition-required", "Say what you have read",
                "Read the words first, and send their ETag as If-Match.");
        }
        if (!ETags.matches(ifMatch, known.tag())) {
            throw lostRace();
        }
    }

    static ProblemException lostRace() {
        return ProblemException.of(HttpStatus.PRECONDITION_FAILED, "precondition-failed", "It has changed",
            "Somebody has changed this since you read it. Read it again and repeat your change.");
    }

    /**
     * Everything that is wrong with words as a force's own: lengths, languages and fields, what is kept out, and what those that
     * all share say and these do not.
     */
    List<Wording.Problem> problems(Caller.Staff staff, Wording wording) {
        var problems = new ArrayList<>(store.problems(staff.force(), wording));
        wording.texts().forEach((language, variants) -> variants.forEach((variant, text) -> {
            String at = "/texts/" + language + '/' + variant;
            KeptOut.in(variant, text).forEach(what -> problems.add(new Wording.Problem(at, what)));
            Set<String> missing = missing(wording.name(), language, variant, text);
            if (!missing.isEmpty()) {
                problems.add(new Wording.Problem(at, "says less than people have to be told: it lacks " + missing));
            }
        }));
        return problems;
    }

    /** A reminder without its day, or an invitation without its code, would not be one. */
    private Set<String> missing(String name, String language, String variant, String text) {
        String shared = templates.shipped(name).texts().getOrDefault(language, Map.of()).getOrDefault(variant, "");
        var missing = new TreeSet<>(fields(shared));
        missing.removeAll(fields(text));
        return missing;
    }

    private static Set<String> fields(String text) {
        return FIELD.matcher(text).results().map((MatchResult r) -> r.group(1)).collect(Collectors.toSet());
    }
}
