package uk.waymark.forces;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import uk.waymark.platform.Sql;

/** What a file names and another force has already: names that one force alone can have. */
final class TakenNames {
    private final Connection c;
    private final UUID force;
    private final List<String> complaints = new ArrayList<>();

    TakenNames(Connection c, UUID force) {
        this.c = c;
        this.force = force;
    }

    List<String> complaints(ForceFile file) {
        file.senders().orElse(List.of()).forEach(s -> check("senders, account_sid", "waymark.provider_account", "account_sid",
            s.accountSid(), "each force sends through an account, or a subaccount, of its own"));
        file.identityProvider().orElse(List.of()).forEach(p -> check("identity_provider, issuer", "waymark.identity_provider",
            "issuer", p.issuer().toString(), "a force follows from the issuer that signed, so each has one of its own"));
        file.systemClients().orElse(List.of()).forEach(id -> check("system_clients, " + id, "waymark.system_client", "client_id", id,
            "begin its name with the force's code"));
        return complaints;
    }

    private void check(String where, String table, String column, String value, String advice) {
        if (Sql.one(c, "select 1 from " + table + " where " + column + " = ? and force_id is distinct from ?",
                r -> r.getInt(1), value, force).isPresent()) {
            complaints.add(where + ": belongs to another force; " + advice);
        }
    }
}
