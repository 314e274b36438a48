package uk.waymark.account;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import uk.waymark.account.Limits.Counted;
import uk.waymark.account.Limits.Kind;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.SignInRefused;
import uk.waymark.platform.Sql;

/** Moves an account to another number, and what a person has to have done before they may ask for it. */
@Singleton
public final class AccountNumbers {
    private static final String NUMBER_KEY = "mobile";
    /** Somebody else was reached on the old number: staff ask within the day whether that is still right. */
    private static final Duration DUE = Duration.ofHours(24);
    /** More people than ever share a number. */
    private static final int MOST_TOGETHER = 20;
    private final Limits limits;
    private final Sealing sealing;
    private final Ids ids;
    private final MachineClock clock;
    private final CaseClock caseTime;

    AccountNumbers(Limits limits, Sealing sealing, Ids ids, MachineClock clock, CaseClock caseTime) {
        this.limits = limits;
        this.sealing = sealing;
        this.ids = ids;
        this.clock = clock;
        this.caseTime = caseTime;
    }

    /** What became of it. */
    public enum Moved {
        /** The account has the number, and its other devices are signed out where that was wanted. */
        MOVED,
        /** Another live account has it. */
        TAKEN,
        /** It is held for a suspect. */
        SUSPECT,
        /** The change was never confirmed, is over, or the account is. */
        OVER
    }

    /** @throws SignInRefused where the last sign-in is more than five minutes ago */
    public void requireFresh(Caller.Person person) {
        if (!isFresh(person)) {
            throw SignInRefused.tooLongAgo();
        }
    }

    /** Whether the last sign-in is no more than five minutes ago. */
    public boolean isFresh(Caller.Person person) {
        return !person.authTime().isBefore(clock.instant().minus(SignInRefused.FRESH));
    }

    /**
     * Counts a change that is begun; not to be called within a transaction.
     *
     * @param to a number or an address
     * @throws uk.waymark.platform.ProblemException 429
     */
    public void countChange(Caller.Person person, String to) {
        limits.count(new Counted(Kind.CHANGES_OF_ACCOUNT, person.account().toString()),
            new Counted(Kind.CHANGES_TO_NUMBER, to.toLowerCase(Locale.ROOT)));
    }

    /**
     * Gives the account of a confirmed change its new number. Codes that were asked for to the old one open nothing any more.
     * Whoever else has the old one keeps it, and their unit gets a task.
     *
     * @param c of a transaction that may ask about the change
     */
    public Moved move(Connection c, UUID change, UUID account, String number) {
        Sealing.LookupKey key = sealing.lookupKey(NUMBER_KEY, number);
        UUID[] items = Stream.generate(ids::next).limit(MOST_TOGETHER).toArray(UUID[]::new);
        return Moved.valueOf(Sql.one(c, "select waymark.gate_move_number(?, ?, ?, ?, ?, ?, ?, ?, ?) as moved",
            r -> r.getString("moved"), change, sealing.sealText(TakingUp.ACCOUNT_NUMBER, account, number), key.value(),
            key.version(), sealing.keys(NUMBER_KEY, number), items, clock.instant(), caseTime.instant(),
            caseTime.instant().plus(DUE)).orElseThrow().toUpperCase(Locale.ROOT));
    }
}
