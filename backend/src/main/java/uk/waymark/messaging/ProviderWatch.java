package uk.waymark.messaging;

import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import uk.waymark.notifications.Circuits;

/** Looks after the accounts at message providers from start to end: how they do, and who answers keywords. */
@Singleton
class ProviderWatch {
    private final Circuits circuits;
    private final TwilioKeywords keywords;
    private final boolean sends;

    ProviderWatch(Circuits circuits, TwilioKeywords keywords, @Value("${waymark.messaging.sends:true}") boolean sends) {
        this.circuits = circuits;
        this.keywords = keywords;
        this.sends = sends;
    }

    @EventListener
    void start(ServerStartupEvent event) {
        keywords.check();
        if (sends) {
            circuits.start();
        }
    }

    /** Before the connections go. */
    @EventListener
    void stop(ShutdownEvent event) {
        circuits.close();
    }
}
