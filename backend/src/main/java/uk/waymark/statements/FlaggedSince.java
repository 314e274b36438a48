package uk.waymark.statements;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Set;
import java.util.UUID;
import uk.waymark.cases.CaseChanged;
import uk.waymark.cases.EventType;

/**
 * A safety flag that comes after somebody has signed: what the force does not have yet waits until somebody has spoken to whoever signed
 * it; what it has stays, and staff look into it. Asked when a case changes, for staff to know at once, and again as each statement leaves:
 * a number may come to be shared with somebody flagged without any news of a case.
 */
@Singleton
final class FlaggedSince implements ApplicationEventListener<CaseChanged> {
    private static final Set<EventType> FLAG = Set.of(EventType.CRIME_RECORDED, EventType.CASE_CHANGED, EventType.PERSON_ADDED,
        EventType.PEOPLE_MERGED, EventType.EVENT_RETRACTED);
    private final SignedStatements signed;
    private final Onward onward;

    FlaggedSince(SignedStatements signed, Onward onward) {
        this.signed = signed;
        this.onward = onward;
    }

    @Override
    public void onApplicationEvent(CaseChanged change) {
        if (FLAG.contains(change.type())) {
            Connection c = change.connection();
            SignedStatements.unchecked(c, change.caseId(), "signed").forEach(id -> hold(c, id));
            SignedStatements.unchecked(c, change.caseId(), "passed_on").stream().filter(id -> SignedStatements.flagged(c, id))
                .forEach(id -> onward.tooLate(c, signed.one(c, id).orElseThrow().content()));
        }
    }

    /** @param c of a transaction of a system or a worker of the force @return whether it goes no further now */
    boolean hold(Connection c, UUID id) {
        boolean held = SignedStatements.holdBack(c, id);
        if (held) {
            onward.held(c, signed.one(c, id).orElseThrow().content());
        }
        return held;
    }
}
