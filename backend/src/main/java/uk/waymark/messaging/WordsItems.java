package uk.waymark.messaging;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.UUID;
import uk.waymark.messaging.WordsProposals.Proposal;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.ProblemException;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItemCompleted;
import uk.waymark.staff.WorkItems;

/** What supervisors have to look at: words that wait for a second person, and words that somebody has brought back. */
@Singleton
final class WordsItems implements ApplicationEventListener<WorkItemCompleted> {
    private static final String TO_APPROVE = "template_to_approve";
    private static final String ROLLED_BACK = "template_rolled_back";
    private final WorkItems items;
    private final WordsProposals proposals;
    private final DueTimes dueTimes;
    private final CaseClock clock;

    WordsItems(WorkItems items, WordsProposals proposals, DueTimes dueTimes, CaseClock clock) {
        this.items = items;
        this.proposals = proposals;
        this.dueTimes = dueTimes;
        this.clock = clock;
    }

    /** For anybody but whoever proposed them. */
    void waits(Connection c, Proposal p) {
        items.open(c, new NewWorkItem(TO_APPROVE, key(p.id()), null, null, p.id(), p.name(),
            "Staff member " + p.proposedBy() + " proposes other words for " + p.name() + because(p.reason()),
            dueTimes.templateToApprove(clock.instant()), p.proposedBy(), p.bySupervisor()));
    }

    void decided(Connection c, Proposal p) {
        items.settle(c, key(p.id()));
    }

    /** The other supervisors are told: nobody had to agree. @param to as the request named it */
    void rolledBack(Connection c, Caller.Staff staff, String name, int version, String to, String reason) {
        items.open(c, new NewWorkItem(ROLLED_BACK, ROLLED_BACK + ':' + name + ':' + version, null, null, null, name,
            "Staff member " + staff.subject() + " rolled the words of " + name + " back to "
                + (to.equals(WordsChanges.SHIPPED) ? "those that all forces share" : "version " + to) + because(reason),
            dueTimes.templateRolledBack(clock.instant()), staff.subject(), staff.supervisor()));
    }

    private static String because(String reason) {
        return reason == null ? "." : " and gave this reason: " + reason;
    }

    private static String key(UUID proposal) {
        return TO_APPROVE + ':' + proposal;
    }

    /** @throws ProblemException 409 where the words still wait: they would be off the queue and decided by nobody */
    @Override
    public void onApplicationEvent(WorkItemCompleted done) {
        if (TO_APPROVE.equals(done.kind()) && done.subjectId() != null
                && proposals.of(done.connection(), new UUID[] {done.subjectId()}).stream().anyMatch(Proposal::waits)) {
            throw ProblemException.conflict("words-still-wait", "Nobody has decided about these words",
                "Read them, and approve or withdraw them. The item goes by itself then.");
        }
    }
}
