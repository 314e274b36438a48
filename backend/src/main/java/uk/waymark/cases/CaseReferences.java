package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import uk.waymark.platform.CrimeReferences;
import uk.waymark.platform.Sql;

/** Crime references of cases and the other way round, for features that know a case by its id. */
@Singleton
public final class CaseReferences {

    /** Of those that the caller may see, by id. */
    public Map<UUID, String> of(Connection c, Collection<UUID> cases) {
        var found = new HashMap<UUID, String>();
        Sql.list(c, "select id, crime_reference from waymark.case_file where id = any(?)",
            r -> found.put(Sql.uuid(r, "id"), r.getString("crime_reference")), (Object) cases.toArray(UUID[]::new));
        return found;
    }

    /** The case of the force that the transaction acts for. @param crimeReference however it was typed */
    public Optional<UUID> caseOf(Connection c, String crimeReference) {
        return Sql.one(c, """
            select id from waymark.case_file where force_id = waymark.ctx_force() and crime_reference_key = ?""",
            r -> Sql.uuid(r, "id"), CrimeReferences.key(crimeReference));
    }

    /** Its URNs, or null where it has none. @param c of a transaction of the force */
    public String urns(Connection c, UUID caseId) {
        return Sql.one(c, "select string_agg(urn, ', ' order by urn_key) as urns from waymark.case_urn where case_id = ?",
            r -> r.getString("urns"), caseId).orElse(null);
    }

    /** Which of these take part in the case, by what their source calls them. */
    public Set<String> peopleOf(Connection c, UUID caseId, String source, Collection<String> sourcePersonIds) {
        return Set.copyOf(Sql.list(c, """
            select p.source_person_id from waymark.participant t join waymark.person p on p.id = t.person_id
             where t.case_id = ? and not t.removed and p.source = ? and p.source_person_id = any(?)""",
            r -> r.getString("source_person_id"), caseId, source, sourcePersonIds.toArray(String[]::new)));
    }

    /**
     * What the force's own systems call a case and somebody in it.
     *
     * @param source which of its systems told of the person; null where there is none
     */
    public record Names(String crimeReference, String source, String sourcePersonId) { }

    /** @param person or null @param c of a transaction of the force */
    public Names names(Connection c, UUID caseId, UUID person) {
        return Sql.one(c, """
            select f.crime_reference, p.source, p.source_person_id
              from waymark.case_file f left join waymark.person p on p.id = ? where f.id = ?""",
            r -> new Names(r.getString("crime_reference"), r.getString("source"), r.getString("source_person_id")), person, caseId)
            .orElseThrow();
    }

    /** The cases of the force in which somebody takes part. */
    public List<UUID> casesOf(Connection c, UUID person) {
        return Sql.list(c, """
            select case_id from waymark.participant where person_id = ? and not removed order by case_id""",
            r -> Sql.uuid(r, "case_id"), person);
    }
}
