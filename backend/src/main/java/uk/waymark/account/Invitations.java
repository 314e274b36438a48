package uk.waymark.account;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import uk.waymark.notifications.NewMessage;
import uk.waymark.notifications.Outbox;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * Invitations to sign up. By SMS only to a number known to be safe, in a case without a safety flag; otherwise an
 * officer hands the code over. The dead are never invited. Everything here acts for a force, on the caller's
 * transaction.
 */
@Singleton
public final class Invitations {
    static final String CODE = "invitation.code";
    private static final Duration LIFETIME = Duration.ofDays(14);
    private static final Duration HAND_OVER_DUE = Duration.ofDays(1);
    private final Outbox outbox;
    private final WorkItems workItems;
    private final Sealing sealing;
    private final Audit audit;
    private final Ids ids;
    private final RandomGenerator random;
    private final MachineClock machine;
    private final CaseClock caseTime;

    Invitations(Outbox outbox, WorkItems workItems, Sealing sealing, Audit audit, Ids ids, RandomGenerator random,
                MachineClock machine, CaseClock caseTime) {
        this.outbox = outbox;
        this.workItems = workItems;
        this.sealing = sealing;
        this.audit = audit;
        this.ids = ids;
        this.random = random;
        this.machine = machine;
        this.caseTime = caseTime;
    }

    /** @param onPhones takes part in a recorded case that the force lets be on phones */
    private record Invitee(UUID force, boolean gone, boolean hasNumber, String mobileSafe, boolean safety,
                           boolean onPhones, boolean signedUp, boolean invited) {

        /** Why the code may not go by SMS; empty where it may. */
        Optional<String> noSms() {
            return safety ? Optional.of("safety_flag")
                : !hasNumber ? Optional.of("no_number")
                : "safe".equals(mobileSafe) ? Optional.empty() : Optional.of("number_" + mobileSafe);
        }
    }

    /**
     * Invites; an open invitation is withdrawn.
     *
     * @return with its code, unless it goes by SMS
     * @throws ProblemException 404 for a person whom the caller's force does not have; 409 for the dead, for who has
     *     signed up, for a case kept off phones, and for SMS where that is not known to be safe
     */
    public Invitation invite(Connection c, Caller caller, UUID person, HandOver handOver) {
        Invitee invitee = invitee(c, person).orElseThrow(ProblemException::notFound);
        refuseWhereNotAllowed(invitee, handOver);
        withdrawOpen(c, person);
        Invitation made = insert(c, invitee.force(), person, handOver);
        audit.record(c, caller, "invited", null, person);
        if (handOver == HandOver.SMS) {
            Instant now = caseTime.instant();
            outbox.enqueue(c, new NewMessage(invitee.force(), person, "invitation", "invitation",
                Map.of("code", made.code()), "invitation:" + made.id(), made.id(), now, now.plus(LIFETIME)));
            return new Invitation(made.id(), person, handOver, made.state(), null, made.expiresAt());
        }
        return made;
    }

    /** Whether there is such a person for this caller. */
    boolean sees(Connection c, UUID person) {
        return Sql.one(c, "select 1 from waymark.person where id = ?", r -> true, person).isPresent();
    }

    private static void refuseWhereNotAllowed(Invitee invitee, HandOver handOver) {
        if (invitee.gone()) {
            throw ProblemException.conflict("never-invited", "This person is not invited",
                "The person has died or was merged into another. Nobody is invited in their place here.");
        }
        if (invitee.signedUp()) {
            throw ProblemException.conflict("signed-up", "This person has signed up",
                "They need no invitation. If the account is no longer theirs, end the link to it first.");
        }
        if (!invitee.onPhones()) {
            throw ProblemException.conflict("kept-off-phones", "No case to see",
                "None of this person's cases may be seen on phones. Tell them in another way.");
        }
        if (handOver == HandOver.SMS && invitee.noSms().isPresent()) {
            throw ProblemException.conflict("not-safe-by-sms", "Not by SMS",
                "It is not known to be safe to text this person. Hand the code over in person or by letter.");
        }
    }

    private Invitation insert(Connection c, UUID force, UUID person, HandOver handOver) {
        UUID id = ids.next();
        String code = InvitationCode.next(random);
        Instant now = machine.instant();
        Instant expires = now.plus(LIFETIME);
        Sql.run(c, """
            insert into waymark.invitation (id, force_id, person_id, code, code_key, hand_over, created_at, expires_at)
            values (?, ?, ?, ?, ?, ?, ?, ?)""",
            id, force, person, sealing.sealText(CODE, id, code),
            sealing.key("invitation", InvitationCode.normalised(code)), handOver.stored(), now, expires);
        return new Invitation(id, person, handOver, "open", code, expires);
    }

    /**
     * Invites somebody who has come to take part in a case: by SMS where that is safe, otherwise staff get a code to
     * hand over. Does nothing for who has signed up, holds an open invitation, has died, or has no case on phones.
     *
     * @return the new invitation, without its code
     */
    public Optional<UUID> onPersonAdded(Connection c, UUID force, UUID person) {
        return onPersonAdded(c, force, person, null);
    }

