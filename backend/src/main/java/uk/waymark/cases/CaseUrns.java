package uk.waymark.cases;

import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import uk.waymark.platform.Sql;
import uk.waymark.platform.Urns;

/** Which cases a URN stands for. */
@Singleton
final class CaseUrns {
    private final ApplicationEventPublisher<UrnsAssigned> assigned;

    CaseUrns(ApplicationEventPublisher<UrnsAssigned> assigned) {
        this.assigned = assigned;
    }

    /** Brings the rows in line with what the case's events say, and tells who listens of those that are new. */
    void write(Connection c, UUID force, UUID caseId, List<String> urns) {
        var wanted = new LinkedHashMap<String, String>();
        urns.stream().filter(u -> !Urns.key(u).isEmpty()).forEach(u -> wanted.putIfAbsent(Urns.key(u), u));
        List<String> known = Sql.list(c, "select urn_key from waymark.case_urn where case_id = ?", r -> r.getString("urn_key"), caseId);
        var added = new ArrayList<String>();
        wanted.forEach((key, urn) -> {
            if (!known.contains(key)) {
                Sql.run(c, "insert into waymark.case_urn (case_id, urn_key, force_id, urn) values (?, ?, ?, ?)", caseId, key, force, urn);
                added.add(urn);
            }
        });
        if (!wanted.keySet().containsAll(known)) {
            Sql.run(c, "delete from waymark.case_urn where case_id = ? and urn_key <> all (?::text[])", caseId,
                wanted.keySet().toArray(String[]::new));
        }
        if (!added.isEmpty()) {
            assigned.publishEvent(new UrnsAssigned(c, force, caseId, added));
        }
    }

    List<CaseOfUrn> of(Connection c, Collection<String> urnKeys) {
        return Sql.list(c, """
            select u.case_id, f.crime_reference, u.urn, u.urn_key
              from waymark.case_urn u join waymark.case_file f on f.id = u.case_id
             where u.urn_key = any (?::text[]) order by u.case_id, u.urn_key""",
            r -> new CaseOfUrn(Sql.uuid(r, "case_id"), r.getString("crime_reference"), r.getString("urn"), r.getString("urn_key")),
            (Object) urnKeys.toArray(String[]::new));
    }

    /** @param after the key of the last URN of the page before; empty for the first page */
    List<String> page(Connection c, String after, int most) {
        return Sql.list(c, """
            select distinct on (urn_key) urn_key, urn from waymark.case_urn where urn_key > ? order by urn_key, case_id limit ?""",
            r -> r.getString("urn"), after, most);
    }
}
