package uk.waymark.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.api.model.ParticipantRole;
import uk.waymark.api.model.SandboxPerson;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/**
 * Everybody in the cases of the two forces, with what is needed to sign in as one of them. Fictional people: nowhere else
 * are sealed names and invitation codes opened for whoever asks.
 */
@Singleton
@Requires(env = "sandbox")
final class SandboxPeople {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final ActingAs acting;
    private final Sealing sealing;
    private final CaseClock clock;
    private final Notes notes;
    private final AddedForces forces;

    SandboxPeople(ActingAs acting, Sealing sealing, CaseClock clock, Notes notes, AddedForces forces) {
        this.acting = acting;
        this.sealing = sealing;
        this.clock = clock;
        this.notes = notes;
        this.forces = forces;
    }

    /**
     * @param mobile E.164, or null where the force holds none
     * @param invitationCode where an invitation is open
     * @param pin where the sandbox chose one
     */
    record Someone(SandboxForces.Force force, UUID person, String name, String mobile, String role, String crimeReference,
                   UUID caseId, boolean deceased, String invitationCode, String pin) {

        SandboxPerson json() {
            var json = new SandboxPerson(name, mobile, ParticipantRole.fromValue(role), crimeReference, caseId);
            json.setInvitationCode(invitationCode);
            json.setPin(pin);
            return json;
        }
    }

    /** In the order in which they came. */
    List<Someone> all() {
        var everyone = new ArrayList<Someone>();
        for (var force : forces.all()) {
            everyone.addAll(acting.as(new Caller.Worker(force.id()), (Connection c) -> of(c, force)));
        }
        return everyone;
    }

    /** Those who can be reached on a phone, as the API lists them. */
    List<Someone> withPhones() {
        return all().stream().filter(p -> p.mobile() != null && !p.deceased()).toList();
    }

    private List<Someone> of(Connection c, SandboxForces.Force force) {
        Map<UUID, String> invitations = openInvitations(c);
        return Sql.list(c, """
            select pe.id, pe.details, pe.mobile, pe.deceased, pa.role, cf.id as case_id, cf.crime_reference
              from waymark.participant pa
              join waymark.person pe on pe.id = pa.person_id
              join waymark.case_file cf on cf.id = pa.case_id
             where not pa.removed and pe.merged_into is null
             order by pe.id, cf.id""", r -> someone(r, force, invitations));
    }

    private Someone someone(ResultSet r, SandboxForces.Force force, Map<UUID, String> invitations) throws SQLException {
        UUID person = Sql.uuid(r, "id");
        String mobile = sealing.openText("person.mobile", person, r.getBytes("mobile"));
        return new Someone(force, person, name(sealing.openText("person.details", person, r.getBytes("details"))), mobile,
            r.getString("role"), r.getString("crime_reference"), Sql.uuid(r, "case_id"), r.getBoolean("deceased"),
            invitations.get(person), Optional.ofNullable(mobile).flatMap(m -> notes.find("pin-" + m)).orElse(null));
    }

    private Map<UUID, String> openInvitations(Connection c) {
        var codes = new HashMap<UUID, String>();
        Sql.list(c, """
            select id, person_id, code from waymark.invitation
             where taken_up_at is null and withdrawn_at is null and expires_at > ? and code is not null order by id""",
            r -> codes.put(Sql.uuid(r, "person_id"),
                sealing.openText("invitation.code", Sql.uuid(r, "id"), r.getBytes("code"))),
            OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
        return codes;
    }

    private static String name(String details) {
        try {
            JsonNode json = JSON.readTree(details == null ? "{}" : details);
            String name = (json.path("given_name").asText("") + " " + json.path("family_name").asText("")).strip();
            return name.isEmpty() ? json.path("organisation").asText("(no name)") : name;
        } catch (JsonProcessingException e) {
            return "(no name)";
        }
    }
}
