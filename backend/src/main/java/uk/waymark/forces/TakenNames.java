package uk.waymark.forces;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import uk.waymark.platform.ProviderCredentials;
import uk.waymark.platform.Settings;
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
        file.senders().orElse(List.of()).forEach(this::sender);
        file.identityProvider().orElse(List.of()).forEach(p -> check("identity_provider, issuer", "waymark.identity_provider",
            "issuer", p.issuer().toString(), "a force follows from the issuer that signed, so each has one of its own"));
        file.systemClients().orElse(List.of()).forEach(id -> check("system_clients, " + id, "waymark.system_client", "client_id", id,
            "begin its name with the force's code"));
        file.adapters().orElse(List.of()).stream().map(ForceFile.Adapter::credentialRef).filter(Objects::nonNull)
            .forEach(ref -> secret("adapters, credential_ref", "waymark.adapter", ref, Settings::adapterSetting));
        return complaints;
    }

    /** Forces may share an account, and its secret with it; what replies come to is one force's alone. */
    private void sender(ForceFile.Sender sender) {
        for (String number : sender.ownNumbers()) {
            for (String column : List.of("sender", "discreet_sender")) {
                check("senders, sender", "waymark.provider_account", column, number, "each force sends from a number of its own");
            }
        }
        if (sender.messagingServiceSid() != null) {
            check("senders, messaging_service_sid", "waymark.provider_account", "messaging_service_sid",
                sender.messagingServiceSid(), "each force has a messaging service of its own");
        }
        if (sender.kind().equals("notify")) {
            check("senders, service_id", "waymark.provider_account", "account_sid", sender.account(),
                "each force has a service of its own at GOV.UK Notify");
        }
        UnaryOperator<String> setting = ref -> ProviderCredentials.setting(sender.kind(), ref);
        if (Sql.list(c, """
                select credential_ref from waymark.provider_account
                 where kind = ? and account_sid <> ? and force_id is distinct from ?""",
                r -> r.getString(1), sender.kind(), sender.account(), force).stream()
            .anyMatch(other -> setting.apply(other).equals(setting.apply(sender.credentialRef())))) {
            complaints.add("senders, credential_ref: is the name of another account's secret; begin it with the force's code");
        }
    }

    /** One force's secret must not go where another force's file says. Two names may be one setting: a-b and a_b. */
    private void secret(String where, String table, String ref, UnaryOperator<String> setting) {
        if (Sql.list(c, "select credential_ref from " + table + " where credential_ref is not null and force_id is distinct from ?",
                r -> r.getString(1), force).stream().anyMatch(other -> setting.apply(other).equals(setting.apply(ref)))) {
            complaints.add(where + ": is the name of another force's secret; begin it with the force's code");
        }
    }

    private void check(String where, String table, String column, String value, String advice) {
        if (Sql.one(c, "select 1 from " + table + " where " + column + " = ? and force_id is distinct from ?",
                r -> r.getInt(1), value, force).isPresent()) {
            complaints.add(where + ": belongs to another force; " + advice);
        }
    }
}
