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
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.CircuitRules;
import uk.waymark.notifications.Circuits;
import uk.waymark.notifications.DispatchSettings;
import uk.waymark.notifications.Dispatcher;
import uk.waymark.notifications.Ended;
import uk.waymark.notifications.Inbound;
import uk.waymark.notifications.MessageClasses;
import uk.waymark.notifications.Outbox;
import uk.waymark.notifications.ProviderChoice;
import uk.waymark.notifications.Receipts;
import uk.waymark.notifications.Retention;
import uk.waymark.notifications.RetentionRules;
import uk.waymark.notifications.Senders;
import uk.waymark.notifications.TemplateStore;
import uk.waymark.notifications.Templates;
import uk.waymark.notifications.firebase.FirebaseSender;
import uk.waymark.notifications.notify.NotifyLookup;
import uk.waymark.notifications.notify.NotifySender;
import uk.waymark.notifications.notify.NotifyWebhook;
import uk.waymark.notifications.twilio.TwilioEraser;
import uk.waymark.notifications.twilio.TwilioLookup;
import uk.waymark.notifications.twilio.TwilioSender;
import uk.waymark.notifications.twilio.TwilioWebhook;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Settings;
import uk.waymark.staff.WorkItems;

/** Puts the notifications library together with our database, clocks, keys, words and provider accounts. */
@Factory
final class MessagingFactory {
    /** For calls and letters together; so many of the application's connections at most. */
    private final Semaphore staffPlaces = new Semaphore(3);

    @Singleton
    Outbox outbox(Sealing sealing, MessageClasses classes, Ids ids, CaseClock clock) {
        return new Outbox(sealing, classes, ids, clock);
    }

    @Singleton
    Inbound inbound(Sealing sealing, MessageClasses classes, Ids ids, CaseClock clock) {
        return new Inbound(sealing, classes, ids, clock);
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
    TemplateStore templateStore(Templates templates, Ids ids, CaseClock clock) {
        return new TemplateStore(templates, ids, clock);
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
        return new TwilioEraser(accounts, standIn(baseUrl));
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
        return new TwilioSender(accounts, standIn(baseUrl), URI.create(settings.publicUrl() + "/v1/webhooks/twilio/status"));
    }

    /** @param baseUrl as for {@link #twilioSender} */
    @Bean(preDestroy = "close")
    @Singleton
    TwilioLookup twilioLookup(ProviderAccounts accounts, @Nullable @Value("${waymark.twilio.base-url:}") String baseUrl) {
        return new TwilioLookup(accounts, standIn(baseUrl));
    }

    private static URI standIn(String baseUrl) {
        return baseUrl == null || baseUrl.isBlank() ? null : URI.create(baseUrl);
    }

    /** @param baseUrl {@code waymark.notify.base-url}: where a stand-in for GOV.UK Notify listens; absent for Notify itself */
    @Bean(preDestroy = "close")
    @Singleton
    NotifySender notifySender(@Nullable @Value("${waymark.notify.base-url:}") String baseUrl) {
        return new NotifySender(standIn(baseUrl));
    }

    @Singleton
    NotifyLookup notifyLookup(NotifySender sender, ProviderAccounts accounts, CaseClock clock) {
        return new NotifyLookup(sender, accounts, clock);
    }

    @Singleton
    NotifyWebhook notifyWebhook(ProviderAccounts accounts) {
        return new NotifyWebhook(accounts);
    }

    /** Started and ended by {@link ProviderWatch}. */
    @Singleton
    Circuits circuits(@Named("dispatcher") DataSource login, Ids ids, CaseClock clock, MachineClock machine,
                      MeterRegistry meters) {
        return new Circuits(DelegatingDataSource.unwrapDataSource(login), CircuitRules.standard(), ids, clock, machine,
            meters);
    }

    @Singleton
    Senders senders(SendingRoutes routes, Circuits circuits, @Named("dispatcher") DataSource login, CaseClock clock) {
        return new ProviderChoice(routes, circuits, DelegatingDataSource.unwrapDataSource(login), clock);
    }

    /** @param baseUrl {@code waymark.firebase.base-url}: where a stand-in for Firebase listens; absent for Firebase itself */
    @Bean(preDestroy = "close")
    @Singleton
    FirebaseSender firebaseSender(PushRegistrations registrations, MachineClock machine,
                                  @Nullable @Value("${waymark.firebase.base-url:}") String baseUrl) {
        return new FirebaseSender(registrations, standIn(baseUrl), machine);
    }

    @Singleton
    @Named("call")
    StaffTasks calls(ActingAs acting, WorkItems workItems, DueTimes dueTimes, CallFirst callFirst, CaseClock clock,
                     Briefing briefing) {
        return new StaffTasks(Channel.CALL, acting, workItems, dueTimes, callFirst, clock, staffPlaces, briefing);
    }

    /** Where no provider of the force prints letters. */
    @Singleton
    @Named("letter")
    StaffTasks letters(ActingAs acting, WorkItems workItems, DueTimes dueTimes, CallFirst callFirst, CaseClock clock,
                       Briefing briefing) {
        return new StaffTasks(Channel.LETTER, acting, workItems, dueTimes, callFirst, clock, staffPlaces, briefing);
    }

    /** Not closed by itself: {@link Messaging} does so while its connections are still there. */
    @Singleton
    Dispatcher dispatcher(@Named("dispatcher") DataSource login, ContactPolicy policy, Templates templates,
                          MessageClasses classes, Senders senders, TwilioLookup smsLookup, NotifyLookup notifyLookup,
                          @Named("call") StaffTasks staff, Sealing sealing, Ids ids, CaseClock clock, MeterRegistry meters,
                          RandomGenerator random) {
        return new Dispatcher(DelegatingDataSource.unwrapDataSource(login), policy, templates, senders,
            Map.of(TwilioSender.PROVIDER, smsLookup, NotifySender.PROVIDER, notifyLookup, StaffTasks.PROVIDER, staff), classes,
            sealing, ids, clock, DispatchSettings.defaults(), meters, random);
    }
}
