package uk.waymark.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import uk.waymark.cases.CaseState.Part;
import uk.waymark.cases.CaseState.PersonFacts;
import uk.waymark.cases.CaseState.PersonKey;

/** The people of a case as its events tell it. Nobody is merged by number, name or birthday: only by the force's word. */
final class People {
    private static final PersonFacts UNKNOWN =
        new PersonFacts(null, null, null, null, "unknown", null, null, List.of(), null, null, false, null);

    private final Map<PersonKey, Part> parts = new TreeMap<>();
    /** When each came in, where that was after the case was recorded. */
    private final Map<PersonKey, Instant> joined = new HashMap<>();
    /** When the force first said for whom each acts, and when it last said something else of who is contacted. */
    private final Map<PersonKey, Instant> acts = new HashMap<>();
    private final Map<PersonKey, Instant> saidContact = new HashMap<>();
    /** By person: the adults who act for them and are to know of them no longer. */
    private Map<PersonKey, Set<PersonKey>> cutOff = Map.of();

    void takeIn(Event e) {
        switch (e.type()) {
            case CRIME_RECORDED -> e.data().path("people").forEach(p -> put(e, p));
            case PERSON_ADDED, PERSON_CHANGED -> put(e, e.data().has("person") ? e.data().path("person") : e.data());
            case PERSON_REMOVED -> {
                PersonKey key = key(e, "source_person_id");
                Part known = parts.get(key);
                if (known != null) {
                    parts.put(key, new Part(known.role(), true, known.mergedInto(), known.facts(), e.sortKey()));
                }
            }
            case PEOPLE_MERGED -> merge(e);
            default -> { }
        }
    }

    private void put(Event e, JsonNode person) {
        String id = CaseFacts.text(person, "source_person_id");
        if (id == null) {
            return;
        }
        PersonKey key = new PersonKey(e.source(), id);
        Part known = parts.get(key);
        PersonFacts facts = facts(known == null ? UNKNOWN : known.facts(), person);
        if (known == null && e.type() != EventType.CRIME_RECORDED) {
            joined.put(key, e.occurredAt());
        }
        if (person.path("for").isArray() && !person.path("for").isEmpty()) {
            acts.putIfAbsent(key, e.occurredAt());
        }
        // a force that sends the whole of a person again says nothing new of who is contacted
        if (!Objects.equals(facts.contact(), known == null ? null : known.facts().contact())) {
            saidContact.put(key, e.occurredAt());
        }
        String role = person.path("role").asText(known == null ? "victim" : known.role());
        // a change alone brings nobody in: neither back, nor as a victim whom no event has named as one
        boolean removed = e.type() == EventType.PERSON_CHANGED && (known == null || known.removed());
        parts.put(key, new Part(role, removed, known == null ? null : known.mergedInto(), facts, e.sortKey()));
    }

    private void merge(Event e) {
        PersonKey kept = key(e, "source_person_id");
        e.data().path("merged").forEach(n -> {
            PersonKey merged = new PersonKey(e.source(), n.asText());
            Part part = parts.get(merged);
            if (part != null && !merged.equals(kept)) {
                parts.put(merged, new Part(part.role(), true, kept, part.facts(), e.sortKey()));
                parts.computeIfAbsent(kept, k -> new Part(part.role(), false, null, part.facts(), e.sortKey()));
            }
        });
    }

    private static PersonKey key(Event e, String field) {
        return new PersonKey(e.source(), e.text(field).orElse(""));
    }

    private static PersonFacts facts(PersonFacts known, JsonNode p) {
        boolean deceased = p.has("deceased") ? p.path("deceased").asBoolean() : known.deceased();
        return new PersonFacts(
            text(p, "given_name", known.givenName()), text(p, "family_name", known.familyName()),
            text(p, "organisation", known.organisation()),
            deceased ? null : text(p, "mobile", known.mobile()), text(p, "mobile_safe", safeAfter(known, p)),
            text(p, "language", known.language()), text(p, "date_of_birth", known.dateOfBirth()),
            p.has("for") ? list(p.path("for")) : known.onBehalfOf(), text(p, "entitlement", known.entitlement()),
            text(p, "enhanced_reason", known.enhancedReason()), deceased, text(p, "contact", known.contact()));
    }

