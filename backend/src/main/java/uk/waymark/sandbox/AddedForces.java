package uk.waymark.sandbox;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Sql;

/**
 * The two forces of the sandbox, and those that somebody tries {@code force add} with: their people have phones here
 * too.
 */
@Singleton
@Requires(env = "sandbox")
final class AddedForces {
    private final ActingAs acting;

    AddedForces(ActingAs acting) {
        this.acting = acting;
    }

    /** The sandbox's own first. */
    List<SandboxForces.Force> all() {
        var all = new ArrayList<>(SandboxForces.all());
        acting.as(new Caller.Nobody(), c -> Sql.list(c, """
            select distinct on (f.id) f.id, f.code, f.name_en, f.name_cy, f.welsh, a.account_sid, a.credential_ref,
                   coalesce(a.sender, a.messaging_service_sid) as sender
              from waymark.force f
              left join waymark.gate_provider_accounts() a on a.force_id = f.id and a.kind = 'twilio'
             order by f.id, a.id""", AddedForces::force)).stream()
            .filter(f -> SandboxForces.find(f.code()).isEmpty()).forEach(all::add);
        return all;
    }

    Optional<SandboxForces.Force> find(String code) {
        return SandboxForces.find(code).or(() -> all().stream().filter(f -> f.code().equals(code)).findFirst());
    }

    /** Whether one of them sends through this account at the message provider. */
    boolean sendsThrough(String accountSid) {
        return SandboxForces.accounts().stream().anyMatch(a -> a.sid().equals(accountSid))
            || all().stream().anyMatch(f -> f.account() != null && f.account().sid().equals(accountSid));
    }

    private static SandboxForces.Force force(ResultSet r) throws SQLException {
        UUID id = Sql.uuid(r, "id");
        String sid = r.getString("account_sid");
        var account = sid == null ? null
            : new SandboxForces.Account(id, id, sid, r.getString("sender"), r.getString("credential_ref"));
        return new SandboxForces.Force(id, r.getString("code"), r.getString("name_en"), r.getString("name_cy"),
            r.getBoolean("welsh"), account);
    }
}
