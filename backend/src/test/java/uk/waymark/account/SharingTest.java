package uk.waymark.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import uk.waymark.account.Sharing.Decision;
import uk.waymark.account.Sharing.Held;
import uk.waymark.account.Sharing.Name;
import uk.waymark.account.Sharing.Person;

class SharingTest {
    private static final UUID NORTH = new UUID(0, 1);
    private static final UUID WEST = new UUID(0, 2);
    private static final UUID CASE = new UUID(1, 1);
    private static final Held HELD = new Held(true, false, true);

    private static Person person(long id, UUID force, String given, String birthday, Set<UUID> cases, Held held) {
        return new Person(new UUID(2, id), new UUID(3, id), force, "rms", "s" + id, new Name(given, "Doe"), birthday, cases, Set.of(),
            false, true,
            held);
    }

    @Test
    void namesAreComparedPlainly() {
        assertTrue(new Name("Siân-Mair", "O'Neill").same(new Name("SIAN MAIR", "Oneill")));
        assertFalse(new Name("", "").same(new Name("", "")), "no name is nobody's");
        assertFalse(new Name("Ann", "").same(new Name("Ann", "")), "half a name is not enough");
    }

    @Test
    void aCaseOfAnotherForceNeverRelates() {
        Person a = person(1, NORTH, "Ann", "", Set.of(CASE), HELD);
        Person b = person(2, WEST, "Bob", "", Set.of(CASE), HELD);
        assertFalse(a.related(b));
        assertTrue(a.related(person(3, NORTH, "Bob", "", Set.of(CASE), new Held(false, true, false))));
    }

    @Test
    void nobodyIsLeftSoItIsANewAccount() {
        assertEquals(new Decision.PassedOn(List.of()), Sharing.decide(null, person(1, NORTH, "Ann", "", Set.of(),
            HELD), List.of()));
        Person dead = new Person(new UUID(2, 9), new UUID(3, 9), NORTH, "rms", "s9", new Name("Ann", "Doe"), "", Set.of(CASE),
            Set.of(), false,
            false, HELD);
        assertEquals(new Decision.PassedOn(List.of(dead.id())),
            Sharing.decide(null, person(1, NORTH, "Ann", "", Set.of(CASE), HELD), List.of(dead)));
    }

    @Test
    void aLinkOnANumberThatTheForceNeverHeldStays() {
        Person mother = person(1, NORTH, "Mia", "", Set.of(CASE), new Held(false, false, false));
        Person child = person(2, NORTH, "Kim", "", Set.of(CASE), HELD);
        assertEquals(new Decision.Beside(List.of()), Sharing.decide(null, child, List.of(mother)));
    }

    @Test
    void onePersonKnownToTwoForcesHasOneAccountAndTheirChildAnother() {
        Person known = person(1, NORTH, "Mia", "1984-12-01", Set.of(CASE), HELD);
        Person child = person(2, NORTH, "Kim", "2013-04-08", Set.of(CASE), HELD);
        Person again = person(3, WEST, "Mia", "1984-12-01", Set.of(new UUID(1, 2)), HELD);
        assertEquals(new Decision.Joins(known.account(), List.of()), Sharing.decide(null, again, List.of(child, known)));
        assertEquals(new Decision.Beside(List.of()), Sharing.decide(null, child, List.of(known)));
    }

    @Test
    void fatherAndSonOfOneNameInOneCaseAreTwo() {
        Person father = person(1, NORTH, "Ann", "", Set.of(CASE), HELD);
        assertEquals(new Decision.Beside(List.of()),
            Sharing.decide(null, person(2, NORTH, "Ann", "1990-01-01", Set.of(CASE), HELD), List.of(father)));
        Person known = person(3, NORTH, "Ann", "1990-01-01", Set.of(CASE), HELD);
        assertEquals(new Decision.Joins(known.account(), List.of()),
            Sharing.decide(null, person(4, NORTH, "Ann", "1990-01-01", Set.of(CASE), HELD), List.of(known)), "told by two systems");
    }

    @Test
    void whoAsksSignedInAddsACaseOfTheirOwnAndNobodyElses() {
        Person mother = person(1, NORTH, "Mia", "", Set.of(CASE), HELD);
        Person child = person(2, NORTH, "Kim", "", Set.of(CASE), HELD);
        Person elsewhere = person(3, WEST, "Mia-Ann", "", Set.of(new UUID(1, 2)), HELD);
        assertEquals(new Decision.Beside(List.of()), Sharing.decide(mother.account(), child, List.of(mother)));
        assertEquals(new Decision.Joins(mother.account(), List.of()), Sharing.decide(mother.account(), elsewhere, List.of(mother, child)));
    }

    /** Nobody joins strangers: not by the number, a birthday or a part of a name. */
    @Property
    boolean strangersNeverShare(@ForAll boolean now, @ForAll boolean other, @ForAll boolean then,
        @ForAll boolean sameForce) {
        Held mine = new Held(now, !now && other, false);
        Held theirs = new Held(now && other, !now && then, then);
        Person invited = person(1, NORTH, "Ann", "1990-01-01", Set.of(CASE), mine);
        Person linked = person(2, sameForce ? NORTH : WEST, "Bob", "1990-01-01", Set.of(new UUID(1, 2)), theirs);
        return Sharing.decide(null, invited, List.of(linked)) instanceof Decision.PassedOn p
            && p.ended().equals(List.of(linked.id()));
    }

    /** A link that no longer carries over ends, whatever else holds, unless the account itself asked. */
    @Property
    boolean aNumberNoLongerHeldIsNotCarriedOver(@ForAll boolean asked, @ForAll boolean other,
        @ForAll boolean then) {
        Held held = new Held(false, other, then);
        Person invited = person(1, NORTH, "Ann", "", Set.of(CASE), HELD);
        Person linked = person(2, NORTH, "Bob", "", Set.of(CASE), held);
        return Sharing.decide(asked ? linked.account() : null, invited, List.of(linked)).ended().contains(linked.id())
            == (!asked && held.noLonger());
    }
}
