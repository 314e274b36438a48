package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import uk.waymark.notifications.Inbound;

/** A reminder, as soon as it has left: every court date that it named. */
@Singleton
final class AskedByReminder implements AboutHearing {
    private final ReminderStore store;

    AskedByReminder(ReminderStore store) {
        this.store = store;
    }

    @Override
    public List<Asked> of(Connection c, Inbound.Question message) {
        return message.subjectRef() == null ? List.of()
            : store.ofSubjects(c, List.of(message.subjectRef()), false).getOrDefault(message.subjectRef(), List.of()).stream()
                .map(r -> new Asked(r.hearing(), r.version())).toList();
    }
}
