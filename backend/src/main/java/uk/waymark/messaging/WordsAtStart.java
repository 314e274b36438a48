package uk.waymark.messaging;

import io.micronaut.context.event.StartupEvent;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.notifications.TemplateStore;
import uk.waymark.platform.DatabaseFailure;

/**
 * Saves the words that this version ships before anything is sent or answered. An instance whose words were changed
 * without a new version does not start: it would say other things than those that were sent are recorded as.
 */
@Singleton
final class WordsAtStart {
    private static final Logger LOG = LoggerFactory.getLogger(WordsAtStart.class);

    private final TemplateStore store;
    private final DataSource connections;

    WordsAtStart(TemplateStore store, DataSource connections) {
        this.store = store;
        this.connections = DelegatingDataSource.unwrapDataSource(connections);
    }

    /** For no force: in a transaction of its own that is told of none. */
    @EventListener
    void ship(StartupEvent event) {
        try (Connection connection = connections.getConnection()) {
            connection.setAutoCommit(false);
            int added = store.ship(connection);
            connection.commit();
            connection.setAutoCommit(true);
            LOG.info("words of messages: {} new versions", added);
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }
}
