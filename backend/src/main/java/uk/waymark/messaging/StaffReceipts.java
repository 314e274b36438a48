package uk.waymark.messaging;

import io.micronaut.context.BeanProvider;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import uk.waymark.notifications.Receipt;
import uk.waymark.notifications.Receipts;
import uk.waymark.platform.CaseClock;
import uk.waymark.staff.WorkItemCompleted;

/**
 * Who was told on the telephone or by letter has been told; whoever could not be reached so is told another way. The receipt
 * is applied before the item's completion commits: should that fail, the item is still there and the same word again changes
 * nothing, while the other way round a word could be lost.
 */
@Singleton
final class StaffReceipts implements ApplicationEventListener<WorkItemCompleted> {
    private static final Set<String> TOLD = Set.of("told", "posted");

    private final Receipts receipts;
    private final DataSource dispatcherLogin;
    private final CaseClock clock;
    private final BeanProvider<Messaging> messaging;

    StaffReceipts(Receipts receipts, @Named("dispatcher") DataSource dispatcherLogin, CaseClock clock,
                  BeanProvider<Messaging> messaging) {
        this.receipts = receipts;
        this.dispatcherLogin = DelegatingDataSource.unwrapDataSource(dispatcherLogin);
        this.clock = clock;
        this.messaging = messaging;
    }

    @Override
    public void onApplicationEvent(WorkItemCompleted done) {
        if (!StaffTasks.KINDS.contains(done.kind())) {
            return;
        }
        UUID attempt = StaffTasks.attemptOf(done.connection(), done.id());
        receipts.apply(dispatcherLogin, new Receipt(StaffTasks.PROVIDER, done.by().force().toString(), done.id().toString(),
            attempt, TOLD.contains(done.outcome()) ? Receipt.Status.DELIVERED : Receipt.Status.FAILED, done.outcome(),
            // a provider's no_answer means something else
            "no_answer".equals(done.outcome()) ? "nobody_answered" : done.outcome(), clock.instant()));
        messaging.get().wake();
        messaging.get().wakeAfterReceipt();
    }
}
