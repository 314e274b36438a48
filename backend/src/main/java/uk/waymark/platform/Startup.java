package uk.waymark.platform;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Puts together what an instance runs on: settings, clocks and Micronaut's properties that follow from them. */
public final class Startup {
    private Startup() { }

    /**
     * An application that has not been started.
     *
     * @param caseTime the source of {@link CaseClock}; what the sandbox moves
     * @param machineTime the source of {@link MachineClock}
     */
    public static ApplicationContextBuilder application(Settings settings, InstantSource caseTime, InstantSource machineTime) {
        var builder = ApplicationContext.builder()
            .deduceEnvironment(false)
            // what the surroundings decide is read by Settings alone
            .environmentPropertySource(false)
            .banner(false)
            .properties(properties(settings))
            .singletons(settings, new CaseClock(caseTime), new MachineClock(machineTime));
        if (caseTime instanceof MovableTime movable) {
            builder.singletons(movable);
        }
        return settings.sandbox() ? builder.environments("sandbox") : builder;
    }

    private static Map<String, Object> properties(Settings settings) {
        var properties = new HashMap<>(Databases.properties(settings));
        properties.put("micronaut.server.port", settings.port() == 0 ? -1 : settings.port());
        properties.put("waymark.public-url", settings.publicUrl().toString());
        settings.clientAddressHeader().ifPresent(header -> properties.put("waymark.client-address-header", header));
        if (settings.sandbox()) {
            // open to all who can reach it: so only from this machine
            properties.put("micronaut.server.host", "localhost");
            properties.put("waymark.twilio.base-url", settings.publicUrl() + "/sandbox/twilio");
            properties.put("waymark.firebase.base-url", settings.publicUrl() + "/sandbox/fcm");
        }
        return properties;
    }
}
