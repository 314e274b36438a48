package uk.waymark.notifications.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Map;
import java.util.function.LongSupplier;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.DispatchSettings;
import uk.waymark.notifications.Dispatcher;
import uk.waymark.notifications.Senders;
import uk.waymark.notifications.twilio.TwilioSender;

/** Works off what is queued with the dispatcher, as shipped. {@code main URL PROVIDER MESSAGES}. */
final class OurRun {

    private OurRun() {
    }

    public static void main(String... arguments) throws InterruptedException {
        long messages = Long.parseLong(arguments[2]);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        DispatchSettings settings = settings();
        try (HikariDataSource login = BenchDatabase.pool(arguments[0], "waymark_dispatcher", settings.lanes() + 3);
             TwilioSender twilio = Work.sender(URI.create(arguments[1]));
             Dispatcher dispatcher = dispatcher(login, twilio, meters)) {
            long began = System.nanoTime();
            dispatcher.start();
            Child.say("rate", Pace.measure(accepted(meters), messages * 15 / 100, messages));
            Child.say("seconds", (System.nanoTime() - began) / 1e9);
        }
        Child.say("peak", Child.peakMebibytes());
    }

    static DispatchSettings settings() {
        DispatchSettings shipped = DispatchSettings.defaults();
        return shipped.withBatch(Integer.getInteger("batch", shipped.batch()), Integer.getInteger("lanes", shipped.lanes()))
            .withInFlight(Integer.getInteger("inflight", shipped.inFlight()));
    }

    static Dispatcher dispatcher(HikariDataSource login, TwilioSender twilio, SimpleMeterRegistry meters) {
        Work work = new Work();
        return new Dispatcher(login, (tenant, batch) -> batch.stream().map(p -> Work.decide(p.recipientRef())).toList(),
            work.templates, Senders.of(Map.of(Channel.SMS, twilio), Map.of(Channel.SMS, TwilioSender.PROVIDER)), work.classes,
            work.sealer, work.ids, work.clock, settings(), meters, new SecureRandom());
    }

    /** How many the provider has taken, as recorded. */
    static LongSupplier accepted(SimpleMeterRegistry meters) {
        return () -> {
            Counter counter = meters.find("notifications.attempts").tag("outcome", "accepted").counter();
            return counter == null ? 0 : (long) counter.count();
        };
    }
}
