package uk.waymark.account;

import java.text.Normalizer;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * Whether an invited person is one who has an account with their number already, may share the number with an account of
 * their own, or whether the number has passed to somebody else (docs/adr/0004-who-shares-an-account.md,
 * docs/adr/0023-one-number-several-people.md). Only ever asked once an invitation was taken up: neither number, name nor
 * birthday links anybody by itself.
 */
final class Sharing {
    private Sharing() { }

    /** What was decided about the accounts that have the number. */
    sealed interface Decision {
        /** Persons whose links end. */
        List<UUID> ended();

        /** They are one human being: the invited person joins this account. @param ended links that do not carry over */
        record Joins(UUID account, List<UUID> ended) implements Decision { }

        /** Somebody else, who may have the number too: an account of their own begins. @param ended as above */
        record Beside(List<UUID> ended) implements Decision { }

        /** The accounts are retired, and a new one begins. */
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
     * @param account   with the number; null of the invited
     * @param birthday  as the force reported it; empty where unknown
     * @param cases     those that the person takes part in
     * @param standsFor source ids of the persons they act for
     */
    record Person(UUID id, UUID account, UUID force, String source, String sourcePersonId, Name name, String birthday,
                  Set<UUID> cases, Set<String> standsFor, boolean invited, boolean alive, Held held) {

        /** In one case, or one acts for the other. */
        boolean related(Person other) {
            return force.equals(other.force)
                && (!Collections.disjoint(cases, other.cases) || actsFor(other) || other.actsFor(this));
        }

        private boolean actsFor(Person other) {
            return source.equals(other.source) && standsFor.contains(other.sourcePersonId);
        }

        /** One human being, known to two forces; father and son may have one name, so in one case the birthday has to say it. */
        boolean same(Person other) {
            boolean unknown = birthday.isEmpty() || other.birthday.isEmpty();
            return held.now() && other.held.now() && name.same(other.name)
                && (unknown ? !related(other) : birthday.equals(other.birthday));
        }

        @Override
        public String toString() {
            return "Person[" + id + "]";
        }
    }

    /**
     * @param askedBy the account with the number that itself asked, signed in, or null
     * @param linked  persons on the accounts with the number
     */
    static Decision decide(UUID askedBy, Person invited, List<Person> linked) {
        if (askedBy != null) {
            boolean another = linked.stream().anyMatch(p -> p.account().equals(askedBy) && invited.related(p) && !invited.same(p));
            return another ? new Decision.Beside(List.of()) : new Decision.Joins(askedBy, List.of());
        }
        List<Person> gone = linked.stream().filter(p -> p.held().noLonger()).toList();
        List<Person> there = linked.stream().filter(p -> !p.held().noLonger()).filter(Person::alive).toList();
        return there.stream().filter(invited::same).findFirst()
            .<Decision>map(p -> new Decision.Joins(p.account(), ids(gone)))
            .orElseGet(() -> there.stream().anyMatch(invited::related) ? new Decision.Beside(ids(gone))
                : new Decision.PassedOn(ids(linked)));
    }

    private static List<UUID> ids(List<Person> people) {
        return people.stream().map(Person::id).toList();
    }
}
