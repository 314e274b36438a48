package uk.waymark.preferences;

import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.util.Map;
import uk.waymark.changes.ContactChanged;
import uk.waymark.messaging.ContactHistory;

/** A new number or address that has taken effect is a version like any other: staff see that it changed, and nobody what to. */
@Singleton
class NumbersNoted {
    private final ContactHistory history;

    NumbersNoted(ContactHistory history) {
        this.history = history;
    }

    @EventListener
    void changed(ContactChanged event) {
        history.confirmed(event.connection(), event.person(), Map.of(event.what(), ContactHistory.NOT_SHOWN));
    }
}
