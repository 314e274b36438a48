package uk.waymark.sandbox;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.util.Optional;
import uk.waymark.platform.ProblemException;

/** An SMS from a phone of the sandbox: to whoever wrote to it last, by way of the stand-in for Twilio. */
@Singleton
@Requires(env = "sandbox")
final class Replies {
    private final Phones phones;
    private final TwilioStandIn twilio;
    private final SandboxPeople people;
    private final AddedForces forces;

    Replies(Phones phones, TwilioStandIn twilio, SandboxPeople people, AddedForces forces) {
        this.phones = phones;
        this.twilio = twilio;
        this.people = people;
        this.forces = forces;
    }

    void send(String from, String body) {
        String number = phones.number(from)
            .orElseThrow(() -> ProblemException.badRequest("/from", "is not a phone number"));
        var account = lastToWrite(number).or(() -> forceOf(number)).orElseThrow(() -> ProblemException.of(
            HttpStatus.NOT_FOUND, "not-found", "No such phone",
            "Nobody in the sandbox has this number, and nobody has written to it. See /sandbox/people."));
        if (!twilio.reply(account, number, body)) {
            throw ProblemException.of(HttpStatus.CONFLICT, "reply-not-taken", "The reply was not taken",
                "The server did not take the reply from the stand-in for Twilio. Try again.");
        }
    }

    private Optional<SandboxForces.Account> lastToWrite(String number) {
        return phones.on(number).stream()
            .flatMap(t -> forces.all().stream().map(SandboxForces.Force::account)
                .filter(a -> a != null && a.sid().equals(t.accountSid())))
            .findFirst();
    }

    private Optional<SandboxForces.Account> forceOf(String number) {
        return people.all().stream().filter(p -> number.equals(p.mobile())).findFirst().map(p -> p.force().account());
    }
}
