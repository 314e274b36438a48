package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import uk.waymark.messaging.WordsProposals.Change;
import uk.waymark.messaging.WordsProposals.Proposal;
import uk.waymark.notifications.TemplateStore;
import uk.waymark.notifications.TemplateStore.OwnVersion;
import uk.waymark.notifications.Templates;
import uk.waymark.notifications.Wording;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.ProblemException;

/** Which words of a message were live when, and who brought them there. */
@Singleton
final class WordsHistory {
    private final ActingAs acting;
    private final TemplateStore store;
    private final Templates templates;
    private final WordsProposals proposals;

    WordsHistory(ActingAs acting, TemplateStore store, Templates templates, WordsProposals proposals) {
        this.acting = acting;
        this.store = store;
        this.templates = templates;
        this.proposals = proposals;
    }

    /**
     * Words that were live.
     *
     * @param version  of the force's own; 0 for what was said before it had any: the words that all forces share
     * @param shared   whether they are those that all forces share
     * @param change   how they went live; null for those of all, and where they were saved before two people were asked for
     * @param proposal what was approved, or null
     * @param from     null where they always were
     * @param to       null while they are
     */
    record Lived(int version, boolean shared, Wording wording, Change change, Proposal proposal, Instant from, Instant to) { }

    /**
     * The newest first.
     *
     * @param before only versions below this one; null for the first page
     * @throws ProblemException 404
     */
    List<Lived> page(Caller.Staff staff, String name, Integer before, int limit) {
        return acting.as(staff, c -> {
            if (!templates.names().contains(name)) {
                throw ProblemException.notFound();
            }
            return all(c, staff, name).stream().filter(l -> before == null || l.version() < before).limit(limit).toList();
        });
    }

    private List<Lived> all(Connection c, Caller.Staff staff, String name) {
        List<OwnVersion> own = store.ownVersions(c, staff.force(), name);
        Map<Integer, Change> changes = proposals.changes(c, name);
        Map<UUID, Proposal> approved = proposals.of(c, changes.values().stream().map(Change::proposal).filter(Objects::nonNull)
            .toArray(UUID[]::new)).stream().collect(Collectors.toMap(Proposal::id, Function.identity()));
        var lived = new ArrayList<Lived>();
        Instant to = null;
        for (OwnVersion v : own) {
            int version = v.wording().version();
            Change change = changes.get(version);
            Proposal proposal = change == null || change.proposal() == null ? null : approved.get(change.proposal());
            lived.add(new Lived(version, v.backToShared(), v.wording(), change, proposal, v.savedAt(), to));
            to = v.savedAt();
        }
        lived.add(new Lived(0, true, templates.shipped(name), null, null, null, to));
        return lived;
    }
}
