package uk.waymark.cases;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.EachForce;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/**
 * By which words of a name a person is found, as keyed hashes of force and word (docs/adr/0045). They are written with the name. Those
 * of people from before, and of an older key, are made anew by themselves, some at a time: every instance may do it, and a restart goes
 * on where it was left.
 */
@Singleton
public class PersonWords {
    private static final Logger LOG = LoggerFactory.getLogger(PersonWords.class);
    private static final int SOME = 200;
    private final ActingAs acting;
    private final EachForce forces;
    private final Sealing sealing;

    PersonWords(ActingAs acting, EachForce forces, Sealing sealing) {
        this.forces = forces;
        this.acting = acting;
        this.sealing = sealing;
    }

    /** @param c of a transaction of the force, which the person belongs to */
    void write(Connection c, UUID force, UUID person, PeopleStore.Details details) {
        Sql.run(c, "delete from waymark.person_word where person_id = ?", person);
        byte[][] keys = NameWords.of(details.givenName(), details.familyName(), details.organisation()).stream()
            .map(word -> sealing.lookupKey("person_word", value(force, word)).value()).toArray(byte[][]::new);
        int version = sealing.lookupKeyId();
        Sql.run(c, """
            insert into waymark.person_word (force_id, word_key, person_id, key_version)
            select ?, word_key, ?, ? from unnest(?::bytea[]) word_key""", force, person, version, keys);
        Sql.run(c, "update waymark.person set words_version = ? where id = ? and words_version is distinct from ?", version, person, version);
    }

    /**
     * Who has all of these words in their name, the newest records first.
     *
     * @param terms at least one
     */
    List<UUID> find(Connection c, UUID force, List<NameWords.Term> terms, int limit) {
        var having = new ArrayList<String>();
        var values = new ArrayList<Object>();
        var every = new ArrayList<byte[]>();
        for (NameWords.Term term : terms) {
            var parts = new ArrayList<String>();
            for (String part : term.parts()) {
                parts.add("bool_or(w.word_key = any (?))");
                values.add(keys(force, part, every));
            }
            having.add("((" + String.join(" and ", parts) + ") or bool_or(w.word_key = any (?)))");
            values.add(keys(force, term.whole(), every));
        }
        values.addFirst(every.toArray(byte[][]::new));
        values.addFirst(force);
        values.add(limit);
        return Sql.list(c, """
            select p.id from (select w.person_id from waymark.person_word w
                               where w.force_id = ? and w.word_key = any (?)
                               group by w.person_id having\s""" + String.join(" and ", having) + """
            ) found join waymark.person p on p.id = found.person_id
             where p.merged_into is null and exists (select 1 from waymark.participant pa join waymark.case_file f on f.id = pa.case_id
                                                      where pa.person_id = p.id and not pa.removed)
             order by p.id desc limit ?""", r -> Sql.uuid(r, "id"), values.toArray());
    }

    private byte[][] keys(UUID force, String word, List<byte[]> every) {
        byte[][] keys = sealing.keys("person_word", value(force, word));
        every.addAll(List.of(keys));
        return keys;
    }

    private static String value(UUID force, String word) {
        return force + "\n" + word;
    }

    @Scheduled(initialDelay = "20s", fixedDelay = "10m")
    synchronized void look() {
        try {
            int done = drain();
            if (done > 0) {
                LOG.info("names of {} people can be looked for by the newest key", done);
            }
        } catch (RuntimeException e) {
            LOG.warn("words of names could not be made anew; in ten minutes it will be tried again", e);
        }
    }

    /** All that wait. @return of how many people the words were made */
    public int drain() {
        record Named(UUID id, PeopleStore.Details details) { }
        int done = 0;
        for (UUID force : forces.all()) {
            int some;
            do {
                some = acting.as(new Caller.Worker(force), (Connection c) -> {
                    List<Named> people = Sql.list(c, """
                        select id, details from waymark.person
                         where force_id = ? and details is not null and words_version is distinct from ? order by id limit ?
                           for update skip locked""",
                        r -> new Named(Sql.uuid(r, "id"), CaseJson.read(sealing.openText("person.details", Sql.uuid(r, "id"),
                            r.getBytes("details")), PeopleStore.Details.class)), force, sealing.lookupKeyId(), SOME);
                    people.forEach(p -> write(c, force, p.id(), p.details()));
                    return people.size();
                });
                done += some;
            } while (some > 0);
        }
        return done;
    }
}
