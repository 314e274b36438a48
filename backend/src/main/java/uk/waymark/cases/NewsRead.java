package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uk.waymark.notifications.Outbox;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Sql;

/**
 * Whoever has read a timeline has been told what stands in it: no text follows about it. Asked only when a timeline is made
 * anew, which any news brings about; reading it again costs nothing.
 */
@Singleton
final class NewsRead {
    private final ActingAs acting;
    private final Outbox outbox;

    NewsRead(ActingAs acting, Outbox outbox) {
        this.acting = acting;
        this.outbox = outbox;
    }

    /** Ends what is open to these persons about this case, and nothing else. */
    void by(List<TimelineDocuments.Place> readers) {
        readers.forEach(this::by);
    }

    private void by(TimelineDocuments.Place reader) {
        acting.as(new Caller.Worker(reader.force()), c -> {
            Map<UUID, UUID> open = outbox.openTo(c, reader.force(), reader.person());
            if (open.isEmpty()) {
                return null;
            }
            Set<UUID> told = new HashSet<>(Sql.list(c, """
                select event_id from waymark.announcement where event_id = any(?) and person_id = ? and case_id = ?""",
                r -> Sql.uuid(r, "event_id"), open.values().stream().filter(s -> s != null).distinct().toArray(UUID[]::new),
                reader.person(), reader.caseId()));
            open.forEach((message, subject) -> {
                if (told.contains(subject)) {
                    outbox.read(c, reader.force(), message);
                }
            });
            return null;
        });
    }
}
