package uk.waymark.preferences;

import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import uk.waymark.cases.PersonReported;
import uk.waymark.messaging.ContactHistory;
import uk.waymark.messaging.ReplyTaken;
import uk.waymark.notifications.Keyword;

/** What the force's systems and people's own replies change in how a person is contacted is a version of it as well. */
@Singleton
class VersionsNoted {
    private final ContactHistory history;
    private final PersonPreferences preferences;
    private final PreferencesPassedOn passedOn;

    VersionsNoted(ContactHistory history, PersonPreferences preferences, PreferencesPassedOn passedOn) {
        this.history = history;
        this.preferences = preferences;
        this.passedOn = passedOn;
    }

    /** Only of whom the force has told before: what it says first is no change. */
    @EventListener
    void reported(PersonReported event) {
        PersonReported.Facts before = event.before();
        PersonReported.Facts after = event.after();
        if (!before.known()) {
            return;
        }
        var changes = new LinkedHashMap<String, String>();
        if (!Objects.equals(before.number(), after.number())) {
            changes.put("number", ContactHistory.NOT_SHOWN);
        }
        if (!before.safety().equals(after.safety())) {
            changes.put("number_safety", after.safety());
        }
        if (!Objects.equals(before.language(), after.language())) {
            changes.put("language", after.language() == null ? ContactHistory.NOT_SHOWN : after.language());
        }
        history.bySystem(event.connection(), event.person(), changes);
    }

    @EventListener
    void replied(ReplyTaken event) {
        Keyword keyword = event.reply().keyword();
        if (keyword == Keyword.STOP || keyword == Keyword.START) {
            history.byReply(event.connection(), event.person(), Map.of("texts", keyword.stored()));
        } else if (keyword == Keyword.WELSH || keyword == Keyword.ENGLISH) {
            history.byReply(event.connection(), event.person(), Map.of("language", keyword == Keyword.WELSH ? "cy" : "en"));
            preferences.find(event.connection(), event.person())
                .ifPresent(now -> passedOn.put(event.connection(), event.force(), now,
                    PreferencesPassedOn.Said.PERSON));
        }
    }
}
