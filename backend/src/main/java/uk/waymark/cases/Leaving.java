package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import java.util.Map.Entry;
import java.util.UUID;
import uk.waymark.account.Invitations;
import uk.waymark.account.Links;
import uk.waymark.cases.CaseState.Part;
import uk.waymark.cases.CaseState.PersonKey;
import uk.waymark.platform.PhoneNumbers;

/** Somebody leaves a case, or is contacted no longer: their access ends in the transaction that says so. */
@Singleton
final class Leaving {
    private final Invitations invitations;
    private final Links links;
    private final PhoneNumbers numbers;

    Leaving(Invitations invitations, Links links, PhoneNumbers numbers) {
        this.invitations = invitations;
        this.links = links;
        this.numbers = numbers;
    }

    /**
     * @param person who is out of this case
     * @param gone   and takes part in no other, or is contacted in none
     */
    void leaves(Connection c, UUID force, UUID person, CaseState state, PeopleStore.Changes changed, boolean gone) {
        PersonKey key = key(person, changed);
        Part part = key == null ? null : state.people().get(key);
        boolean merged = part != null && part.mergedInto() != null;
        boolean quiet = part != null && !part.removed() && part.quiet();
        List<PersonKey> beside = part == null || merged || part.facts().deceased() ? List.of() : beside(key, state);
        List<UUID> sharing = beside.stream().map(changed.ids()::get).filter(other -> links.together(c, person, other)).toList();
        if (gone && links.endFor(c, person, quiet ? "not_contacted" : "person_removed") && merged) {
            // whoever signed up under a record that was merged into another has to take up that one's invitation
            invitations.onPersonAdded(c, force, changed.ids().get(part.mergedInto()));
        }
        // whoever signed in with the phone that the two share must not go on reading as the other
        sharing.forEach(other -> links.endFor(c, other, "shared_with_who_left"));
        if (state.recorded() && state.onPhones()) {
            beside.stream().filter(other -> quiet || sharing.contains(changed.ids().get(other)))
                .forEach(other -> invitations.onPersonAdded(c, force, changed.ids().get(other),
                    sharing.contains(changed.ids().get(other)) || oneNumber(part, state.people().get(other)) ? "number_shared" : null));
        }
    }

    private static PersonKey key(UUID person, PeopleStore.Changes changed) {
        return changed.ids().entrySet().stream().filter(e -> e.getValue().equals(person)).map(Entry::getKey).findFirst().orElse(null);
    }

    /** Those for whom this person acts, or who act for them, and who are contacted. */
    private static List<PersonKey> beside(PersonKey person, CaseState state) {
        return state.people().entrySet().stream()
            .filter(o -> !o.getValue().out() && o.getValue().mergedInto() == null && !o.getValue().facts().deceased())
            .filter(o -> o.getKey().source().equals(person.source()))
            .filter(o -> o.getValue().facts().onBehalfOf().contains(person.sourcePersonId())
                || state.people().get(person).facts().onBehalfOf().contains(o.getKey().sourcePersonId()))
            .map(Entry::getKey).toList();
    }

    /** Whether the number that the force holds is also that of somebody beside them who is not to be contacted, or was put out. */
    boolean numberOfSomebodyQuiet(PersonKey person, CaseState state) {
        Part part = state.people().get(person);
        return state.people().entrySet().stream().filter(o -> (o.getValue().quiet() || o.getValue().removed() && o.getValue().mergedInto() == null)
                && o.getKey().source().equals(person.source()))
            .filter(o -> o.getValue().facts().onBehalfOf().contains(person.sourcePersonId())
                || part.facts().onBehalfOf().contains(o.getKey().sourcePersonId()))
            .anyMatch(o -> oneNumber(part, o.getValue()));
    }

    private boolean oneNumber(Part one, Part other) {
        return one.facts().mobile() != null && other.facts().mobile() != null
            && numbers.parse(one.facts().mobile()).equals(numbers.parse(other.facts().mobile()));
    }
}
