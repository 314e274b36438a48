package uk.waymark.preferences;

import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import uk.waymark.cases.PeopleMerged;
import uk.waymark.messaging.ContactChoices;
import uk.waymark.messaging.ContactChoicesStore;

/**
 * Whoever is told under another record from now on keeps how and when: all of it where nothing was chosen under that one,
 * otherwise what protects and was not chosen there.
 */
@Singleton
class MergedChoices {
    private final ContactChoicesStore store;

    MergedChoices(ContactChoicesStore store) {
        this.store = store;
    }

    @EventListener
    void merged(PeopleMerged event) {
        Map<UUID, ContactChoices> known = store.of(event.connection(), new UUID[] {event.merged(), event.survivor()});
        ContactChoices merged = known.get(event.merged());
        if (merged != null) {
            ContactChoices there = known.get(event.survivor());
            store.put(event.connection(), event.survivor(), there == null ? merged : together(there, merged));
        }
    }

    private static ContactChoices together(ContactChoices there, ContactChoices merged) {
        return new ContactChoices(there.telling(), there.askAgainOn(),
            there.safeTimes().isEmpty() ? merged.safeTimes() : there.safeTimes(),
            there.quietHours() == null ? merged.quietHours() : there.quietHours(),
            there.urgent().by() == ContactChoices.Urgent.By.NOT_ASKED ? merged.urgent() : there.urgent(),
            there.voicemail() == null ? merged.voicemail() : there.voicemail(),
            there.word() == null ? merged.word() : there.word(), there.mayAlsoBeTold(), there.needs(), there.interpreter(),
            there.ifSomebodyElseAnswers() == null ? merged.ifSomebodyElseAnswers() : there.ifSomebodyElseAnswers(),
            there.wordToConfirm(), there.urgent().by() == ContactChoices.Urgent.By.NOT_ASKED ? merged.urgentByStaff()
                : there.urgentByStaff(), there.word() == null ? merged.wordByStaff() : there.wordByStaff());
    }
}
