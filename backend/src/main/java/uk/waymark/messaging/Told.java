package uk.waymark.messaging;

import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.Keeper;
import uk.waymark.notifications.Keyword;
import uk.waymark.notifications.RetentionRules;
import uk.waymark.notifications.Said;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.EachForce;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/**
 * What people were told and what they answered: kept for them and for their case, for as long as their force's rule says.
 * One-time codes belong to no force and to nobody that is known here, so nothing of them is kept.
 */
@Singleton
final class Told implements Keeper {
    static final String BODY = "told.body";
    private static final String ANSWER = "answered.body";
    private static final ZoneId UK = ZoneId.of("Europe/London");
    private static final int BATCH = 500;

    private final ActingAs acting;
    private final EachForce forces;
    private final Sealing sealing;
    private final CaseClock clock;
    private final RetentionRules rules;
    private final ApplicationEventPublisher<MessageLeft> events;

    Told(ActingAs acting, EachForce forces, Sealing sealing, CaseClock clock, RetentionRules rules, ApplicationEventPublisher<MessageLeft> events) {
        this.forces = forces;
        this.events = events;
        this.rules = rules;
        this.acting = acting;
        this.sealing = sealing;
        this.clock = clock;
    }

    @Override
    public void keep(UUID tenant, List<Said> said) {
        if (!tenant.equals(ContactPolicy.PLATFORM)) {
            acting.as(new Caller.Worker(tenant), c -> {
                said.forEach(s -> {
                    keep(c, s);
                    events.publishEvent(new MessageLeft(c, tenant, s));
                });
                return null;
            });
        }
    }

    /** The case is known by what was announced; what is told again never loses the words that came first. */
    private void keep(Connection c, Said s) {
        Sql.run(c, """
            insert into waymark.told as known (id, force_id, person_id, case_id, message_id, channel, template, template_version,
                                               language, state, sent_at, settled_at, kept, body)
            select ?, p.force_id, p.id,
                   waymark.case_of_subject(?::uuid, p.id),
                   ?, ?, ?, ?, ?, ?, ?, ?::timestamptz, ?, ?::bytea
              from waymark.person p where p.id = ?
            on conflict (id) do update set state = excluded.state, settled_at = excluded.settled_at,
                   body = case when known.wiped_at is null then coalesce(known.body, excluded.body) end""",
            s.attemptId(), s.subjectRef(), s.messageId(), s.channel().stored(), s.template(), s.templateVersion(),
            s.language(), s.state().stored(), s.saidAt(), s.settledAt(), s.kept(),
            sealing.sealText(BODY, s.attemptId(), shown(s)), s.recipientRef());
    }

    /** No word goes to the app: what the person saw there is what the app shows by itself. */
    private static String shown(Said s) {
        return s.channel() == Channel.PUSH && s.text() != null ? AppWords.in(s.language()) : s.text();
    }

    /** Keeps a reply, in the transaction that acts on it. @param caseId or null */
    void answered(Connection c, UUID reply, UUID person, UUID caseId, Keyword keyword, String text) {
        Sql.run(c, """
            insert into waymark.answered (id, person_id, force_id, case_id, keyword, received_at, body)
            values (?, ?, waymark.ctx_force(), ?::uuid, ?, ?, ?) on conflict do nothing""",
            reply, person, caseId, keyword.stored(), clock.instant(), sealing.sealText(ANSWER, reply, text));
    }

    @Override
    public Map<UUID, Duration> tracesKept() {
        var kept = new HashMap<UUID, Duration>();
        acting.as(new Caller.Nobody(), c -> Sql.list(c,
            "select id, traces_kept_days from waymark.force where traces_kept_days is not null",
            r -> kept.put(Sql.uuid(r, "id"), Duration.ofDays(r.getInt("traces_kept_days")))));
        return kept;
    }

    /** Every instance may do it; twice does no harm. */
    @Scheduled(initialDelay = "10m", fixedDelay = "1h")
    void cleanUp() {
        forget();
    }

    /** Wipes words that their force keeps no longer, here and in completed items of the work queue; answers of how many. */
    int forget() {
        record Rule(UUID force, int months) { }
        List<Rule> ofForces = acting.as(new Caller.Nobody(), c -> Sql.list(c,
            "select id, told_kept_months from waymark.force where told_kept_months is not null order by id",
            r -> new Rule(Sql.uuid(r, "id"), r.getInt("told_kept_months"))));
        int wiped = forgetTasks();
        for (Rule rule : ofForces) {
            Instant before = clock.instant().atZone(UK).minusMonths(rule.months()).toInstant();
            wiped += wipe(rule.force(), "told", "sent_at", before) + wipe(rule.force(), "answered", "received_at", before)
                + wipeItems(rule.force(), "detail = null, note = null", "(detail is not null or note is not null)", before);
        }
        return wiped;
    }

    /** A number or an address and the words for it, once it has been rung or posted: as long as messaging itself keeps them. */
    private int forgetTasks() {
        Instant before = clock.instant().minus(rules.words());
        return (int) forces.sum("words of what was rung and posted", force -> wipeItems(force, "detail = null", "detail is not null and kind in ('"
                + String.join("', '", StaffTasks.KINDS) + "')", before));
    }

    private int wipeItems(UUID force, String change, String which, Instant before) {
        int wiped = 0;
        int some;
        do {
            some = acting.as(new Caller.Worker(force), c -> Sql.run(c, "update waymark.work_item set " + change
                + " where id in (select id from waymark.work_item where force_id = waymark.ctx_force() and " + which
                + " and completed_at < ? order by completed_at limit " + BATCH + " for update skip locked)", before));
            wiped += some;
        } while (some == BATCH);
        return wiped;
    }

    private int wipe(UUID force, String table, String moment, Instant before) {
        String key = table.equals("told") ? "id" : "id, person_id";
        int wiped = 0;
        int some;
        do {
            some = acting.as(new Caller.Worker(force), c -> Sql.run(c, "update waymark." + table
                + " set body = null, wiped_at = ? where (" + key + ") in (select " + key + " from waymark." + table
                + " where force_id = waymark.ctx_force() and body is not null and " + moment + " < ? order by " + moment
                + " limit " + BATCH + " for update skip locked)", clock.instant(), before));
            wiped += some;
        } while (some == BATCH);
        return wiped;
    }
}
