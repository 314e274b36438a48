package uk.waymark.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.waymark.platform.CaseClock;

/**
 * Brings the sandbox to life over HTTP: the forces report through {@code POST /v1/bridge/events}, and some people take
 * their invitations up and sign in, reading the codes from their phones. Doing it again changes nothing.
 */
@Singleton
@Requires(env = "sandbox")
public final class Loader {
    private static final Pattern CODE = Pattern.compile("\\b(\\d{6})\\b");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_AGAIN_MILLIS = 100;
    private final Calls calls;
    private final IdentityStandIn identity;
    private final SandboxPeople people;
    private final Phones phones;
    private final Notes notes;
    private final CaseClock clock;

    /** The sandbox could not be brought to life. */
    public static final class NotLoaded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotLoaded(String message) {
            super(message);
        }
    }

    Loader(Calls calls, IdentityStandIn identity, SandboxPeople people, Phones phones, Notes notes, CaseClock clock) {
        this.calls = calls;
        this.identity = identity;
        this.people = people;
        this.phones = phones;
        this.notes = notes;
        this.clock = clock;
    }

    /** @throws NotLoaded when the server refuses what a force or a person sends */
    public void load() {
        if (notes.find("loaded").isPresent()) {
            return;
        }
        // the same times again after a start that was broken off, so that the events are the same
        Story story = Story.at(Instant.parse(notes.findOrMake("loaded-from", () -> clock.instant().toString())));
        SandboxForces.all().forEach(force -> report(force, story.firstBatch(force.code())));
        story.signUps().forEach(this::signUp);
        SandboxForces.all().forEach(force -> report(force, story.laterBatch(force.code())));
        notes.put("loaded", clock.instant().toString());
    }

    private void report(SandboxForces.Force force, ObjectNode batch) {
        var answer = calls.post("/v1/bridge/events", identity.token(force, "system"), batch);
        if (!answer.good()) {
            throw new NotLoaded("The events of " + force.code() + " were answered with " + answer.status() + ".");
        }
        for (JsonNode result : answer.body().path("results")) {
            if ("refused".equals(result.path("status").asText())) {
                throw new NotLoaded("An event of " + force.code() + " was refused: " + result.path("source_event_id").asText()
                    + ", " + result.path("reason").asText() + ", " + result.path("detail").asText());
            }
        }
    }

    private void signUp(Story.SignUp person) {
        String note = "signed-up-" + person.mobile();
        if (notes.find(note).isPresent()) {
            return;
        }
        Optional<String> invitation = people.all().stream()
            .filter(p -> person.mobile().equals(p.mobile()) && person.crimeReference().equals(p.crimeReference()))
            .map(SandboxPeople.Someone::invitationCode).filter(code -> code != null).findFirst();
        if (invitation.isEmpty()) {
            throw new NotLoaded("Nobody was invited in " + person.crimeReference() + ".");
        }
        int received = phones.on(person.mobile()).size();
        var activation = calls.post("/v1/sign-in/activations", null, Map.of("invitation_code", invitation.get(),
            "crime_reference", person.crimeReference(), "mobile", person.mobile()));
        check(activation, "An invitation");
        String code = awaitCode(person.mobile(), received);
        // before the last step: after a kill right behind it the invitation would be gone
        notes.put(note, clock.instant().toString());
        var tokens = calls.post("/v1/sign-in/tokens", null, Map.of("mobile", person.mobile(),
            "code", code, "device", Map.of("name", person.device(), "platform", "other")));
        check(tokens, "A sign-in");
        if (person.pin() != null) {
            check(calls.put("/v1/me/pin", tokens.body().path("access_token").asText(), Map.of("pin", person.pin())), "A PIN");
            notes.put("pin-" + person.mobile(), person.pin());
        }
        String token = tokens.body().path("access_token").asText();
        ask(person, token);
        if (person.writes() != null) {
            write(person, token);
        }
    }

    /** What they have begun to write, and the call that they asked for. */
    private void ask(Story.SignUp person, String token) {
        if (person.draft() == null && person.callBack() == null) {
            return;
        }
        for (JsonNode one : calls.get("/v1/me/cases", token).body().path("items")) {
            String path = "/v1/me/cases/" + one.path("id").asText();
            boolean theirs = one.path("crime_reference").asText().equals(person.crimeReference());
            if (theirs && person.draft() != null) {
                check(calls.post(path + "/statements", token, person.draft()), "A statement");
            }
            if (theirs && person.callBack() != null) {
                check(calls.post(path + "/call-backs", token, person.callBack()), "A call back");
            }
        }
    }

    /** A question in their first case, opened and answered by its unit. */
    private void write(Story.SignUp person, String token) {
        JsonNode of = calls.get("/v1/me", token).body().path("cases").path(0);
        var sent = calls.post("/v1/me/cases/" + of.path("case_id").asText() + "/messages", token, Map.of("body", person.writes()));
        check(sent, "A message");
        for (SandboxForces.Force force : SandboxForces.all()) {
            String staff = identity.token(force, "witness_care");
            for (JsonNode item : calls.get("/v1/staff/conversations?case_id=" + of.path("case_id").asText(), staff).body().path("items")) {
                String found = "/v1/staff/conversations/" + item.path("id").asText();
                check(calls.get(found, staff), "A conversation");
                check(calls.post(found + "/messages", staff, Map.of("body", person.reply())), "A reply");
            }
        }
    }

    private static void check(Calls.Answer answer, String what) {
        if (!answer.good()) {
            throw new NotLoaded(what + " was answered with " + answer.status() + ": " + answer.body().path("title").asText());
        }
    }

    /** The code that arrives after so many messages. */
    private String awaitCode(String mobile, int received) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            var messages = phones.on(mobile);
            for (var message : messages.subList(0, Math.max(0, messages.size() - received))) {
                Matcher code = CODE.matcher(message.body());
                if (code.find()) {
                    return code.group(1);
                }
            }
            pause();
        }
        throw new NotLoaded("A one-time code did not arrive in " + PATIENCE.toSeconds() + " s.");
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotLoaded("Loading was broken off.");
        }
    }
}