    /** @param notBySms why the code may not go by SMS even where the number is safe, as a short code; or null */
    public Optional<UUID> onPersonAdded(Connection c, UUID force, UUID person, String notBySms) {
        Invitee invitee = invitee(c, person).filter(i -> i.force().equals(force)).orElse(null);
        if (invitee == null || invitee.gone() || invitee.signedUp() || invitee.invited() || !invitee.onPhones()) {
            return Optional.empty();
        }
        Caller worker = new Caller.Worker(force);
        Optional<String> noSms = invitee.noSms().or(() -> Optional.ofNullable(notBySms));
        if (noSms.isEmpty()) {
            return Optional.of(invite(c, worker, person, HandOver.SMS).id());
        }
        Invitation made = invite(c, worker, person, HandOver.IN_PERSON);
        workItems.open(c, new NewWorkItem("invitation_to_hand_over", "invitation:" + made.id(), null, person, made.id(),
            noSms.get(), made.code(), caseTime.instant().plus(HAND_OVER_DUE)));
        return Optional.of(made.id());
    }

    /** Whether nothing is to be done for this person to come in: they are in, or hold an invitation. */
    public boolean signedUpOrInvited(Connection c, UUID person) {
        return invitee(c, person).filter(i -> i.signedUp() || i.invited()).isPresent();
    }

    /** @throws ProblemException 404 where it is not that person's, 409 where it was taken up */
    void withdraw(Connection c, Caller caller, UUID person, UUID invitation) {
        Invitation found = find(c, person, invitation).orElseThrow(ProblemException::notFound);
        if ("taken_up".equals(found.state())) {
            throw ProblemException.conflict("taken-up", "It has been taken up",
                "The person has signed up with it. End the link to the account instead.");
        }
        withdrawOpen(c, person);
        audit.record(c, caller, "invitation_withdrawn", null, person);
    }

    /** Nobody can take up this person's open invitation any more, and its SMS does not go out. */
    public void withdrawOpen(Connection c, UUID person) {
        Sql.list(c, """
            update waymark.invitation set withdrawn_at = ?, code = null
             where person_id = ? and taken_up_at is null and withdrawn_at is null returning id, force_id""",
            r -> new UUID[] {Sql.uuid(r, "force_id"), Sql.uuid(r, "id")}, machine.instant(), person)
            .forEach(i -> outbox.cancelBySubject(c, i[0], i[1], "withdrawn"));
    }

    /** Without its code. */
    Optional<Invitation> find(Connection c, UUID person, UUID invitation) {
        return Sql.one(c, "select *, false as with_code from waymark.invitation where id = ? and person_id = ?",
            this::row, invitation, person);
    }

    /** The latest invitation of a person, with its code while that can be taken up: for the sandbox's pages. */
    public Optional<Invitation> latest(Connection c, UUID person) {
        return Sql.one(c,
            "select *, true as with_code from waymark.invitation where person_id = ? order by id desc limit 1",
            this::row, person);
    }

    /** The latest invitation of each of these persons, without codes. */
    Map<UUID, Invitation> latest(Connection c, UUID[] persons) {
        var latest = new HashMap<UUID, Invitation>();
        Sql.list(c, """
            select distinct on (person_id) *, false as with_code from waymark.invitation
             where person_id = any (?) order by person_id, id desc""", this::row, (Object) persons)
            .forEach(i -> latest.put(i.person(), i));
        return latest;
    }

    private Invitation row(ResultSet r) throws SQLException {
        UUID id = Sql.uuid(r, "id");
        Instant expires = Sql.instant(r, "expires_at");
        String state = r.getObject("taken_up_at") != null ? "taken_up"
            : r.getObject("withdrawn_at") != null ? "withdrawn"
            : expires.isAfter(machine.instant()) ? "open" : "expired";
        boolean withCode = r.getBoolean("with_code") && "open".equals(state);
        return new Invitation(id, Sql.uuid(r, "person_id"), HandOver.of(r.getString("hand_over")), state,
            withCode ? sealing.openText(CODE, id, r.getBytes("code")) : null, expires);
    }

    /** Holds the person's row until the transaction ends: two invitations at once queue up. */
    private Optional<Invitee> invitee(Connection c, UUID person) {
        return Sql.one(c, """
            select p.force_id, p.deceased or p.merged_into is not null as gone, p.mobile is not null as has_number,
                   p.mobile_safe, p.safety,
                   exists (select 1 from waymark.participant pa join waymark.case_file cf on cf.id = pa.case_id
                            where pa.person_id = p.id and not pa.removed and not pa.quiet and cf.recorded and cf.on_phones) as on_phones,
                   exists (select 1 from waymark.account_person l
                            where l.person_id = p.id and l.ended_at is null) as signed_up,
                   exists (select 1 from waymark.invitation i where i.person_id = p.id and i.taken_up_at is null
                              and i.withdrawn_at is null and i.expires_at > ?) as invited
              from waymark.person p where p.id = ? for update of p""",
            r -> new Invitee(Sql.uuid(r, "force_id"), r.getBoolean("gone"), r.getBoolean("has_number"),
                r.getString("mobile_safe"), r.getBoolean("safety"), r.getBoolean("on_phones"),
                r.getBoolean("signed_up"), r.getBoolean("invited")), machine.instant(), person);
    }
}
