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
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItemCompleted;
import uk.waymark.staff.WorkItems;

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
    private final WorkItems workItems;
    private final CallFirst callFirst;

    StaffReceipts(Receipts receipts, @Named("dispatcher") DataSource dispatcherLogin, CaseClock clock,
                  BeanProvider<Messaging> messaging, WorkItems workItems, CallFirst callFirst) {
        this.workItems = workItems;
        this.callFirst = callFirst;
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
        if (CallFirst.KIND.equals(done.kind()) && !TOLD.contains(done.outcome())) {
            readAndNotTold(done);
        }
        messaging.get().wake();
        messaging.get().wakeAfterReceipt();
    }

    /** Its message is over, since somebody has opened the news: no other try follows from it, so staff are asked for one. */
    private void readAndNotTold(WorkItemCompleted done) {
        boolean read = Sql.one(done.connection(), "select reason from waymark.work_item where id = ?", r -> r.getString("reason"),
            done.id()).filter(EndedItems.READ_BEFORE_RUNG::equals).isPresent();
        if (read) {
            workItems.open(done.connection(), new NewWorkItem("message_withheld", "read:" + done.subjectId(), done.caseId(),
                done.personId(), done.subjectId(), EndedItems.READ_BEFORE_RUNG,
                EndedMessages.reason(EndedItems.READ_BEFORE_RUNG), callFirst.due(clock.instant())));
        }
    }
}
