package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** Who somebody is in a case, and for whom they act, as the force has told it; for what is written in their name. */
@Singleton
public final class PeopleInCase {
    private final Sealing sealing;

    PeopleInCase(Sealing sealing) {
        this.sealing = sealing;
    }

    /** @param name as it is written, empty where none is known; @param born or null */
    public record Named(String name, LocalDate born) {
        @Override
        public String toString() {
            return "Named";
        }
    }

    /**
     * @param role         of the contract's {@code ParticipantRole}
     * @param organisation of a business, or null
     * @param actsFor      a child or somebody who cannot act alone; also one who has died, whose family a spokesperson speaks for
     */
    public record Part(String role, Named self, String organisation, List<ActedFor> actsFor) { }

    private record Facts(String source, String role, CaseState.PersonFacts facts) { }

    /** In a transaction of the force: a person does not see for whom they act. Empty for who takes no part. */
    public Optional<Part> part(Connection c, UUID caseId, UUID person) {
        return Sql.one(c, """
            select p.source, pa.role, pa.facts from waymark.participant pa join waymark.person p on p.id = pa.person_id
             where pa.case_id = ? and pa.person_id = ?""",
            r -> new Facts(r.getString("source"), r.getString("role"), facts(caseId, person, r.getBytes("facts"))), caseId, person)
            .map(own -> new Part(own.role(), named(own.facts()), own.facts().organisation(), actsFor(c, caseId, own)));
    }

    /** A parent, guardian or social worker in a case. */
    public record Acting(UUID caseId, UUID person) { }

    /** For whom they act; without a name where none is known. */
    public record ActedFor(UUID person, Named self) { }

    private record Adult(Acting who, String source, List<String> whom) { }

    /**
     * For whom those of these people act who look after somebody in one of these cases, as far as the caller may see the cases.
     * Two queries, however many they are. Whoever shows it writes that down.
     */
    public Map<Acting, List<ActedFor>> actingFor(Connection c, Collection<UUID> cases, Collection<UUID> persons) {
        List<Adult> adults = Sql.list(c, """
            select pa.case_id, pa.person_id, p.source, pa.facts from waymark.participant pa join waymark.person p on p.id = pa.person_id
             where pa.case_id = any(?) and pa.person_id = any(?) and not pa.removed
               and pa.role in ('parent', 'guardian', 'social_worker')""",
            r -> new Adult(new Acting(Sql.uuid(r, "case_id"), Sql.uuid(r, "person_id")), r.getString("source"),
                facts(Sql.uuid(r, "case_id"), Sql.uuid(r, "person_id"), r.getBytes("facts")).onBehalfOf()),
            cases.toArray(UUID[]::new), persons.toArray(UUID[]::new)).stream()
            .filter(a -> a.whom() != null && !a.whom().isEmpty()).toList();
        if (adults.isEmpty()) {
            return Map.of();
        }
        record Ward(UUID caseId, String source, String id, ActedFor who) { }
        List<Ward> wards = Sql.list(c, """
            select pa.case_id, pa.person_id, p.source, p.source_person_id, pa.facts
              from waymark.participant pa join waymark.person p on p.id = pa.person_id
             where pa.case_id = any(?) and p.source_person_id = any(?) and not pa.removed and not p.deceased and p.merged_into is null
             order by pa.person_id""",
            r -> new Ward(Sql.uuid(r, "case_id"), r.getString("source"), r.getString("source_person_id"),
                new ActedFor(Sql.uuid(r, "person_id"),
                    named(facts(Sql.uuid(r, "case_id"), Sql.uuid(r, "person_id"), r.getBytes("facts"))))),
            adults.stream().map(a -> a.who().caseId()).distinct().toArray(UUID[]::new),
            adults.stream().flatMap(a -> a.whom().stream()).distinct().toArray(String[]::new));
        var found = new HashMap<Acting, List<ActedFor>>();
        adults.forEach(a -> found.put(a.who(), wards.stream().filter(w -> w.caseId().equals(a.who().caseId())
            && w.source().equals(a.source()) && a.whom().contains(w.id())).map(Ward::who).toList()));
        return found;
    }

    private List<ActedFor> actsFor(Connection c, UUID caseId, Facts own) {
        List<String> whom = own.facts().onBehalfOf();
        return whom == null || whom.isEmpty() ? List.of() : Sql.list(c, """
            select pa.person_id, pa.facts from waymark.participant pa join waymark.person p on p.id = pa.person_id
             where pa.case_id = ? and not pa.removed and p.source = ? and p.source_person_id = any(?) and p.merged_into is null
             order by pa.person_id""",
            r -> new ActedFor(Sql.uuid(r, "person_id"), named(facts(caseId, Sql.uuid(r, "person_id"), r.getBytes("facts")))),
            caseId, own.source(), whom.toArray(String[]::new));
    }

    private CaseState.PersonFacts facts(UUID caseId, UUID person, byte[] sealed) {
        return sealed == null ? new CaseState.PersonFacts(null, null, null, null, null, null, null, null, null, null, false, null)
            : CaseJson.read(sealing.openText("participant.facts:" + person, caseId, sealed), CaseState.PersonFacts.class);
    }

    private static Named named(CaseState.PersonFacts facts) {
        return new Named(Stream.of(facts.givenName(), facts.familyName()).filter(n -> n != null && !n.isBlank())
            .collect(Collectors.joining(" ")), born(facts.dateOfBirth()));
    }

    private static LocalDate born(String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
