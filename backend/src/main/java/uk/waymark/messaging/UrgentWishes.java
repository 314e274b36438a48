package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.messaging.ContactChoices.Urgent;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/** Everybody in a case with a safety flag is asked beforehand how they want to be told urgent news, by night too. */
@Singleton
public final class UrgentWishes {
    static final String KIND = "ask_urgent_wish";
    private final WorkItems workItems;
    private final ContactChoicesStore store;
    private final ContactTimes times;

    UrgentWishes(WorkItems workItems, ContactChoicesStore store, ContactTimes times) {
        this.workItems = workItems;
        this.store = store;
        this.times = times;
    }

    static String key(UUID person) {
        return "ask-urgent-wish:" + person;
    }

    /** Has staff ask those of these persons whom no member of staff has asked yet; once each. */
    public void ask(Connection c, UUID caseId, List<UUID> persons, Instant now) {
        Map<UUID, ContactChoices> choices = store.of(c, persons.toArray(UUID[]::new));
        for (UUID person : persons) {
            if (!asked(choices.getOrDefault(person, ContactChoices.NONE))) {
                workItems.open(c, new NewWorkItem(KIND, key(person), caseId, person, null, "not_asked",
                    EndedMessages.reason(KIND), now.plus(times.askWish())));
            }
        }
    }

    /** Whoever holds the phone may have answered in the person's place: staff ask, and put it down themselves. */
    static boolean asked(ContactChoices choices) {
        return choices.urgent().by() != Urgent.By.NOT_ASKED && Boolean.TRUE.equals(choices.urgentByStaff());
    }
}
