package uk.waymark.forces;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sql;

/** Brings {@code waymark.adapter} in line with a force's file, in the owner's transaction. */
final class AdapterRows {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final Connection c;
    private final Ids ids;
    private final List<String> changes;

    AdapterRows(Connection c, Ids ids, List<String> changes) {
        this.c = c;
        this.ids = ids;
        this.changes = changes;
    }

    private record Known(UUID id, ForceFile.Adapter adapter) { }

    /** One that is no longer named is switched off and kept: what people were told because of it still stands. */
    void write(UUID force, List<ForceFile.Adapter> wanted) {
        var known = new LinkedHashMap<String, Known>();
        Sql.list(c, """
            select id, kind, base_url, token_url, client_id, credential_ref, enabled, mapping::text as mapping,
                   extract(epoch from poll_every)::bigint as every, extract(epoch from poll_idle_every)::bigint as idle,
                   extract(epoch from silent_after)::bigint as silent
              from waymark.adapter where force_id = ? order by kind""",
            r -> new Known(Sql.uuid(r, "id"), adapter(r)), force).forEach(k -> known.put(k.adapter().kind(), k));
        for (ForceFile.Adapter adapter : wanted) {
            Known before = known.remove(adapter.kind());
            if (before == null || !before.adapter().equals(adapter)) {
                write(force, before == null ? ids.next() : before.id(), adapter);
                changes.add("adapter " + adapter.kind() + ": " + (before == null ? "new" : "changed") + (adapter.enabled() ? ", on" : ", off"));
            }
        }
        known.values().stream().filter(k -> k.adapter().enabled()).forEach(k -> {
            Sql.run(c, "update waymark.adapter set enabled = false where id = ?", k.id());
            changes.add("adapter " + k.adapter().kind() + ": off");
        });
    }

    private void write(UUID force, UUID id, ForceFile.Adapter a) {
        Sql.run(c, """
            insert into waymark.adapter (id, force_id, kind, base_url, token_url, client_id, credential_ref, mapping, enabled,
                                         poll_every, poll_idle_every, silent_after)
            values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, make_interval(secs => ?), make_interval(secs => ?), make_interval(secs => ?))
            on conflict (id) do update
               set base_url = excluded.base_url, token_url = excluded.token_url, client_id = excluded.client_id,
                   credential_ref = excluded.credential_ref, mapping = excluded.mapping, enabled = excluded.enabled,
                   poll_every = excluded.poll_every, poll_idle_every = excluded.poll_idle_every, silent_after = excluded.silent_after""",
            id, force, a.kind(), text(a.baseUrl()), text(a.tokenUrl()), a.clientId(), a.credentialRef(), json(a.mapping()), a.enabled(),
            a.pollEvery().toSeconds(), a.pollIdleEvery().toSeconds(), a.silentAfter() == null ? null : a.silentAfter().toSeconds());
    }

    private static ForceFile.Adapter adapter(ResultSet r) throws SQLException {
        return new ForceFile.Adapter(r.getString("kind"), uri(r.getString("base_url")), uri(r.getString("token_url")), r.getString("client_id"),
            r.getString("credential_ref"), r.getBoolean("enabled"), Duration.ofSeconds(r.getLong("every")), Duration.ofSeconds(r.getLong("idle")),
            r.getObject("silent") == null ? null : Duration.ofSeconds(r.getLong("silent")), mapping(r.getString("mapping")));
    }

    private static String text(URI uri) {
        return uri == null ? null : uri.toString();
    }

    private static URI uri(String text) {
        return text == null ? null : URI.create(text);
    }

    private static String json(Map<String, String> mapping) {
        try {
            return JSON.writeValueAsString(mapping);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> mapping(String json) {
        try {
            return JSON.readValue(json, new TypeReference<TreeMap<String, String>>() { });
        } catch (JsonProcessingException e) {
            // set by hand with what a file cannot say: the file is another one then
            return Map.of("", json);
        }
    }
}
