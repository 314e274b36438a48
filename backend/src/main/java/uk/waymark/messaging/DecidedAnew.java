package uk.waymark.messaging;

import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.UUID;
import javax.sql.DataSource;
import uk.waymark.notifications.Recall;

/** Everything that waits for somebody is decided again: what was decided a moment ago knew another number. */
@Singleton
public final class DecidedAnew {
    private final DataSource dispatcherLogin;
    private final Messaging messaging;

    DecidedAnew(@Named("dispatcher") DataSource dispatcherLogin, Messaging messaging) {
        this.dispatcherLogin = DelegatingDataSource.unwrapDataSource(dispatcherLogin);
        this.messaging = messaging;
    }

    /** To be called after the commit that the rules of contact are to see; nothing goes by an earlier decision afterwards. */
    public void of(UUID force, Collection<UUID> persons) {
        Recall.of(dispatcherLogin, force, persons);
        messaging.wake();
    }
}
