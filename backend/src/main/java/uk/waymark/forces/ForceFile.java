package uk.waymark.forces;

import java.net.URI;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code force add} reads: how a force is to be set up. A section that the file leaves out is empty here and left
 * as it is; one that it has says all there is of it.
 *
 * @param welsh under the Welsh Language Standards: a person whose language is not known is asked
 */
record ForceFile(String code, Names name, boolean welsh, Optional<List<Unit>> units, Optional<List<Phone>> phones,
                 Optional<List<Sender>> senders, Optional<List<IdentityProvider>> identityProvider,
                 Optional<List<String>> systemClients, Optional<Map<String, Optional<Duration>>> feeds) {

    record Names(String en, String cy) { }

    /** @param phone E.164 or a short number, or null */
    record Unit(String code, Names name, String phone, List<Hours> hours) { }

    /** UK local time. @param weekday 1 is Monday */
    record Hours(int weekday, LocalTime opens, LocalTime closes) { }

    /** @param number E.164 or a short number */
    record Phone(String number, Names label) { }

    /** @param messagingServiceSid or null @param sender a number or a name to send from, or null */
    record Sender(String accountSid, String messagingServiceSid, String sender, String credentialRef) { }

    record IdentityProvider(URI issuer, String audience, URI jwksUri) { }

    /** What reading came to. */
    sealed interface Read { }

    record Good(ForceFile file) implements Read { }

    /** @param complaints one line a mistake: where, what is wrong, what to write instead; no values of secrets */
    record Bad(List<String> complaints) implements Read { }
}
