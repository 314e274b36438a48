package uk.waymark.bridge;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import uk.waymark.api.StaffSystemsApi;
import uk.waymark.api.model.AdapterHealth;
import uk.waymark.api.model.OutboundHealth;
import uk.waymark.api.model.SourceHealth;
import uk.waymark.api.model.SystemsHealth;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.Sql;

/** How the systems are that are connected with a force: for staff who wonder why nothing comes, or nothing arrives. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class SystemsController implements StaffSystemsApi {
    private final ActingAs acting;
    private final CurrentCaller caller;
    private final CaseClock clock;

    SystemsController(ActingAs acting, CurrentCaller caller, CaseClock clock) {
        this.acting = acting;
        this.caller = caller;
        this.clock = clock;
    }

    /** As the force's own work: nothing of it is about a case, so what staff may open plays no part. */
    @Override
    public HttpResponse<SystemsHealth> getSystems() {
        return acting.as(new Caller.Worker(caller.staff().force()), (Connection c) -> {
            List<SourceHealth> sources = Sql.list(c, """
                select source, last_heard_at, extract(epoch from silent_after)::bigint / 60 as minutes, silent_since
                  from waymark.feed order by source""", SystemsController::source);
            List<AdapterHealth> adapters = Sql.list(c, """
                select a.kind, a.enabled, a.heard_at, count(p.id) as asked, count(p.id) filter (where p.failures > 0) as failing
                  from waymark.adapter a left join waymark.pull p on p.adapter_id = a.id and p.next_due_at is not null
                 group by a.id order by a.kind""", SystemsController::adapter);
            List<OutboundHealth> outbound = Sql.list(c, """
                select type, count(*) filter (where state = 'waiting') as waiting,
                       count(*) filter (where state = 'waiting' and late_in is not null) as late,
                       count(*) filter (where state = 'refused') as refused,
                       min(created_at) filter (where state = 'waiting') as oldest
                  from waymark.outbound_parcel where state in ('waiting', 'refused') and not aside group by type order by type""",
                SystemsController::outbound);
            var health = new SystemsHealth(utc(clock.instant()), sources, adapters, outbound);
            Sql.one(c, "select began_at from waymark.outbound_outage where ended_at is null", r -> Sql.instant(r, "began_at"))
                .ifPresent(since -> health.setOutageSince(utc(since)));
            return HttpResponse.ok(health);
        });
    }

    private static SourceHealth source(ResultSet r) throws SQLException {
        return new SourceHealth(r.getString("source")).lastHeardAt(utc(Sql.instant(r, "last_heard_at")))
            .silentAfterMinutes(r.getObject("minutes", Long.class)).silentSince(utc(Sql.instant(r, "silent_since")));
    }

    private static AdapterHealth adapter(ResultSet r) throws SQLException {
        return new AdapterHealth(r.getString("kind"), r.getBoolean("enabled"), r.getLong("asked"), r.getLong("failing"))
            .heardAt(utc(Sql.instant(r, "heard_at")));
    }

    private static OutboundHealth outbound(ResultSet r) throws SQLException {
        return new OutboundHealth(r.getString("type"), r.getLong("waiting"), r.getLong("late"), r.getLong("refused"))
            .oldestAt(utc(Sql.instant(r, "oldest")));
    }

    private static OffsetDateTime utc(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
