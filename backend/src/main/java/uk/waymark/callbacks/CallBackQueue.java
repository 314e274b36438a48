package uk.waymark.callbacks;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import uk.waymark.callbacks.CallBack.Ending;
import uk.waymark.callbacks.NumbersGiven.Where;
import uk.waymark.messaging.Briefing;
import uk.waymark.messaging.Ringing;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;
import uk.waymark.staff.WorkItems;

/** Who waits for a call, and taking one on. The number is given last of all, to whoever is about to ring, if it may be rung now. */
@Singleton
final class CallBackQueue {
    private static final int NAME_LENGTH = 100;
    private final ActingAs acting;
    private final CallBackStore store;
    private final Placing placing;
    private final NumbersGiven given;
    private final Ringing ringing;
    private final Briefing briefing;
    private final BeforeRinging before;
    private final CallBackEndings endings;
    private final WorkItems workItems;
    private final CallBackSettings settings;
    private final Audit audit;
    private final CaseClock clock;

    CallBackQueue(ActingAs acting, CallBackStore store, Placing placing, NumbersGiven given, Ringing ringing, Briefing briefing,
                  BeforeRinging before, CallBackEndings endings, WorkItems workItems, CallBackSettings settings, Audit audit,
                  CaseClock clock) {
        this.acting = acting;
        this.store = store;
        this.placing = placing;
        this.given = given;
        this.ringing = ringing;
        this.briefing = briefing;
        this.before = before;
        this.endings = endings;
        this.workItems = workItems;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * As staff see it.
     *
     * @param desk   whom the force has for it now, or null
     * @param before what to know before ringing; only for who claims it
     * @param number likewise; null where none may be rung
     */
    record Seen(CallBack callBack, Offices.Desk desk, String before, String number) {
        /** Without the number. */
        @Override
        public String toString() {
            return "Seen[" + callBack + "]";
        }
    }

    /** @param after the last one of the page before, or null */
    List<Seen> page(Caller.Staff staff, String unit, UUID caseId, CallBackStore.Place after, int limit) {
        return acting.as(staff, c -> {
            List<CallBack> found = store.waiting(c, staff.force(), unit, caseId, after, limit);
            found.forEach(b -> audit.record(c, staff, "call_back_read", b.caseId(), b.person()));
            return found.stream().map(b -> seen(c, b)).toList();
        });
    }

    Seen seen(Connection c, CallBack b) {
        return new Seen(b, b.over() ? null : placing.desk(c, b).orElse(null), null, null);
    }

    /**
     * Takes it on. Whoever has it already goes on with it also when the hour is over, to put down how it went: the number is given no more then.
     *
     * @throws ProblemException 404; 409 where somebody else has it, it is over, a supervisor decides first, it is not time yet, not at
     *                          this hour, or somebody who speaks the language is waited for
     */
    Seen claim(Caller.Staff staff, UUID id) {
        record Tried(Seen seen, String ended) { }
        Tried tried = acting.as(staff, c -> {
            CallBack b = claimable(c, staff, id);
            audit.record(c, staff, "call_back_claimed", b.caseId(), b.person());
            String said = briefing.forCall(c, b.person(), b.details().word(), b.details().voicemail());
            acting.goOn(c, new Caller.Worker(staff.force()));
            Where where = given.of(c, b);
            if (where.ended() != null) {
                endings.end(c, b, Ending.NOT_NEEDED, null);
                return new Tried(null, where.ended());
            }
            boolean safe = ringing.times(c, b.person()).test(clock.instant());
            if (!has(staff, b)) {
                checkHour(b, safe);
            }
            boolean rings = b.urgent() || safe && mayRing(staff, b);
            String name = name(staff);
            if (b.itemId() != null && !workItems.claim(c, b.itemId(), name)) {
                throw taken();
            }
            endings.speakerFound(c, id);
            store.claim(c, id, name, clock.instant());
            return new Tried(new Seen(store.one(c, id).orElseThrow(), placing.desk(c, b).orElse(null),
                before.words(b, where, safe, rings, said), rings ? where.number() : null), null);
        });
        if (tried.ended() != null) {
            throw ProblemException.conflict("no-longer-needed", "Nobody is to be rung any more",
                "The person, or their part in the case, has changed. Do not ring; read the list again.");
        }
        return tried.seen();
    }

    /**
     * By its item in the queue: the same claim, and whoever has it claims the call back for what to know and the number.
     *
     * @throws ProblemException as {@link #claim}
     */
    void takeOn(Connection c, Caller.Staff staff, UUID id) {
        CallBack b = claimable(c, staff, id);
        audit.record(c, staff, "call_back_claimed", b.caseId(), b.person());
        acting.goOn(c, new Caller.Worker(staff.force()));
        if (!has(staff, b)) {
            checkHour(b, ringing.times(c, b.person()).test(clock.instant()));
        }
        endings.speakerFound(c, id);
        acting.goOn(c, staff);
        store.claim(c, id, name(staff), clock.instant());
    }

    private static void checkHour(CallBack b, boolean safe) {
        if (!safe && !b.urgent()) {
            throw ProblemException.conflict("not-a-safe-time", "Nobody is to ring at this hour",
                "The person is not to be rung at this time, or it is quiet hours. Take it on again later.");
        }
    }

    private CallBack claimable(Connection c, Caller.Staff staff, UUID id) {
        CallBack b = store.locked(c, id).orElseThrow(ProblemException::notFound);
        Instant now = clock.instant();
        over(b);
        if (b.claimedBy() != null && !b.claimedBy().equals(name(staff)) && !lapsed(b)) {
            throw taken();
        }
        if (b.decisionNeeded()) {
            throw decides();
        }
        if (b.slot() != null && b.slot().from().minus(settings.time("claim_before")).isAfter(now)) {
            throw ProblemException.conflict("not-yet", "It is booked for later",
                "The person expects the call " + Spoken.of(b.slot(), "en") + ". Take it on shortly before.");
        }
        if (!mayRing(staff, b) && !has(staff, b)) {
            throw ProblemException.conflict("not-yet", "They asked to be rung at other times",
                "The person asked to be rung " + Spoken.english(b.toCome(now)) + ". Ring then; at another time a supervisor decides.");
        }
        if (!speaks(c, staff, b) && !(staff.supervisor() && !placing.speakerUntil(c, b).isAfter(now))) {
            throw ProblemException.conflict("speaker-needed", "The person is rung in Welsh", "Leave it to somebody who speaks Welsh. If "
                + "nobody takes it on, a supervisor finds somebody.");
        }
        return b;
    }

    private boolean lapsed(CallBack b) {
        return b.claimedAt() != null && !b.heldFrom().plus(settings.time("claim_holds")).isAfter(clock.instant());
    }

    /** Whether they have taken it on, and still have it. */
    private boolean has(Caller.Staff staff, CallBack b) {
        return name(staff).equals(b.claimedBy()) && !lapsed(b);
    }

    /** Whether this is one of the times that the person asked for, or a supervisor decides that it is another one. */
    private boolean mayRing(Caller.Staff staff, CallBack b) {
        return b.slot() != null || b.urgent() || staff.supervisor() || b.suits(clock.instant());
    }

    private static boolean speaks(Connection c, Caller.Staff staff, CallBack b) {
        return "en".equals(b.language()) || Sql.one(c,
            "select 1 as one from waymark.call_back_speaker where force_id = ? and subject = ? and language = ?", r -> true, staff.force(),
            staff.subject(), b.language()).orElse(false);
    }

    static void over(CallBack b) {
        if (b.over()) {
            throw ProblemException.conflict("call-back-over", "It is over", "Somebody has dealt with it, or it was taken back. Read the "
                + "list again.");
        }
    }

    static ProblemException decides() {
        return ProblemException.conflict("supervisor-decides", "A supervisor decides first",
            "The person was rung in vain, or it was not safe. Nobody rings again before a supervisor has decided so.");
    }

    private static ProblemException taken() {
        return ProblemException.conflict("already-claimed", "Somebody else is dealing with it",
            "Take another one, or ask whoever has claimed this one.");
    }

    static String name(Caller.Staff staff) {
        return staff.subject().substring(0, Math.min(NAME_LENGTH, staff.subject().length()));
    }

    /**
     * For what needs to be theirs first. Whose claim lapsed during the call has it again, unless somebody else has taken it on.
     *
     * @throws ProblemException 404; 409
     */
    CallBack held(Connection c, Caller.Staff staff, UUID id) {
        CallBack b = store.locked(c, id).orElseThrow(ProblemException::notFound);
        over(b);
        String name = name(staff);
        if (b.claimedBy() == null && name.equals(b.lapsedBy())) {
            acting.goOn(c, new Caller.Worker(staff.force()));
            boolean theirs = b.itemId() == null || workItems.claim(c, b.itemId(), name);
            acting.goOn(c, staff);
            if (theirs) {
                store.claim(c, id, name, clock.instant());
                return store.one(c, id).orElseThrow();
            }
        }
        if (!name.equals(b.claimedBy())) {
            throw ProblemException.conflict("not-claimed", "You have not taken it on",
                "Claim it first; a claim that comes to nothing lapses.");
        }
        return b;
    }
}
