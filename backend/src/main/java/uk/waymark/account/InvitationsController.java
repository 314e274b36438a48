package uk.waymark.account;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import uk.waymark.api.StaffInvitationsApi;
import uk.waymark.api.model.InvitationRequest;
import uk.waymark.api.model.InvitationState;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.Idempotency;
import uk.waymark.platform.ProblemException;

/** Staff invite a person of their force, withdraw it, or end a person's link to an account. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class InvitationsController implements StaffInvitationsApi {
    private final ActingAs acting;
    private final CurrentCaller caller;
    private final Invitations invitations;
    private final Links links;
    private final Idempotency idempotency;
    private final Audit audit;

    InvitationsController(ActingAs acting, CurrentCaller caller, Invitations invitations, Links links,
                          Idempotency idempotency, Audit audit) {
        this.acting = acting;
        this.caller = caller;
        this.invitations = invitations;
        this.links = links;
        this.idempotency = idempotency;
        this.audit = audit;
    }

    @Override
    public HttpResponse<uk.waymark.api.model.Invitation> invitePerson(UUID person, InvitationRequest request,
                                                                           String key) {
        Caller.Staff staff = caller.staff();
        HandOver handOver = HandOver.of(request.getHandOver().getValue());
        Invitation invitation = acting.as(staff, c -> {
            var made = new AtomicReference<Invitation>();
            var created = idempotency.once(c, staff, "invitePerson", key, person + " " + handOver, () -> {
                made.set(invitations.invite(c, staff, person, handOver));
                return made.get().id();
            });
            return created.repeated()
                ? invitations.find(c, person, created.id()).orElseThrow(ProblemException::notFound) : made.get();
        });
        return HttpResponse.created(model(invitation));
    }

    @Override
    public HttpResponse<Void> withdrawInvitation(UUID person, UUID invitation) {
        Caller.Staff staff = caller.staff();
        acting.as(staff, c -> {
            invitations.withdraw(c, staff, person, invitation);
            return null;
        });
        return HttpResponse.noContent();
    }

    @Override
    public HttpResponse<Void> endAccountLink(UUID person) {
        Caller.Staff staff = caller.staff();
        acting.as(staff, c -> {
            if (!invitations.sees(c, person) || !links.endFor(c, person, "ended_by_staff")) {
                throw ProblemException.notFound();
            }
            audit.record(c, staff, "account_link_ended", null, person);
            return null;
        });
        return HttpResponse.noContent();
    }

    private static uk.waymark.api.model.Invitation model(Invitation i) {
        var model = new uk.waymark.api.model.Invitation(i.id(), i.person(),
            uk.waymark.api.model.HandOver.fromValue(i.handOver().stored()), InvitationState.fromValue(i.state()),
            i.expiresAt().atOffset(ZoneOffset.UTC));
        model.setInvitationCode(i.code());
        return model;
    }
}
