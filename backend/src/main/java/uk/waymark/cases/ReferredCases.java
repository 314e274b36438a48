package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** Cases and their people by what a list of somebody's calls them: a reference and a number. */
@Singleton
public final class ReferredCases {
    private final CaseUrns urns;
    private final Sealing sealing;

    ReferredCases(CaseUrns urns, Sealing sealing) {
        this.urns = urns;
        this.sealing = sealing;
    }

    /** @param numberKey keyed hash of the number that the force holds, or null */
    public record Part(UUID caseId, UUID person, byte[] numberKey) { }

    /** @param keys as {@link uk.waymark.platform.CrimeReferences#key} has them @return one case each, where the caller may see it */
    public Map<String, Set<UUID>> byReference(Connection c, Collection<String> keys) {
        var found = new HashMap<String, Set<UUID>>();
        Sql.list(c, "select crime_reference_key, id from waymark.case_file where crime_reference_key = any (?::text[]) and recorded",
            r -> found.computeIfAbsent(r.getString("crime_reference_key"), k -> new HashSet<>()).add(Sql.uuid(r, "id")),
            (Object) keys.toArray(String[]::new));
        return found;
    }

    /** @param keys as {@link uk.waymark.platform.Urns#key} has them @return the cases of each that the caller may see */
    public Map<String, Set<UUID>> byUrn(Connection c, Collection<String> keys) {
        var found = new HashMap<String, Set<UUID>>();
        urns.of(c, keys).forEach(u -> found.computeIfAbsent(u.urnKey(), k -> new HashSet<>()).add(u.caseId()));
        return found;
    }

    /** Who takes part in these cases. */
    public List<Part> people(Connection c, Collection<UUID> cases) {
        return Sql.list(c, """
            select pa.case_id, p.id, p.mobile_key from waymark.participant pa join waymark.person p on p.id = pa.person_id
             where pa.case_id = any(?) and not pa.removed and not pa.quiet and p.merged_into is null and not p.deceased
             order by p.id""",
            r -> new Part(Sql.uuid(r, "case_id"), Sql.uuid(r, "id"), r.getBytes("mobile_key")),
            (Object) cases.toArray(UUID[]::new));
    }

    /** Those of them for whom the force holds this number. @param number E.164 */
    public List<Part> holding(List<Part> parts, String number) {
        byte[][] keys = sealing.keys("mobile", number);
        return parts.stream().filter(p -> p.numberKey() != null && Arrays.stream(keys).anyMatch(k -> Arrays.equals(k, p.numberKey())))
            .toList();
    }
}
