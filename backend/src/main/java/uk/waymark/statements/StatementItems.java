package uk.waymark.statements;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Set;
import java.util.UUID;
import uk.waymark.platform.Caller;
import uk.waymark.staff.BehindItem;
import uk.waymark.staff.WorkItems;

/**
 * The standing of a statement behind an item of the queue. It is locked before its items wherever both change: a person who says who is to
 * read it aloud settles the item that staff may be completing.
 */
@Singleton
final class StatementItems implements BehindItem {
    private static final Set<String> KINDS = Set.of(Onward.READ_ALOUD, Onward.TO_CONFIRM, Onward.TO_FILE, Onward.TO_LOOK_INTO);
    private final WorkItems workItems;

    StatementItems(WorkItems workItems) {
        this.workItems = workItems;
    }

    @Override
    public void hold(Connection c, UUID item) {
        workItems.subject(c, item, KINDS).ifPresent(statement -> SignedStatements.holdStanding(c, statement));
    }

    @Override
    public void claimed(Connection c, Caller.Staff by, UUID item) { }

    @Override
    public void given(Connection c, UUID item, String to) { }

    @Override
    public void givenBack(Connection c, Caller.Staff by, UUID item) { }
}
