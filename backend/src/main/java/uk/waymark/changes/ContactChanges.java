package uk.waymark.changes;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import uk.waymark.account.AccountNumbers;
import uk.waymark.changes.ChangeStore.Decided;
import uk.waymark.changes.ChangeStore.Mine;
import uk.waymark.changes.Effects.Outcome;
import uk.waymark.messaging.ConfirmationCodes;
import uk.waymark.messaging.DecidedAnew;
import uk.waymark.messaging.Messaging;
import uk.waymark.notifications.NewMessage;
import uk.waymark.notifications.Outbox;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Idempotency;
import uk.waymark.platform.Ids;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;

/**
 * A person's own changes. Whoever holds the phone may be somebody else: a change is begun only after a fresh sign-in, and
 * seen, confirmed and cancelled only on the device that began it.
 */
@Singleton
final class ContactChanges {
    private static final UUID PLATFORM = new UUID(0, 0);
    private static final int BOUND = 1_000_000;
    private final ActingAs acting;
    private final ChangeStore store;
    private final Effects effects;
    private final AccountNumbers accounts;
    private final Idempotency idempotency;
    private final Outbox outbox;
    private final Messaging messaging;
    private final DecidedAnew anew;
    private final Audit audit;
    private final ChangeSettings settings;
    private final Ids ids;
    private final RandomGenerator random;
    private final MachineClock machine;
    private final CaseClock caseTime;

    ContactChanges(ActingAs acting, ChangeStore store, Effects effects, AccountNumbers accounts, Idempotency idempotency,
                   Outbox outbox, Messaging messaging, DecidedAnew anew, Audit audit, ChangeSettings settings, Ids ids,
                   RandomGenerator random, MachineClock machine, CaseClock caseTime) {
        this.acting = acting;
        this.store = store;
        this.effects = effects;
        this.accounts = accounts;
        this.idempotency = idempotency;
        this.outbox = outbox;
        this.messaging = messaging;
        this.anew = anew;
        this.audit = audit;
        this.settings = settings;
        this.ids = ids;
        this.random = random;
        this.machine = machine;
        this.caseTime = caseTime;
    }

    private record First(UUID person, UUID force) { }

    /**
     * Sends a code to the new number or address, whatever it is: nothing of it is looked up here.
     *
     * @param key of idempotency, or null
     * @throws ProblemException 409 where the account has nobody, 429
     * @throws uk.waymark.platform.SignInRefused without a fresh sign-in
     */
    Mine start(Caller.Person person, Destination to, boolean signOutOthers, String key) {
        acting.as(person, () -> null); // a session that has ended counts nothing
        accounts.requireFresh(person);
        accounts.countChange(person, to.value());
        Mine begun = acting.as(person, (Connection c) -> begin(c, person, to, signOutOthers, key));
        messaging.wake();
        return begun;
    }

    private Mine begin(Connection c, Caller.Person person, Destination to, boolean signOutOthers, String key) {
        First first = Sql.one(c, """
            select id, force_id from waymark.person where id = any ((select waymark.ctx_persons())::uuid[])
             order by force_id, id limit 1""",
            r -> new First(Sql.uuid(r, "id"), Sql.uuid(r, "force_id"))).orElseThrow(() -> ProblemException.conflict(
                "nobody-to-tell", "There is nobody to tell", "This account sees no case any more, so there is nothing to "
                    + "change. Ask the officer for a new invitation."));
        var made = new AtomicReference<String>();
        String request = to.kind() + " " + to.value() + " " + signOutOthers;
        UUID id = idempotency.once(c, person, "startContactChange", key, request, () -> {
            UUID fresh = ids.next();
            made.set(String.format(Locale.ROOT, "%06d", random.nextInt(BOUND)));
            store.start(c, fresh, to, signOutOthers, made.get(), machine.instant().plus(settings.code(to.kind())));
            audit.record(c, person, "contact_change_started", null, first.person());
            return fresh;
        }).id();
        Mine begun = store.mine(c, id).orElseThrow(ProblemException::notFound);
        if (made.get() != null) {
            enqueue(c, id, to.kind(), made.get(), first);
        }
        return begun;
    }

    /** A text leaves from where sign-in codes do, which belongs to no force; emails and letters have no such sender. */
    private void enqueue(Connection c, UUID id, ChangeKind kind, String code, First first) {
        boolean text = kind == ChangeKind.MOBILE;
        acting.goOn(c, text ? new Caller.Nobody() : new Caller.Worker(first.force()));
        Instant now = caseTime.instant();
        outbox.enqueue(c, new NewMessage(text ? PLATFORM : first.force(), text ? id : first.person(),
            ConfirmationCodes.MESSAGE_CLASS, ConfirmationCodes.MESSAGE_CLASS, Map.of("code", code), "contact-change:" + id, id,
            now, now.plus(settings.code(kind))));
    }

    /**
     * @throws ProblemException 404 where this device did not begin it; 422, the same for a code that is wrong, has run out
     *     or was never sent
     */
    Mine confirm(Caller.Person person, UUID id, String code) {
        record Said(Mine mine, Outcome outcome) { }
        // a wrong try commits: it counts
        Said said = acting.as(person, (Connection c) -> {
            String what = store.confirm(c, id, code.replaceAll("\\s", "")).orElseThrow(ProblemException::notFound);
            if (what.equals("wrong")) {
                return new Said(null, null);
            }
            Mine mine = store.mine(c, id).orElseThrow(ProblemException::notFound);
            if (what.equals("before")) {
                return new Said(mine, null);
            }
            audit.record(c, person, "contact_change_confirmed", null, null);
            Outcome outcome = effects.confirmed(c, id);
            return new Said(outcome.done() ? mine.in("done") : mine, outcome);
        });
        if (said.mine() == null) {
            throw ProblemException.unprocessable("/code", "The code is wrong or has run out. Check it, or begin again.");
        }
        if (said.outcome() != null) {
            said.outcome().concerned().forEach(anew::of);
        }
        return said.mine();
    }

    List<Mine> page(Caller.Person person, UUID before, int limit) {
        return acting.as(person, (Connection c) -> store.mine(c, before, limit));
    }

    /** @throws ProblemException 404 where this device did not begin it, 409 where it is over */
    void cancel(Caller.Person person, UUID id) {
        acting.as(person, (Connection c) -> {
            store.mine(c, id).orElseThrow(ProblemException::notFound);
            if (!store.end(c, id, "cancelled", Decided.BY_ITSELF)) {
                throw StaffDecisions.over();
            }
            audit.record(c, person, "contact_change_cancelled", null, null);
            return null;
        });
    }
}
