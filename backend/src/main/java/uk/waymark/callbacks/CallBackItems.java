package uk.waymark.callbacks;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.UUID;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.staff.BehindItem;

/**
 * The call back behind an item of the queue: who takes on the one has the other. The call back is locked before its item wherever both
 * change, here as in {@link CallBackQueue}, {@link Attempts} and {@link CallBackWatch}.
 */
@Singleton
final class CallBackItems implements BehindItem {
    private final CallBackStore store;
    private final CallBackQueue queue;
    private final CallBackEndings endings;
    private final OutOfHours outOfHours;
    private final ActingAs acting;
    private final CaseClock clock;

    CallBackItems(CallBackStore store, CallBackQueue queue, CallBackEndings endings, OutOfHours outOfHours, ActingAs acting,
                  CaseClock clock) {
        this.endings = endings;
        this.outOfHours = outOfHours;
        this.acting = acting;
        this.store = store;
        this.queue = queue;
        this.clock = clock;
    }

    /** One that was booked is held until its place is over, also where it was given to somebody the day before. */
    @Override
    public boolean lapsesByItself(Connection c, UUID item) {
        return Sql.one(c, "select 1 from waymark.call_back where item_id = ? and ended_at is null", r -> true, item).isPresent();
    }

    @Override
    public void hold(Connection c, UUID item) {
        store.ofItem(c, item);
    }

    @Override
    public void claimed(Connection c, Caller.Staff by, UUID item) {
        store.ofItem(c, item).ifPresent(b -> queue.takeOn(c, by, b.id()));
    }

    /** Whoever gives it knows why: what holds for a claim is asked again when they want the number. */
    @Override
    public void given(Connection c, UUID item, String to) {
        store.ofItem(c, item).ifPresent(b -> {
            endings.speakerFound(c, b.id());
            store.claim(c, b.id(), to, clock.instant());
        });
    }

    @Override
    public void givenBack(Connection c, Caller.Staff by, UUID item) {
        store.ofItem(c, item).ifPresent(b -> {
            store.giveBack(c, b.id());
            if (b.urgent() && b.reachedAt() == null) {
                acting.goOn(c, new Caller.Worker(b.force()));
                outOfHours.again(c, b.force(), b.caseId(), item);
                acting.goOn(c, by);
            }
        });
    }
}
