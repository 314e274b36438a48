package uk.waymark.cases;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.cases.CaseState.Part;
import uk.waymark.cases.CaseState.PersonFacts;
import uk.waymark.cases.CaseState.PersonKey;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.platform.PhoneNumbers;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** Writes what a case's events tell of its people, and keeps each person as the latest of all their cases tells it. */
@Singleton
final class PeopleStore {
    private final Sealing sealing;
    private final PhoneNumbers numbers;
    private final Ids ids;
    private final CaseClock clock;
    private final ApplicationEventPublisher<PersonReported> changes;
    private final ApplicationEventPublisher<PeopleMerged> mergers;
    private final PersonWords words;

    PeopleStore(Sealing sealing, PersonWords words, PhoneNumbers numbers, Ids ids, CaseClock clock,
                ApplicationEventPublisher<PersonReported> changes, ApplicationEventPublisher<PeopleMerged> mergers) {
        this.mergers = mergers;
        this.words = words;
        this.clock = clock;
        this.changes = changes;
        this.sealing = sealing;
        this.numbers = numbers;
        this.ids = ids;
    }

    /**
     * What changed: who is new in the case, who left it, and everyone's id.
     *
     * @param anyOwn the case stood for somebody otherwise than for the rest
     */
    record Changes(Map<PersonKey, UUID> ids, List<UUID> joined, List<UUID> left, List<UUID> died, boolean anyOwn) {
        boolean any() {
            return !joined.isEmpty() || !left.isEmpty() || !died.isEmpty();
        }
    }

