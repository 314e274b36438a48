package uk.waymark.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.annotation.Nullable;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.DispatchSettings;
import uk.waymark.notifications.Dispatcher;
import uk.waymark.notifications.Ended;
import uk.waymark.notifications.Inbound;
import uk.waymark.notifications.MessageClasses;
import uk.waymark.notifications.Outbox;
import uk.waymark.notifications.Receipts;
import uk.waymark.notifications.Retention;
import uk.waymark.notifications.RetentionRules;
import uk.waymark.notifications.Senders;
import uk.waymark.notifications.Templates;
import uk.waymark.notifications.firebase.FirebaseSender;
import uk.waymark.notifications.twilio.TwilioEraser;
import uk.waymark.notifications.twilio.TwilioSender;
import uk.waymark.notifications.twilio.TwilioWebhook;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Settings;

/** Puts the notifications library together with our database, clocks, keys, words and provider accounts. */
@Factory
final class MessagingFactory {

    @Singleton
    Outbox outbox(Sealing sealing, MessageClasses classes, Ids ids, CaseClock clock) {
        return new Outbox(sealing, classes, ids, clock);
    }

    @Singleton
    Inbound inbound(Sealing sealing, Ids ids, CaseClock clock) {
        return new Inbound(sealing, ids, clock);
    }

    @Singleton
    Receipts receipts(Ids ids, CaseClock clock, MeterRegistry meters) {
        return new Receipts(ids, clock, meters);
    }

    @Singleton
    Ended ended() {
        return new Ended();
    }

    @Singleton
    Templates templates() {
        try (InputStream words = MessagingFactory.class.getResourceAsStream("/messages/messages.yaml")) {
            return Templates.load(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Singleton
    MessageClasses messageClasses() {
        try (InputStream classes = MessagingFactory.class.getResourceAsStream("/messages/classes.yaml")) {
            return MessageClasses.load(classes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Singleton
    RetentionRules retentionRules() {
        try (InputStream classes = MessagingFactory.class.getResourceAsStream("/messages/classes.yaml")) {
            return RetentionRules.load(classes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param baseUrl as for {@link #twilioSender} */
    @Bean(preDestroy = "close")
    @Singleton
    TwilioEraser twilioEraser(ProviderAccounts accounts, @Nullable @Value("${waymark.twilio.base-url:}") String baseUrl) {
        return new TwilioEraser(accounts, baseUrl == null || baseUrl.isBlank() ? null : URI.create(baseUrl));
    }

    /** GOV.UK Notify and Firebase forget by their own rules. Not closed by itself, as the dispatcher is not. */
    @Singleton
    Retention retention(@Named("dispatcher") DataSource login, Told told, TwilioEraser twilio, RetentionRules rules,
                        Sealing sealing, CaseClock clock, MeterRegistry meters) {
        return new Retention(DelegatingDataSource.unwrapDataSource(login), told,
            Map.of(TwilioSender.PROVIDER, twilio), rules, sealing, clock, meters);
    }

    @Singleton
    TwilioWebhook twilioWebhook(ProviderAccounts accounts) {
        return new TwilioWebhook(accounts);
    }

    /** @param baseUrl {@code waymark.twilio.base-url}: where a stand-in for Twilio listens; absent for Twilio itself */
    @Bean(preDestroy = "close")
    @Singleton
    TwilioSender twilioSender(ProviderAccounts accounts, @Nullable @Value("${waymark.twilio.base-url:}") String baseUrl,
                              Settings settings) {
        URI standIn = baseUrl == null || baseUrl.isBlank() ? null : URI.create(baseUrl);
        return new TwilioSender(accounts, standIn, URI.create(settings.publicUrl() + "/v1/webhooks/twilio/status"));
    }

    /** @param baseUrl {@code waymark.firebase.base-url}: where a stand-in for Firebase listens; absent for Firebase itself */
    @Bean(preDestroy = "close")
    @Singleton
    FirebaseSender firebaseSender(PushRegistrations registrations,
                                  @Nullable @Value("${waymark.firebase.base-url:}") String baseUrl) {
        return new FirebaseSender(registrations, baseUrl == null || baseUrl.isBlank() ? null : URI.create(baseUrl));
    }

    /** Not closed by itself: {@link Messaging} does so while its connections are still there. */
    @Singleton
    Dispatcher dispatcher(@Named("dispatcher") DataSource login, ContactPolicy policy, Templates templates,
                          MessageClasses classes, TwilioSender sms, FirebaseSender push, Sealing sealing, Ids ids,
                          CaseClock clock, MeterRegistry meters, RandomGenerator random) {
        return new Dispatcher(DelegatingDataSource.unwrapDataSource(login), policy, templates,
            Senders.of(Map.of(Channel.SMS, sms, Channel.PUSH, push),
                Map.of(Channel.SMS, TwilioSender.PROVIDER, Channel.PUSH, FirebaseSender.PROVIDER)), classes, sealing, ids, clock, DispatchSettings.defaults(), meters, random);
    }
}
