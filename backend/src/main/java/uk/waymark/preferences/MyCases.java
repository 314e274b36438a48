package uk.waymark.preferences;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import uk.waymark.api.model.CaseRole;
import uk.waymark.api.model.ForceSummary;
import uk.waymark.api.model.ParticipantRole;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** The account's part in each of its cases. Whose they are is the database's to say. */
@Singleton
final class MyCases {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Sealing sealing;

    MyCases(Sealing sealing) {
        this.sealing = sealing;
    }

    /** @param c of a transaction of a person; @param language of the force's name */
    List<CaseRole> list(Connection c, String language) {
        return Sql.list(c, """
            select cf.id, cf.crime_reference, f.code, f.name_en, f.name_cy, p.person_id, p.role, p.facts
              from waymark.participant p join waymark.case_file cf on cf.id = p.case_id
              join waymark.force f on f.id = cf.force_id
             where not p.removed and p.person_id = any ((select waymark.ctx_persons())::uuid[])
             order by cf.id, p.person_id""", r -> row(r, language));
    }

    private CaseRole row(ResultSet r, String language) throws SQLException {
        UUID id = Sql.uuid(r, "id");
        var role = new CaseRole(id, r.getString("crime_reference"),
            new ForceSummary(r.getString("code"), r.getString("cy".equals(language) ? "name_cy" : "name_en")),
            ParticipantRole.fromValue(r.getString("role")));
        String facts = sealing.openText("participant.facts:" + Sql.uuid(r, "person_id"), id, r.getBytes("facts"));
        if (standsForSomebody(facts)) {
            role.setOnBehalfOf(true);
        }
        return role;
    }

    private static boolean standsForSomebody(String facts) {
        try {
            return facts != null && !JSON.readTree(facts).path("for").isEmpty();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("sealed JSON cannot be read");
        }
    }
}
