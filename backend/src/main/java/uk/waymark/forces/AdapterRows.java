package uk.waymark.forces;

import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sql;

/** Brings the adapters of a force in line with its file. One that is no longer named is switched off: what it said stays. */
final class AdapterRows {
    private final Connection c;
    private final Ids ids;
    private final List<String> changes;

    AdapterRows(Connection c, Ids ids, List<String> changes) {
        this.c = c;
        this.ids = ids;
        this.changes = changes;
    }

    void write(UUID force, List<ForceFile.Adapter> wanted) {
        var known = new LinkedHashMap<String, ForceFile.Adapter>();
        Sql.list(c, """
            select kind, base_url, token_url, client_id, credential_ref, mapping::text as mapping, enabled,
                   extract(epoch from poll_every)::bigint as every, extract(epoch from poll_idle_every)::bigint as idle_every,
                   extract(epoch from silent_after)::bigint as silent
              from waymark.adapter where force_id = ? order by kind""", AdapterRows::adapter, force)
            .forEach(a -> known.put(a.kind(), a));
        for (ForceFile.Adapter adapter : wanted) {
            ForceFile.Adapter before = known.remove(adapter.kind());
            if (before == null || !before.equals(normalised(adapter))) {
                insert(force, adapter);
                changes.add("adapter " + adapter.kind() + ": " + (before == null ? "new" : "changed")
                    + (adapter.enabled() ? "" : ", off"));
            }
        }
        known.values().stream().filter(ForceFile.Adapter::enabled).forEach(gone -> {
            Sql.run(c, "update waymark.adapter set enabled = false where force_id = ? and kind = ?", force, gone.kind());
            changes.add("adapter " + gone.kind() + ": switched off");
        });
    }

    private void insert(UUID force, ForceFile.Adapter a) {
        Sql.run(c, """
            insert into waymark.adapter (id, force_id, kind, base_url, token_url, client_id, credential_ref, mapping, enabled,
                                         poll_every, poll_idle_every, silent_after)
            values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, make_interval(secs => ?), make_interval(secs => ?), make_interval(secs => ?))
            on conflict (force_id, kind) do update
              set base_url = excluded.base_url, token_url = excluded.token_url, client_id = excluded.client_id,
                  credential_ref = excluded.credential_ref, mapping = excluded.mapping, enabled = excluded.enabled,
                  poll_every = excluded.poll_every, poll_idle_every = excluded.poll_idle_every,
                  silent_after = excluded.silent_after""",
            ids.next(), force, a.kind(), a.baseUrl().toString(), text(a.tokenUrl()), a.clientId(), a.credentialRef(), a.mapping(),
            a.enabled(), a.pollEvery().toSeconds(), a.pollIdleEvery().toSeconds(),
            a.silentAfter() == null ? null : a.silentAfter().toSeconds());
    }

    /** As PostgreSQL writes the mapping. */
    private ForceFile.Adapter normalised(ForceFile.Adapter a) {
        String mapping = Sql.one(c, "select ?::jsonb::text as mapping", r -> r.getString("mapping"), a.mapping()).orElseThrow();
        return new ForceFile.Adapter(a.kind(), a.baseUrl(), a.tokenUrl(), a.clientId(), a.credentialRef(), mapping, a.pollEvery(),
            a.pollIdleEvery(), a.silentAfter(), a.enabled());
    }

    private static ForceFile.Adapter adapter(ResultSet r) throws SQLException {
        String tokenUrl = r.getString("token_url");
        return new ForceFile.Adapter(r.getString("kind"), URI.create(r.getString("base_url")),
            tokenUrl == null ? null : URI.create(tokenUrl), r.getString("client_id"), r.getString("credential_ref"),
            r.getString("mapping"), time(r, "every"), time(r, "idle_every"), time(r, "silent"), r.getBoolean("enabled"));
    }

    private static Duration time(ResultSet r, String column) throws SQLException {
        Long seconds = r.getObject(column, Long.class);
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    private static String text(URI address) {
        return address == null ? null : address.toString();
    }
}
