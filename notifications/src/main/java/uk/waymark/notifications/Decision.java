package uk.waymark.notifications;

import java.time.Instant;
import java.util.Objects;

/** What the host's policy says about one message, at the moment of sending. */
public sealed interface Decision {

    /**
     * Send it now.
     *
     * @param address  where to: for SMS an E.164 number, for push the registrations as
     *                 {@link uk.waymark.notifications.firebase.Registration#write} puts them
     * @param language BCP 47, such as {@code en} or {@code cy}
     * @param variant  of the template, such as {@code plain} or {@code neutral}
     * @param another  whether the policy is to be asked again, for another channel, once this one was tried in vain: its provider
     *                 refused the message or was unavailable for too long, it did not arrive, or nobody read it in the
     *                 time that its class says; otherwise a refusal is the end
     * @param notAfter case time after which the provider should not deliver it any more, as far as it can be told so; or null
     */
    record Send(Channel channel, String address, String language, String variant, boolean another, Instant notAfter) implements Decision {
        public Send {
            Objects.requireNonNull(channel, "channel");
            Objects.requireNonNull(address, "address");
            Objects.requireNonNull(language, "language");
            Objects.requireNonNull(variant, "variant");
        }

        /** Worth as long as its class says. */
        public Send(Channel channel, String address, String language, String variant, boolean another) {
            this(channel, address, language, variant, another, null);
        }

        /** The same, but not for longer. */
        public Send until(Instant end) {
            return new Send(channel, address, language, variant, another, end);
        }

        /** On the last channel that there is. */
        public Send(Channel channel, String address, String language, String variant) {
            this(channel, address, language, variant, false);
        }

        /** Without the address. */
        @Override
        public String toString() {
            return "Send[channel=" + channel + ", language=" + language + ", variant=" + variant + "]";
        }
    }

    /** Ask again at {@code until} (case time); if it expires before, it is not sent. */
    record HoldUntil(Instant until, String reason) implements Decision {
    }

    /**
     * Not by this channel, for this message: asked again at once, with it among those that were tried in vain.
     *
     * @param reason a word, for who decides
     */
    record NextChannel(Channel passed, String reason) implements Decision {
        public NextChannel {
            Objects.requireNonNull(passed, "passed");
        }
    }

    /** It must not be sent; staff see it with the reason, a word such as {@code unsafe_number}. */
    record Withhold(String reason) implements Decision {
    }

    /** There is nothing to say any more. */
    record Cancel(String reason) implements Decision {
    }
}
