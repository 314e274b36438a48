package uk.waymark.notifications;

import java.time.Duration;
import java.util.Locale;

/** What came of one attempt. */
public sealed interface SendOutcome {

    /** The provider has taken the message over. */
    record Accepted(String provider, String providerAccount, String providerMessageId) implements SendOutcome {
    }

    /**
     * The provider refused this message and would refuse it again. Never tried again on this channel.
     *
     * @param code    the provider's own code
     * @param meaning our word for it, such as {@code opted_out}
     */
    record Rejected(String code, String meaning) implements SendOutcome {
    }

    /**
     * The provider is known not to have taken the message: retried until it expires.
     *
     * @param retryAfter how long the provider asks to be left alone; zero where it did not say
     */
    record Unavailable(String code, Duration retryAfter) implements SendOutcome {
        public Unavailable(String code) {
            this(code, Duration.ZERO);
        }
    }

    /** Whether the provider took the message cannot be known. Never retried; a receipt may settle it. */
    record Unknown(String what) implements SendOutcome {
    }

    /** The name as stored and as used in metrics. */
    default String stored() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
