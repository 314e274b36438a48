package uk.waymark.bridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Settings;
import uk.waymark.platform.Sql;
import uk.waymark.platform.Urns;

/** The rows of adapters and of what is asked of them. Claims go across forces, everything else stays within one. */
@Singleton
final class PullStore {
    private static final String CHECKPOINT = "pull.checkpoint";
    private static final JsonMapper JSON = new JsonMapper();
    private final Sealing sealing;
    private final Settings settings;
    private final Ids ids;

    PullStore(Sealing sealing, Settings settings, Ids ids) {
        this.sealing = sealing;
        this.settings = settings;
        this.ids = ids;
    }

    /** @param plannedAt machine time; null where it never was */
    record Adapter(UUID id, UUID force, String kind, Instant plannedAt) { }

    /** @param lease who has it */
    record Claim(UUID id, UUID force, UUID lease) { }

    /** What is due, with all that asking takes. @param access its secret is null where there is none */
    record Job(Claim claim, String kind, AdapterAccess access, boolean credible, Duration every, Duration idleEvery, String urn,
               String urnKey, Optional<String> checkpoint, int failures) { }

    /** @param oldest case time, or null */
    record Backlog(long overdue, Instant oldest, long silentAdapters) { }

    /** The adapters that are on, of all forces. */
    List<Adapter> adapters(Connection c) {
        return Sql.list(c, "select id, force_id, kind, planned_at from waymark.gate_adapters()",
            r -> new Adapter(Sql.uuid(r, "id"), Sql.uuid(r, "force_id"), r.getString("kind"), Sql.instant(r, "planned_at")));
    }

    List<Claim> claim(Connection c, Instant caseNow, Instant now, Duration lease, int most) {
        UUID mine = ids.next();
        return Sql.list(c, "select id, force_id from waymark.gate_claim_pulls(?, ?, ?, ?, ?)",
            r -> new Claim(Sql.uuid(r, "id"), Sql.uuid(r, "force_id"), mine), caseNow, now, mine, (int) lease.toSeconds(), most);
    }

    Optional<Instant> nextDue(Connection c, Instant caseNow) {
        return Sql.one(c, "select waymark.gate_next_pull(?) as due", r -> Sql.instant(r, "due"), caseNow);
    }

    Backlog backlog(Connection c, Instant caseNow) {
        return Sql.one(c, "select overdue, oldest, silent from waymark.gate_pull_backlog(?)",
            r -> new Backlog(r.getLong("overdue"), Sql.instant(r, "oldest"), r.getLong("silent")), caseNow).orElseThrow();
    }

    /**
     * Each of these URNs is asked for at this case time, or sooner where it was to be.
     *
     * @param kinds of the adapters, of those that the force has, which ask
     */
    void plan(Connection c, UUID force, Collection<String> kinds, Collection<String> urns, Instant due) {
        List<UUID> adapters = Sql.list(c, "select id from waymark.adapter where kind = any (?::text[]) order by id",
            r -> Sql.uuid(r, "id"), (Object) kinds.toArray(String[]::new));
        // in one order, so that two who assign the same do not wait for each other crosswise
        urns.stream().filter(u -> !Urns.key(u).isEmpty()).sorted(Comparator.comparing(Urns::key)).forEach(urn ->
            adapters.forEach(adapter -> Sql.run(c, """
                insert into waymark.pull (id, force_id, adapter_id, urn_key, urn, next_due_at) values (?, ?, ?, ?, ?, ?)
                on conflict (adapter_id, urn_key) do update
                   set next_due_at = least(pull.next_due_at, excluded.next_due_at)""",
                ids.next(), force, adapter, Urns.key(urn), urn.strip(), due)));
    }

    /** Rows for URNs that have none yet; what is planned already stays as it is. */
    void planMissing(Connection c, Adapter adapter, Collection<String> urns, Instant due) {
        urns.forEach(urn -> Sql.run(c, """
            insert into waymark.pull (id, force_id, adapter_id, urn_key, urn, next_due_at) values (?, ?, ?, ?, ?, ?)
            on conflict (adapter_id, urn_key) do nothing""", ids.next(), adapter.force(), adapter.id(), Urns.key(urn), urn.strip(), due));
    }

