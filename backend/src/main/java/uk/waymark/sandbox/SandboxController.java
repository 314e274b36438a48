package uk.waymark.sandbox;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import uk.waymark.api.SandboxApi;
import uk.waymark.api.model.ClockMove;
import uk.waymark.api.model.ClockState;
import uk.waymark.api.model.SandboxChannel;
import uk.waymark.api.model.SandboxMessage;
import uk.waymark.api.model.SandboxMessages;
import uk.waymark.api.model.SandboxPerson;
import uk.waymark.api.model.SandboxReply;
import uk.waymark.api.model.SandboxToken;
import uk.waymark.api.model.SandboxTokenRequest;
import uk.waymark.platform.ProblemException;

/** The sandbox for programs; {@link PageController} is the same for people. */
@Controller
@Requires(env = "sandbox")
@ExecuteOn(TaskExecutors.BLOCKING)
class SandboxController implements SandboxApi {
    private final IdentityStandIn identity;
    private final Phones phones;
    private final SandboxClock clock;
    private final Replies replies;
    private final SandboxPeople people;
    private final SandboxPage page;
    private final Notices notices;
    private final AddedForces forces;

    SandboxController(IdentityStandIn identity, Phones phones, SandboxClock clock, Replies replies, SandboxPeople people,
                      SandboxPage page, Notices notices, AddedForces forces) {
        this.identity = identity;
        this.phones = phones;
        this.clock = clock;
        this.replies = replies;
        this.people = people;
        this.page = page;
        this.notices = notices;
        this.forces = forces;
    }

    @Override
    public HttpResponse<ClockState> sandboxClock() {
        return HttpResponse.ok(state(clock.now()));
    }

    @Override
    public HttpResponse<ClockState> moveSandboxClock(ClockMove move) {
        if ((move.getAdvance() == null) == (move.getAt() == null)) {
            throw ProblemException.badRequest("", "give either advance or at");
        }
        return HttpResponse.ok(state(move.getAdvance() != null
            ? clock.advance(move.getAdvance())
            : clock.moveTo(move.getAt().toInstant())));
    }

    @Override
    public HttpResponse<SandboxMessages> sandboxMessages(String to) {
        String number = phones.number(to)
            .orElseThrow(() -> ProblemException.badRequest("/to", "is not a phone number"));
        return HttpResponse.ok(new SandboxMessages(phones.on(number).stream().map(t ->
            new SandboxMessage(t.to(), SandboxChannel.fromValue(t.channel()), t.body(), time(t.sentAt()))).toList()));
    }

    @Override
    public HttpResponse<Void> sandboxReply(SandboxReply reply) {
        replies.send(reply.getFrom(), reply.getBody());
        return HttpResponse.noContent();
    }

    @Override
    public HttpResponse<SandboxToken> sandboxToken(SandboxTokenRequest request) {
        String code = request.getForce() == null ? SandboxForces.all().get(0).code() : request.getForce();
        var force = forces.find(code).orElseThrow(() -> ProblemException.of(HttpStatus.NOT_FOUND, "not-found",
            "No such force", "The sandbox has the forces northmoor and glanafon, and those that were added with "
                + "./waymark force add."));
        String role = request.getAs().getValue();
        return HttpResponse.ok(new SandboxToken(
            identity.token(SandboxForces.NATIONAL_ROLE.equals(role) ? SandboxForces.NATIONAL : force, role)));
    }

    @Override
    public HttpResponse<List<SandboxPerson>> sandboxPeople() {
        return HttpResponse.ok(people.withPhones().stream().map(SandboxPeople.Someone::json).toList());
    }

    @Override
    public HttpResponse<String> sandboxPage() {
        return page.show(notices.take());
    }

    private static ClockState state(Instant now) {
        return new ClockState(time(now));
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
