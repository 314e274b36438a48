package uk.waymark.messaging;

import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.notifications.Ended;
import uk.waymark.notifications.EndedMessage;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.DataFile;
import uk.waymark.platform.MachineClock;

/**
 * Acts on messages that have ended, each in one transaction with the mark that it was acted on: whoever could not be
 * told becomes an item in the work queue of their force ({@link EndedItems}). What cannot be acted on rests and holds nothing else up.
 */
@Singleton
final class EndedMessages {
    private static final Logger LOG = LoggerFactory.getLogger(EndedMessages.class);
    private static final int BATCH = 200;

    private final ActingAs acting;
    private final Ended ended;
    private final DataSource dispatcherLogin;
    private final ApplicationEventPublisher<MessageEnded> events;
    private final OptOuts optOuts;
    private final EndedItems items;
    private final TriedInVain inVain;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private static final DataFile REASONS = DataFile.of("/messages/reasons.properties");

    EndedMessages(ActingAs acting, Ended ended, @Named("dispatcher") DataSource dispatcherLogin, EndedItems items,
                  ApplicationEventPublisher<MessageEnded> events, OptOuts optOuts, MachineClock machine) {
        this.acting = acting;
        this.ended = ended;
        this.dispatcherLogin = DelegatingDataSource.unwrapDataSource(dispatcherLogin);
        this.events = events;
        this.optOuts = optOuts;
        this.items = items;
        this.inVain = new TriedInVain(machine);
    }

    /** What staff read for a reason; null for one that is shown as it is. */
    static String reason(String code) {
        return REASONS.text(code, null);
    }

    /**
     * Acts on all that waits, of every force; one caller at a time, so that whoever returns knows that it is done.
     *
     * @param goesOn asked before each lot: what is left is found again, and a server that is to stop with tens of thousands waiting has
     *               seconds for it
     * @return how many messages it acted on
     */
    int handleAll(BooleanSupplier goesOn) {
        oneAtATime.lock();
        try {
            return handleWaiting(goesOn);
        } finally {
            oneAtATime.unlock();
        }
    }

    private int handleWaiting(BooleanSupplier goesOn) {
        int handled = 0;
        for (UUID tenant : ended.tenantsWaiting(dispatcherLogin)) {
            try {
                handled += handleWaiting(tenant, goesOn);
            } catch (RuntimeException e) {
                LOG.error("seeing to ended messages of tenant {} failed; they are taken up again", tenant, e);
            }
        }
        return handled;
    }

    private int handleWaiting(UUID tenant, BooleanSupplier goesOn) {
        int handled = 0;
        int some = BATCH;
        while (some == BATCH && goesOn.getAsBoolean()) {
            some = handleSome(tenant);
            handled += some;
        }
        return handled;
    }

    private int handleSome(UUID tenant) {
        Set<UUID> resting = inVain.resting();
        try {
            return handle(tenant, c -> ended.take(c, tenant, BATCH, resting));
        } catch (RuntimeException e) {
            LOG.warn("acting on ended messages of tenant {} failed with {}; they are taken one by one", tenant,
                e.getClass().getName());
            return oneByOne(tenant, resting);
        }
    }

    private int oneByOne(UUID tenant, Set<UUID> resting) {
        int handled = 0;
        for (UUID event : acting.as(caller(tenant), c -> ids(ended.take(c, tenant, BATCH, resting)))) {
            try {
                handled += handle(tenant, c -> ended.take(c, event));
            } catch (RuntimeException e) {
                LOG.error("acting on the ended message of event {} failed with {}", event, e.getClass().getName());
                inVain.add(event);
            }
        }
        return handled;
    }

    private static Caller caller(UUID tenant) {
        return tenant.equals(ContactPolicy.PLATFORM) ? new Caller.Nobody() : new Caller.Worker(tenant);
    }

    private int handle(UUID tenant, Function<Connection, List<EndedMessage>> taking) {
        return tenant.equals(ContactPolicy.PLATFORM) ? passOver(taking) : handleOf(tenant, taking);
    }

    /** One-time codes belong to no force: nobody's staff can do anything about one, but where it will never arrive. */
    private int passOver(Function<Connection, List<EndedMessage>> taking) {
        List<EndedMessage> codes = acting.as(new Caller.Nobody(), taking);
        optOuts.codes(codes);
        return acting.as(new Caller.Nobody(), c -> ended.markHandled(c, ids(codes)));
    }

    private int handleOf(UUID force, Function<Connection, List<EndedMessage>> taking) {
        return acting.as(new Caller.Worker(force), c -> {
            List<EndedMessage> messages = taking.apply(c);
            Map<UUID, EndedItems.About> about = items.about(c, messages);
            for (EndedMessage message : messages) {
                EndedItems.About known = about.getOrDefault(message.id(), EndedItems.About.UNKNOWN);
                items.act(c, message, known);
                events.publishEvent(new MessageEnded(c, force, known.caseId(), message));
            }
            return ended.markHandled(c, ids(messages));
        });
    }

    private static List<UUID> ids(List<EndedMessage> messages) {
        return messages.stream().map(EndedMessage::id).toList();
    }
}
