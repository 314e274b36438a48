package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import uk.waymark.account.Invitations;
import uk.waymark.cases.CaseState.Part;
import uk.waymark.cases.CaseState.PersonKey;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.WorkingDays;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/** Who is invited when people come to take part in a case. */
@Singleton
final class Invitees {
    private final Invitations invitations;
    private final Leaving leaving;
    private final WorkItems workItems;
    private final WorkingDays days;
    private final CaseClock clock;

    Invitees(Invitations invitations, Leaving leaving, WorkItems workItems, WorkingDays days, CaseClock clock) {
        this.invitations = invitations;
        this.leaving = leaving;
        this.workItems = workItems;
        this.days = days;
        this.clock = clock;
    }

    /**
     * Everyone who takes part and has no invitation yet: at once when the case comes to phones, else those who joined. In a
     * case whose officer tells people first, whoever has not been told that the crime was recorded gets no text of it: the
     * officer hands the invitation over.
     *
     * @param now whether it is of now; otherwise nobody is invited
     * @param late it came too late for anyone to be invited by it: staff are asked to
     */
    List<Acceptance.Tell> invite(Connection c, UUID force, CaseStore.Locked before, CaseState state, PeopleStore.Changes changed,
                                 boolean now, boolean late) {
        boolean opened = !before.recorded() || !before.onPhones();
        var tells = new ArrayList<Acceptance.Tell>();
        if (!now && !late) {
            return tells;
        }
        state.people().forEach((key, part) -> {
            UUID person = changed.ids().get(key);
            if (!invitable(part) || !opened && !changed.joined().contains(person)) {
                return;
            }
            if (now) {
                String notBySms = leaving.numberOfSomebodyQuiet(key, state) ? "number_shared"
                    : untold(state, key) ? "told_in_person_first" : null;
                invitations.onPersonAdded(c, force, person, notBySms)
                    .ifPresent(invitation -> tells.add(
                        new Acceptance.Tell(person, key.sourcePersonId(), Acceptance.INVITATION, invitation)));
            } else if (!invitations.signedUpOrInvited(c, person)) {
                workItems.open(c, new NewWorkItem("invite_late", "invite-late:" + before.id() + ':' + person, before.id(), person,
                    null, "came_late", "It came too late for anyone to be invited by it. Invite them yourself, or leave it.",
                    days.after(clock.instant(), 1)));
            }
        });
        return tells;
    }

    private static boolean untold(CaseState state, PersonKey person) {
        return state.inPerson().stream().anyMatch(w -> w.person().equals(person)
            && (w.history() || EventType.CRIME_RECORDED.wireName().equals(w.kind())));
    }

    private static boolean invitable(Part part) {
        return !part.out() && !part.facts().deceased() && part.mergedInto() == null;
    }
}