    /** What is sealed in {@code person.details}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Details(String givenName, String familyName, String dateOfBirth, String organisation) { }

    private record Told(String key, PersonFacts facts) { }

    private record Known(UUID person, String role, boolean removed, boolean quiet, boolean minor, boolean own, String key) {
        boolean out() {
            return removed || quiet;
        }
    }

    Changes write(Connection c, UUID force, UUID caseId, Map<PersonKey, Part> people) {
        Map<PersonKey, Known> known = known(c, caseId);
        var changes = new Changes(new HashMap<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(),
            known.values().stream().anyMatch(Known::own));
        people.forEach((key, part) -> {
            Known before = known.remove(key);
            UUID person = before == null ? person(c, force, key) : before.person();
            changes.ids().put(key, person);
            if (before != null && before.key().equals(part.key()) && before.removed() == part.removed()
                    && before.quiet() == part.quiet() && before.minor() == part.minor() && before.role().equals(part.role())) {
                return;
            }
            writePart(c, force, caseId, person, part);
            writePerson(c, force, person, part.mergedInto() == null ? null : person(c, force, part.mergedInto()));
            if ((before == null || before.out()) && !part.out()) {
                changes.joined().add(person);
            }
            if (before != null && !before.out() && part.out()) {
                changes.left().add(person);
            }
            if (part.facts().deceased()) {
                changes.died().add(person);
            }
        });
        // their events were taken back
        known.values().stream().filter(k -> !k.removed()).forEach(k -> {
            Sql.run(c, "update waymark.participant set removed = true, minor = false, facts = null where case_id = ? and person_id = ?",
                caseId, k.person());
            writePerson(c, force, k.person(), null);
            changes.left().add(k.person());
        });
        return changes;
    }

    private Map<PersonKey, Known> known(Connection c, UUID caseId) {
        var known = new HashMap<PersonKey, Known>();
        Sql.list(c, """
            select pe.source, pe.source_person_id, pa.person_id, pa.role, pa.removed, pa.quiet, pa.minor,
                   pa.own_stage is not null as own, pa.facts_key
              from waymark.participant pa join waymark.person pe on pe.id = pa.person_id where pa.case_id = ?""",
            r -> known.put(new PersonKey(r.getString("source"), r.getString("source_person_id")),
                new Known(Sql.uuid(r, "person_id"), r.getString("role"), r.getBoolean("removed"), r.getBoolean("quiet"),
                    r.getBoolean("minor"), r.getBoolean("own"), r.getString("facts_key"))),
            caseId);
        return known;
    }

    private UUID person(Connection c, UUID force, PersonKey key) {
        return Sql.one(c, """
            insert into waymark.person (id, force_id, source, source_person_id) values (?, ?, ?, ?)
            on conflict (force_id, source, source_person_id) do update set source = excluded.source returning id""",
            r -> Sql.uuid(r, "id"), ids.next(), force, key.source(), key.sourcePersonId()).orElseThrow();
    }

    private void writePart(Connection c, UUID force, UUID caseId, UUID person, Part part) {
        Sql.run(c, """
            insert into waymark.participant (case_id, person_id, force_id, role, removed, quiet, minor, facts, facts_key)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (case_id, person_id) do update
               set role = excluded.role, removed = excluded.removed, quiet = excluded.quiet, minor = excluded.minor,
                   facts = excluded.facts, facts_key = excluded.facts_key""",
            caseId, person, force, part.role(), part.removed(), part.quiet(), part.minor(),
            sealing.sealText("participant.facts:" + person, caseId, CaseJson.write(part.facts())), part.key());
    }

    /**
     * The latest word of any case wins; but a death in one case is one in all, and a number that one case calls unsafe stays
     * so where another does not know.
     */
    private void writePerson(Connection c, UUID force, UUID person, UUID mergedInto) {
        // two cases of one person at once: the second reads what the first has written
        boolean merges = Sql.list(c, """
            select id = ? and merged_into is distinct from ?::uuid as merges from waymark.person
             where id = ? or id = ?::uuid order by id for update""", r -> r.getBoolean("merges"), person, mergedInto, person,
            mergedInto).contains(true) && mergedInto != null;
        List<Told> told = Sql.list(c, """
            select case_id, facts, facts_key from waymark.participant
             where person_id = ? and facts is not null order by facts_key desc""",
            r -> new Told(r.getString("facts_key"), CaseJson.read(sealing.openText("participant.facts:" + person,
                Sql.uuid(r, "case_id"), r.getBytes("facts")), PersonFacts.class)), person);
        if (told.isEmpty()) {
            return;
        }
        PersonReported.Facts before = reported(c, person);
        PersonFacts facts = told.getFirst().facts();
        boolean deceased = told.stream().anyMatch(t -> t.facts().deceased());
        String mobile = deceased ? null : numbers.parse(facts.mobile()).orElse(null);
        Sealing.LookupKey lookup = mobile == null ? null : sealing.lookupKey("mobile", mobile);
        String language = "cy".equals(facts.language()) ? "cy" : "en";
        boolean languageKnown = "en".equals(facts.language()) || "cy".equals(facts.language());
        var details = new Details(facts.givenName(), facts.familyName(), facts.dateOfBirth(), facts.organisation());
        Sql.run(c, """
            update waymark.person
               set details = ?, mobile = ?, mobile_key = ?, mobile_key_version = ?, mobile_safe = ?, language = ?,
                   language_known = ?, deceased = ?, merged_into = ?, facts_key = ?,
                   mobile_confirmed_at = case when ? <> 'safe' then null
                                              when mobile_safe = 'safe' and facts_key = ? then mobile_confirmed_at
                                              else ? end
             where id = ?""",
            sealing.sealText("person.details", person, CaseJson.write(details)),
            sealing.sealText("person.mobile", person, mobile), lookup == null ? null : lookup.value(),
            lookup == null ? null : lookup.version(), safety(mobile, told), language, languageKnown, deceased,
            mergedInto, told.getFirst().key(), safety(mobile, told), told.getFirst().key(), clock.instant(), person);
        words.write(c, force, person, details);
        changes.publishEvent(new PersonReported(c, person, before, reported(c, person)));
        if (merges) {
            carryOver(c, person, mergedInto);
            mergers.publishEvent(new PeopleMerged(c, person, mergedInto));
        }
    }