    /** A new number is not known to be safe because the old one was. */
    private static String safeAfter(PersonFacts known, JsonNode p) {
        boolean another = p.path("mobile").isTextual() && known.mobile() != null
            && !p.path("mobile").textValue().equals(known.mobile());
        return another ? "unknown" : known.mobileSafe();
    }

    private static String text(JsonNode p, String field, String known) {
        if (!p.has(field)) {
            return known;
        }
        return p.path(field).isTextual() ? p.path(field).textValue() : null;
    }

    private static List<String> list(JsonNode node) {
        var list = new ArrayList<String>();
        node.forEach(n -> list.add(n.asText()));
        return list;
    }

    Map<PersonKey, Part> all() {
        return parts;
    }

    /** Once all is taken in: who is contacted, of those who act for one another. */
    void settle(LocalDate today) {
        var contact = new ActingFor(parts, acts, saidContact, today);
        cutOff = contact.cutOff();
        parts.replaceAll((key, part) -> new Part(part.role(), part.removed(), part.mergedInto(), part.facts(), part.key(),
            contact.quiet().contains(key), contact.minors().contains(key)));
    }

    /** When this person came in; empty for those with whom the case began. */
    Optional<Instant> joined(PersonKey person) {
        return Optional.ofNullable(joined.get(person));
    }

    /** The records that are this person: their own, and those merged into it. */
    Set<PersonKey> records(PersonKey person) {
        var records = new HashSet<PersonKey>();
        records.add(person);
        parts.forEach((key, part) -> {
            if (person.equals(part.mergedInto())) {
                records.add(key);
            }
        });
        return records;
    }

    /** These people and whoever acts for them: no longer for who has left the case, nor for who alone is contacted. */
    Set<PersonKey> withThoseWhoAct(Set<PersonKey> people) {
        var all = new HashSet<>(people);
        parts.forEach((key, part) -> part.facts().onBehalfOf().forEach(id -> {
            PersonKey person = new PersonKey(key.source(), id);
            if (people.contains(person) && actsStill(key, person)) {
                all.add(key);
            }
        }));
        return all;
    }

    /**
     * These people under every record of theirs, and whoever brings one of them: a parent, guardian or social worker who acts for
     * them has to come too. Not for who has left the case or died, nor for who alone is contacted.
     *
     * @param required who has to be there, as their sources name them
     */
    Set<PersonKey> withThoseWhoBring(Set<PersonKey> required) {
        var all = new HashSet<PersonKey>();
        required.forEach(key -> {
            Part part = parts.get(key);
            all.addAll(records(part == null || part.mergedInto() == null ? key : part.mergedInto()));
        });
        Set<PersonKey> alive = all.stream().filter(key -> !parts.containsKey(key) || !parts.get(key).facts().deceased())
            .collect(Collectors.toSet());
        withThoseWhoAct(alive).stream().filter(key -> ActingFor.brings(parts.get(key))).forEach(all::add);
        return all;
    }

    private boolean actsStill(PersonKey adult, PersonKey person) {
        Part part = parts.get(person);
        PersonKey now = part == null || part.mergedInto() == null ? person : part.mergedInto();
        return (!parts.containsKey(now) || !parts.get(now).removed()) && !cutOff.getOrDefault(now, Set.of()).contains(adult);
    }

    /** Those who take part now, are alive and are contacted. */
    Map<PersonKey, Part> present() {
        var present = new TreeMap<PersonKey, Part>();
        parts.forEach((key, part) -> {
            if (!part.out() && part.mergedInto() == null && !part.facts().deceased()) {
                present.put(key, part);
            }
        });
        return present;
    }

    /** Names that no text to anyone may hold. */
    Set<String> names() {
        var names = new HashSet<String>();
        for (Part part : parts.values()) {
            for (String name : new String[] {part.facts().givenName(), part.facts().familyName()}) {
                if (name != null && !name.isBlank()) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
