package uk.waymark.statements;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import uk.waymark.cases.PeopleInCase;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;

/** Whom somebody who speaks for several can make a statement about. Whoever is named in it has their name and age read by the defence. */
@Singleton
final class AboutWhom {
    private final ActingAs acting;
    private final PeopleInCase people;

    AboutWhom(ActingAs acting, PeopleInCase people) {
        this.acting = acting;
        this.people = people;
    }

    /**
     * Empty for whoever speaks for nobody, or for one: there is nothing to choose, and nobody reads of anybody else.
     *
     * @param c of a transaction of this person; a person does not see for whom they act, so the force is asked
     */
    List<PeopleInCase.ActedFor> choice(Connection c, Caller.Person person, UUID caseId, Makers.Own own) {
        if (!Makers.speaksForSomebody(own.role())) {
            return List.of();
        }
        acting.goOn(c, new Caller.Worker(own.force()));
        List<PeopleInCase.ActedFor> named = people.part(c, caseId, own.person()).stream().flatMap(Makers::named).toList();
        acting.goOn(c, person);
        return named.size() > 1 ? named : List.of();
    }
}