    private static PersonReported.Facts reported(Connection c, UUID person) {
        return Sql.one(c, """
            select encode(mobile_key, 'hex') as number, mobile_safe, language, language_known, facts_key is not null as known
              from waymark.person where id = ?""",
            r -> new PersonReported.Facts(r.getString("number"), r.getString("mobile_safe"),
                r.getBoolean("language_known") ? r.getString("language") : null, r.getBoolean("known")), person).orElseThrow();
    }

    /** Whoever is told under another record from now on has asked for no less there; once, since they may change their mind. */
    private static void carryOver(Connection c, UUID merged, UUID survivor) {
        Sql.run(c, """
            update waymark.person s
               set texts_stopped_at = coalesce(s.texts_stopped_at, m.texts_stopped_at),
                   -- who stopped texts under one record and asked for them under none but the other still has them stopped
                   texts_start_asked_at = case when s.texts_stopped_at is null then m.texts_start_asked_at
                                               when m.texts_stopped_at is null or m.texts_start_asked_at is not null
                                               then s.texts_start_asked_at end,
                   chosen_discreet = case when m.chosen_discreet then true else s.chosen_discreet end,
                   preferences_version = s.preferences_version + 1
              from waymark.person m
             where s.id = ? and m.id = ? and (m.texts_stopped_at is not null or m.chosen_discreet)""", survivor, merged);
        Sql.run(c, """
            insert into waymark.unsafe_address (person_id, address_key, force_id)
            select ?, address_key, force_id from waymark.unsafe_address where person_id = ? on conflict do nothing""",
            survivor, merged);
        Sql.run(c, """
            insert into waymark.contact_pause (person_id, force_id, paused_at)
            select ?, force_id, paused_at from waymark.contact_pause where person_id = ? on conflict do nothing""",
            survivor, merged);
        Sql.run(c, """
            insert into waymark.contact_channel (person_id, channel, force_id, safety, said_by)
            select ?, channel, force_id, safety, said_by from waymark.contact_channel
             where person_id = ? and safety = 'unsafe' and said_by is not null and address is null
            on conflict (person_id, channel) do update
               set safety = excluded.safety, said_by = excluded.said_by, confirmed_at = null, number = null""", survivor, merged);
    }

    private String safety(String mobile, List<Told> told) {
        String latest = told.getFirst().facts().mobileSafe();
        boolean calledUnsafe = "unknown".equals(latest) && mobile != null && told.stream().map(Told::facts)
            .anyMatch(f -> "unsafe".equals(f.mobileSafe()) && numbers.parse(f.mobile()).filter(mobile::equals).isPresent());
        return calledUnsafe ? "unsafe" : latest;
    }

    /** Whether a person takes part in no case any more, or is contacted in none. */
    boolean gone(Connection c, UUID person) {
        return Sql.one(c, "select 1 as one from waymark.participant where person_id = ? and not removed and not quiet limit 1",
            r -> r.getInt("one"), person).isEmpty();
    }

    /** A person is as safe as the most dangerous of their cases. */
    void refreshSafety(Connection c, UUID caseId) {
        // flags that two cases change at once: the second looks after the first has written
        Sql.list(c, """
            select id from waymark.person where id in (select person_id from waymark.participant where case_id = ?)
             order by id for update""", r -> Sql.uuid(r, "id"), caseId);
        Sql.run(c, """
            update waymark.person pe set safety = s.safety
              from (select pa.person_id,
                           exists (select 1 from waymark.participant o join waymark.case_file cf on cf.id = o.case_id
                                    where o.person_id = pa.person_id and not o.removed and cf.safety) as safety
                      from waymark.participant pa where pa.case_id = ?) s
             where pe.id = s.person_id and pe.safety is distinct from s.safety""", caseId);
    }
}
