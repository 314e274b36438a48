package uk.waymark.forces;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import uk.waymark.courts.Court;

/**
 * What {@code force add} reads: how a force is to be set up. A section that the file leaves out is empty here and left
 * as it is; one that it has says all there is of it.
 *
 * @param colour of the pages' head, {@code #} and six hex digits; null for ours
 * @param welsh under the Welsh Language Standards: a person whose language is not known is asked
 */
record ForceFile(String code, Names name, boolean welsh, String colour, Optional<List<Unit>> units, Optional<List<Phone>> phones,
                 Optional<List<Sender>> senders, Optional<List<IdentityProvider>> identityProvider,
                 Optional<List<String>> systemClients, Optional<Map<String, Optional<Duration>>> feeds,
                 Optional<List<Adapter>> adapters, Optional<Messages> messages,
                 Optional<Reading> reading, Optional<List<Court>> courts, Optional<CallBacks> callBacks,
                 Optional<Attachments> attachments) {
    /** In place of a force's code: the file is about systems of the courts, which belong to no force. */
    static final String NO_FORCE = "none";

    boolean national() {
        return NO_FORCE.equals(code);
    }

    record Names(String en, String cy) { }

    /** Files of messages. Bytes; null for the default. @param serveUnscanned whether what no scanner has looked at is served */
    record Attachments(boolean serveUnscanned, Integer fileBytes, Integer messageFiles, Long caseBytes) { }

    /** @param phone E.164 or a short number, or null */
    record Unit(String code, Names name, String phone, List<Hours> hours) { }

    /** UK local time. @param weekday 1 is Monday */
    record Hours(int weekday, LocalTime opens, LocalTime closes) { }

    /** @param number E.164 or a short number */
    record Phone(String number, Names label) { }

    /**
     * An account at a message provider, as its row has it.
     *
     * @param account        as the provider calls it
     * @param messagingServiceSid of Twilio, or null
     * @param sender         a number or a name at Twilio, a sender's id at GOV.UK Notify, or null
     * @param discreetSender what discreet messages leave from, or null
     * @param keywords       of Twilio: {@code off}, {@code replaced}, or null where nobody has confirmed it
     * @param templates      of GOV.UK Notify, by channel
     */
    record Sender(String kind, String account, String messagingServiceSid, String sender, String discreetSender, boolean twoWay,
                  int weight, String keywords, Map<String, String> templates, String credentialRef) {
        static final String TWILIO = "twilio";

        Sender {
            templates = Map.copyOf(templates);
        }

        boolean isTwilio() {
            return TWILIO.equals(kind);
        }

        /** What no other force can send from: its replies would come to both. */
        List<String> ownNumbers() {
            return Stream.of(sender, discreetSender).filter(s -> s != null && s.startsWith("+")).toList();
        }
    }

    /**
     * @param tokenTypes what the header's {@code typ} may be, in small letters; empty for anything
     * @param acrValues  how strongly staff have to have signed in; empty where it is not asked
     * @param pages      how staff sign in on the pages; null where they do not
     */
    record IdentityProvider(URI issuer, String audience, URI jwksUri, List<String> tokenTypes, List<String> acrValues, Pages pages) { }

    /** The client of the pages at the provider. @param secretRef of its secret; null for a public client */
    record Pages(String client, String secretRef, String scope) {
        /** What the database takes where the file does not say. */
        static final String SCOPE = "openid profile";
    }

    /**
     * A system of others that this force lets us ask, or hand things over to.
     *
     * @param tokenUrl with clientId and credentialRef, or null where it wants no token
     * @param credentialRef of the client's secret, or of the one that signs what is sent; null where it wants neither
     * @param mapping JSON: what the kind knows beside
     */
    record Adapter(String kind, URI baseUrl, URI tokenUrl, String clientId, String credentialRef, String mapping,
                   Duration pollEvery, Duration pollIdleEvery, Duration silentAfter, boolean enabled) { }

    /**
     * For how long what of messages is kept, and what they cost.
     *
     * @param wordsKeptMonths   null: as long as the case
     * @param tracesKeptDays    null: as long as messages/classes.yaml says
     * @param segmentPricePence null: not known
     * @param quietHours        of people who have chosen none; null: none
     */
    record Messages(Integer wordsKeptMonths, Integer tracesKeptDays, BigDecimal segmentPricePence, Quiet quietHours,
                    String subjectAccess) { }

    /** UK local time; may pass midnight. */
    record Quiet(LocalTime from, LocalTime to) { }

    /**
     * How staff read about people.
     *
     * @param reasonsRequired a read without a reason is refused; otherwise it is noted so; null leaves it as it is
     * @param staffNamesShown people see the names of who looked
     */
    record Reading(Boolean reasonsRequired, boolean staffNamesShown) { }

    /**
     * Calls that people ask for.
     *
     * @param due          within how much opening time; null: one working day
     * @param outOfHours   who answers at any hour
     * @param welshSpeakers as the identity provider names them
     */
    record CallBacks(Duration due, OutOfHours outOfHours, List<String> welshSpeakers, List<Places> places) { }

    /** @param phone E.164 or a short number @param text E.164, or null: where phone is a mobile it is texted */
    record OutOfHours(String name, String phone, String text, String language) { }

    /** @param minutes of one call @param places how many at once */
    record Places(String unit, Integer minutes, Integer places) { }

    /** What reading came to. */
    sealed interface Read { }

    record Good(ForceFile file) implements Read { }

    /** @param complaints one line a mistake: where, what is wrong, what to write instead; no values of secrets */
    record Bad(List<String> complaints) implements Read { }
}