    void planned(Connection c, Adapter adapter, Instant now, Instant caseNow) {
        Sql.run(c, "update waymark.adapter set planned_at = ?, heard_at = coalesce(heard_at, ?) where id = ?", now, caseNow,
            adapter.id());
    }

    /** @return empty where the lease is another's by now, or the adapter was switched off */
    Optional<Job> job(Connection c, Claim claim) {
        return Sql.one(c, """
            select p.id, p.urn, p.urn_key, p.checkpoint, p.failures, a.id as adapter_id, a.kind, a.base_url, a.token_url,
                   a.client_id, a.credential_ref, a.mapping::text as mapping,
                   extract(epoch from a.poll_every)::bigint as every, extract(epoch from a.poll_idle_every)::bigint as idle_every
              from waymark.pull p join waymark.adapter a on a.id = p.adapter_id
             where p.id = ? and p.lease = ? and a.enabled""", r -> job(r, claim), claim.id(), claim.lease());
    }

    private Job job(ResultSet r, Claim claim) throws SQLException {
        String reference = r.getString("credential_ref");
        String tokenUrl = r.getString("token_url");
        String secret = reference == null ? null : settings.adapterSecret(reference)
            .or(() -> settings.sandbox() ? Optional.of(Settings.SANDBOX_MARK) : Optional.empty()).orElse(null);
        String client = r.getString("client_id");
        var access = new AdapterAccess(Sql.uuid(r, "adapter_id"), claim.force(), URI.create(r.getString("base_url").replaceAll("/+$", "")),
            tokenUrl == null ? null : URI.create(tokenUrl), client, secret, tree(r.getString("mapping")));
        return new Job(claim, r.getString("kind"), access, tokenUrl == null || client != null && secret != null,
            Duration.ofSeconds(r.getLong("every")), Duration.ofSeconds(r.getLong("idle_every")), r.getString("urn"),
            r.getString("urn_key"), Optional.ofNullable(sealing.openText(CHECKPOINT, claim.id(), r.getBytes("checkpoint"))),
            r.getInt("failures"));
    }

    /** Nobody's any longer: the URN was taken back. What was said is kept for when it comes again. */
    void rest(Connection c, Claim claim) {
        Sql.run(c, """
            update waymark.pull set next_due_at = null, lease = null, lease_until = null where id = ? and lease = ?""",
            claim.id(), claim.lease());
    }

    /** Gives it back unasked. */
    void release(Connection c, Claim claim) {
        Sql.run(c, "update waymark.pull set lease = null, lease_until = null where id = ? and lease = ?", claim.id(), claim.lease());
    }

    /**
     * A good answer was dealt with. To be done last in the transaction: a case is held before its row here, as by whoever
     * assigns a URN.
     *
     * @param due case time to ask again
     * @return false where the lease is another's by now, and nothing of this transaction may stand
     */
    boolean done(Connection c, Job job, Optional<String> checkpoint, Instant due, Instant caseNow) {
        UUID id = job.claim().id();
        Sql.run(c, """
            update waymark.adapter set heard_at = ? where id = ? and (heard_at is null or heard_at < ?)""",
            caseNow, job.access().id(), caseNow.minus(Duration.ofMinutes(1)));
        return Sql.run(c, """
            update waymark.pull set checkpoint = ?, next_due_at = ?, last_success_at = ?, failures = 0, retry_at = null,
                                    lease = null, lease_until = null
             where id = ? and lease = ?""",
            sealing.sealText(CHECKPOINT, id, checkpoint.orElse(null)), due, caseNow, id, job.claim().lease()) == 1;
    }

    /** It stays due; it is not asked again before this machine time. */
    void failed(Connection c, Job job, Instant retryAt) {
        Sql.run(c, """
            update waymark.pull set failures = failures + 1, retry_at = ?, lease = null, lease_until = null
             where id = ? and lease = ?""", retryAt, job.claim().id(), job.claim().lease());
    }

    /** Nothing is asked of the adapter before this machine time. */
    void pause(Connection c, Job job, Instant until) {
        Sql.run(c, "update waymark.adapter set paused_until = ? where id = ? and (paused_until is null or paused_until < ?)", until,
            job.access().id(), until);
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a mapping cannot be read");
        }
    }
}
