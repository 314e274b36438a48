package uk.waymark.conversations;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import uk.waymark.cases.CaseChanged;
import uk.waymark.cases.EventType;
import uk.waymark.conversations.Conversation.Goes;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.staff.WorkItems;

/**
 * A conversation goes to somebody else: by a member of staff, or by itself where the officer in the case changes. Whoever has it
 * from then on sees all of it, what waits goes with it, and the person reads a line without a name.
 */
@Singleton
final class HandingOn implements ApplicationEventListener<CaseChanged> {
    private static final Set<EventType> NAMES_THE_OFFICER = Set.of(EventType.CRIME_RECORDED, EventType.CASE_CHANGED, EventType.OFFICER_CHANGED,
        EventType.EVENT_RETRACTED);
    private static final String NEW_OFFICER = "new_officer";
    private final ConversationStore store;
    private final Incoming incoming;
    private final Absences absences;
    private final WorkItems workItems;
    private final Ids ids;
    private final CaseClock clock;

    HandingOn(ConversationStore store, Incoming incoming, Absences absences, WorkItems workItems, Ids ids, CaseClock clock) {
        this.store = store;
        this.incoming = incoming;
        this.absences = absences;
        this.workItems = workItems;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param c of a transaction of staff @param colleague or null: nobody in particular */
    void to(Connection c, Conversation in, Goes to, String colleague) {
        store.goes(c, in.id(), in.unit(), to, incoming.officer(c, in.caseId()).orElse(null), colleague);
        store.awaitsOfficer(c, in.id(), false);
        if (to != in.goesTo()) {
            store.notice(c, ids.next(), in, Conversation.wire(to), clock.instant());
        } else if (to == Goes.OFFICER && !Objects.equals(colleague, in.heldBy())) {
            store.notice(c, ids.next(), in, NEW_OFFICER, clock.instant());
        }
        move(c, in, colleague);
    }

    /** To whoever covers where the colleague is away; what sounds like danger, to everybody then. */
    private void move(Connection c, Conversation in, String colleague) {
        Optional<String> reader = Optional.ofNullable(colleague).flatMap(to -> absences.reader(c, in.force(), to, clock.instant()));
        if (in.waitingMessage() != null) {
            workItems.idOf(c, Incoming.item(Incoming.ANSWER, in.waitingMessage())).ifPresent(item -> {
                workItems.giveBack(c, item, in.answerBy());
                reader.ifPresent(to -> workItems.claim(c, item, to));
            });
        }
        if (in.danger()) {
            workItems.idOf(c, Incoming.item(Incoming.DANGER, in.dangerMessage())).ifPresent(item -> {
                workItems.giveBack(c, item, in.dangerBy());
                reader.filter(to -> to.equals(colleague)).ifPresent(to -> workItems.claim(c, item, to));
            });
        }
    }

    /** What came in late counts as it stands in the case now, and not as the event says. */
    @Override
    public void onApplicationEvent(CaseChanged change) {
        if (!NAMES_THE_OFFICER.contains(change.type())) {
            return;
        }
        Connection c = change.connection();
        for (Conversation in : store.lockedOfCase(c, change.caseId())) {
            String now = incoming.officer(c, change.caseId()).orElse(null);
            if (Objects.equals(now, in.officer())) {
                continue;
            }
            boolean officers = in.goesTo() == Goes.OFFICER || in.awaitsOfficer() && now != null;
            Goes to = !officers ? in.goesTo() : now == null ? Goes.WITNESS_CARE : Goes.OFFICER;
            store.goes(c, in.id(), in.unit(), to, now, officers ? null : in.heldBy());
            if (officers) {
                store.awaitsOfficer(c, in.id(), now == null);
                store.notice(c, ids.next(), in, to == Goes.OFFICER && to == in.goesTo() ? NEW_OFFICER : Conversation.wire(to), clock.instant());
                move(c, in, null);
            }
        }
    }
}
