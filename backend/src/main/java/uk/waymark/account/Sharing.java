package uk.waymark.account;

import java.text.Normalizer;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Whether an invited person may share the account that already has their number, or whether the number has passed to
 * somebody else (docs/adr/0004-who-shares-an-account.md). Only ever asked once an invitation was taken up: neither
 * number, name nor birthday links anybody by itself.
 */
final class Sharing {
    private Sharing() { }

    /** What was decided about the account that has the number. */
    sealed interface Decision {
        /** Persons whose links end. */
        List<UUID> ended();

        /** The invited person joins the account. @param ended links that do not carry over */
        record Joins(List<UUID> ended) implements Decision { }

        /** The account is retired, and a new one begins. */
        record PassedOn(List<UUID> ended) implements Decision { }
    }

    /**
     * What the person's force has as their number.
     *
     * @param now   this number
     * @param other another one
     * @param then  this number, when the link was made
     */
    record Held(boolean now, boolean other, boolean then) {
        boolean noLonger() {
            return other || then && !now;
        }
    }

    /** Compared without regard to case, accents and punctuation. */
    record Name(String given, String family) {
        boolean same(Name other) {
            return !plain(given).isEmpty() && !plain(family).isEmpty()
                && plain(given).equals(plain(other.given)) && plain(family).equals(plain(other.family));
        }

        private static String plain(String name) {
            return Normalizer.normalize(name, Normalizer.Form.NFKD)
                .replaceAll("[^\\p{L}\\p{Nd}]", "").toLowerCase(Locale.ROOT);
        }

        @Override
        public String toString() {
            return "Name";
        }
    }

    /**
     * @param birthday  as the force reported it; empty where unknown
     * @param cases     those that the person takes part in
     * @param standsFor source ids of the persons they act for
     */
    record Person(UUID id, UUID force, String source, String sourcePersonId, Name name, String birthday,
                  Set<UUID> cases, Set<String> standsFor, boolean invited, boolean alive, Held held) {

        boolean related(Person other) {
            return sameFamily(other) || samePerson(other);
        }

        private boolean sameFamily(Person other) {
            return force.equals(other.force)
                && (!Collections.disjoint(cases, other.cases) || actsFor(other) || other.actsFor(this));
        }

        private boolean actsFor(Person other) {
            return source.equals(other.source) && standsFor.contains(other.sourcePersonId);
        }

        /** One person, known to two forces. */
        private boolean samePerson(Person other) {
            boolean birthdays = birthday.isEmpty() || other.birthday.isEmpty() || birthday.equals(other.birthday);
            return held.now() && other.held.now() && name.same(other.name) && birthdays;
        }

        @Override
        public String toString() {
            return "Person[" + id + "]";
        }
    }

    /**
     * @param byAccount the account itself asked, signed in
     * @param linked    persons on the account
     */
    static Decision decide(boolean byAccount, Person invited, List<Person> linked) {
        if (byAccount) {
            return new Decision.Joins(List.of());
        }
        Predicate<Person> gone = p -> p.held().noLonger();
        boolean related = linked.stream().filter(gone.negate()).filter(Person::alive).anyMatch(invited::related);
        return related ? new Decision.Joins(ids(linked.stream().filter(gone).toList()))
            : new Decision.PassedOn(ids(linked));
    }

    private static List<UUID> ids(List<Person> people) {
        return people.stream().map(Person::id).toList();
    }
}
