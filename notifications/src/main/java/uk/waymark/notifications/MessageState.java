package uk.waymark.notifications;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Where a message stands. {@link #mayBecome} is the one place that says which state may follow which; every update in
 * this library takes its {@code where state in (...)} from it.
 */
public enum MessageState {
    /** Waits for its moment, or for a retry. */
    QUEUED,
    /** The host's policy put it off. */
    HELD,
    /** An attempt is committed and a provider may be being called. */
    STARTED,
    /** The provider has taken it over. */
    ACCEPTED,
    /** It arrived. */
    DELIVERED,
    /** It was refused or did not arrive, and will not be tried again. */
    FAILED,
    /** It may or may not have been sent. Only the provider's word, by receipt or when asked, settles it. */
    UNKNOWN,
    /** Taken back before it was started. */
    CANCELLED,
    /** Its time ran out before it could be sent. */
    EXPIRED,
    /** The host's policy decided that it must not be sent. */
    WITHHELD;

    /** Whether a message in this state may move to {@code next}. */
    public boolean mayBecome(MessageState next) {
        return switch (this) {
            // a receipt of an attempt that was taken to be lost makes it accepted or delivered: it must not be sent again
            case QUEUED, HELD -> switch (next) {
                case HELD, STARTED, ACCEPTED, DELIVERED, FAILED, CANCELLED, EXPIRED, WITHHELD -> true;
                case QUEUED, UNKNOWN -> false;
            };
            // back to queued only when the provider is known not to have taken it
            case STARTED -> switch (next) {
                case QUEUED, ACCEPTED, DELIVERED, FAILED, UNKNOWN -> true;
                case HELD, STARTED, CANCELLED, EXPIRED, WITHHELD -> false;
            };
            // back to queued only for the next channel: it was not read in time
            case ACCEPTED -> next == DELIVERED || next == FAILED || next == QUEUED;
            // back to queued only when the provider says, asked or late, that it does not have it, or for the next channel as above
            case UNKNOWN -> next == ACCEPTED || next == DELIVERED || next == FAILED || next == QUEUED;
            case DELIVERED, FAILED, CANCELLED, EXPIRED, WITHHELD -> false;
        };
    }

    /** Whether nothing follows. */
    public boolean terminal() {
        return switch (this) {
            case DELIVERED, FAILED, CANCELLED, EXPIRED, WITHHELD -> true;
            case QUEUED, HELD, STARTED, ACCEPTED, UNKNOWN -> false;
        };
    }

    /**
     * Whether the host is told as soon as a message is in this state: every terminal one. Of one that is unknown it is told
     * only when nobody is left to be asked: see {@link Settling}.
     */
    public boolean announced() {
        return terminal();
    }

    /** Whether somebody was not told and a person should look: listed first. */
    public boolean needsPerson() {
        return this == FAILED || this == UNKNOWN || this == EXPIRED || this == WITHHELD;
    }

    /** Whether it was not started yet: it can be taken back. */
    public boolean waiting() {
        return this == QUEUED || this == HELD;
    }

    /** Whether a provider may have it: only then do answers move it, and receipts but for those of an attempt taken to be lost. */
    public boolean withProvider() {
        return this == STARTED || this == ACCEPTED || this == UNKNOWN;
    }

    /** The states of a message that was not started from which it may become this one. */
    Set<MessageState> beforeWhileWaiting() {
        return before(MessageState::waiting);
    }

    /**
     * The states of a message that a provider may have from which an answer or a receipt makes it this one. Only an answer
     * queues it again, never if it was accepted.
     */
    Set<MessageState> beforeWithProvider() {
        return this == QUEUED ? EnumSet.of(STARTED, UNKNOWN) : before(MessageState::withProvider);
    }

    /** The states from which a message that was not read goes to the next channel. */
    static Set<MessageState> beforeNextChannel() {
        return EnumSet.of(ACCEPTED, UNKNOWN);
    }

    private Set<MessageState> before(Predicate<MessageState> which) {
        Set<MessageState> sources = EnumSet.noneOf(MessageState.class);
        for (MessageState state : values()) {
            if (which.test(state) && state.mayBecome(this)) {
                sources.add(state);
            }
        }
        return sources;
    }

    /** The name as stored and as used in metrics. */
    public String stored() {
        return name().toLowerCase(Locale.ROOT);
    }

    static MessageState fromStored(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
