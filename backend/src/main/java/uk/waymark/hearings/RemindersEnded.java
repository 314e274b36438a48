package uk.waymark.hearings;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import uk.waymark.hearings.Reminder.State;
import uk.waymark.messaging.MessageEnded;
import uk.waymark.notifications.EndedMessage;
import uk.waymark.notifications.MessageState;
import uk.waymark.staff.WorkItems;

/** What became of reminders. Who could not be told is an item of the queue already; here it is made due before they would leave home. */
@Singleton
final class RemindersEnded implements ApplicationEventListener<MessageEnded> {
    private final ReminderStore store;
    private final ReminderTimes times;
    private final HearingStore hearings;
    private final WorkItems workItems;

    RemindersEnded(ReminderStore store, ReminderTimes times, HearingStore hearings, WorkItems workItems) {
        this.store = store;
        this.times = times;
        this.hearings = hearings;
        this.workItems = workItems;
    }

    @Override
    public void onApplicationEvent(MessageEnded event) {
        EndedMessage m = event.message();
        if (!ReminderCheck.MESSAGE_CLASS.equals(m.messageClass()) || m.subjectRef() == null) {
            return;
        }
        Connection c = event.connection();
        List<Reminder> said = store.ofSubjects(c, List.of(m.subjectRef()), true).getOrDefault(m.subjectRef(), List.of());
        said.stream().filter(r -> r.state() == State.QUEUED || r.state() == State.DONE)
            .forEach(r -> store.settle(c, r.id(), State.DONE, m.isRead() ? MessageState.DELIVERED.stored() : m.state().stored(), m.endedAt()));
        if (!said.isEmpty() && m.state() != MessageState.DELIVERED && !m.isRead()) {
            hearings.all(c, said.stream().map(Reminder::hearing).distinct().toList()).stream().map(times::leaves)
                .filter(leaves -> leaves != null).min(Comparator.<Instant>naturalOrder())
                .ifPresent(leaves -> workItems.dueBy(c, "message:" + m.messageId(), leaves));
        }
    }
}
