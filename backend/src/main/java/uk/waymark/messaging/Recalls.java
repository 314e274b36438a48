package uk.waymark.messaging;

import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import uk.waymark.notifications.Recall;

/** Makes a choice hold at once: what the dispatcher was about to send to a person is decided again. */
@Singleton
public final class Recalls {
    private final DataSource dispatcherLogin;

    Recalls(@Named("dispatcher") DataSource dispatcherLogin) {
        this.dispatcherLogin = DelegatingDataSource.unwrapDataSource(dispatcherLogin);
    }

    /** A person and the force that tells them. */
    public record Told(UUID force, UUID person) { }

    /** Called after the commit of what they chose. */
    public void of(List<Told> persons) {
        Map<UUID, List<UUID>> byForce = persons.stream()
            .collect(Collectors.groupingBy(Told::force, Collectors.mapping(Told::person, Collectors.toList())));
        byForce.forEach((force, concerned) -> Recall.of(dispatcherLogin, force, concerned));
    }
}
