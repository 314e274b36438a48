package uk.waymark.attachments;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.DueWork;
import uk.waymark.platform.EachForce;
import uk.waymark.platform.Sql;

/**
 * Asks the scanner again about files of which it could say nothing, for as long as it takes, and tells staff of those that nobody can
 * open. How many wait stands in {@code waymark_attachments_waiting}.
 */
@Singleton
final class ScanRounds implements DueWork {
    private static final Logger LOG = LoggerFactory.getLogger(ScanRounds.class);
    private static final int MOST_DOUBLED = 16;
    private final ActingAs acting;
    private final EachForce forces;
    private final AttachmentStore store;
    private final Scanner scanner;
    private final Findings findings;
    private final AttachmentSettings settings;
    private final CaseClock clock;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile long waiting;

    ScanRounds(ActingAs acting, EachForce forces, AttachmentStore store, Scanner scanner, Findings findings, AttachmentSettings settings, CaseClock clock,
               MeterRegistry meters) {
        this.forces = forces;
        this.acting = acting;
        this.store = store;
        this.scanner = scanner;
        this.findings = findings;
        this.settings = settings;
        this.clock = clock;
        Gauge.builder("waymark.attachments.waiting", this, r -> r.waiting)
            .description("Files of which no scanner has said anything").register(meters);
    }

    @Scheduled(initialDelay = "35s", fixedDelay = "1m")
    void look() {
        try {
            drain();
        } catch (RuntimeException e) {
            LOG.warn("files could not be looked into; in a minute it will be tried again", e);
        }
    }

    /** One caller at a time, so that whoever returns knows that it is done. */
    @Override
    public void drain() {
        oneAtATime.lock();
        try {
            scanAll();
        } finally {
            oneAtATime.unlock();
        }
    }

    private void scanAll() {
        Instant now = clock.instant();
        boolean answers = scanner.connected();
        long all = 0;
        for (UUID force : forces.all()) {
            try {
                boolean another = answers;
                while (another) {
                    Next next = scanNext(force, now);
                    // a scanner that says nothing is not asked about one file after the other: each takes as long as it may be silent
                    answers = next != Next.SAYS_NOTHING;
                    another = next == Next.LOOKED_AT;
                }
            } catch (RuntimeException e) {
                LOG.warn("files of one force could not be looked into; in a minute it will be tried again", e);
            }
            try {
                tell(force);
            } catch (RuntimeException e) {
                LOG.warn("staff could not be told of files that nobody can open; in a minute it will be tried again", e);
            }
            all += acting.as(new Caller.Worker(force), (Connection c) -> waiting(c, force));
        }
        waiting = all;
    }

    private enum Next { NONE, LOOKED_AT, SAYS_NOTHING }

    /** @param now the same for the whole round, so that each file is due once in it */
    private Next scanNext(UUID force, Instant now) {
        // for good before the file is read: whoever breaks off, or cannot read it, leaves it to a later round and goes on with others
        Optional<UUID> due = acting.as(new Caller.Worker(force), (Connection c) -> Sql.one(c, """
            select id, tries from waymark.attachment where force_id = ? and scan = 'waiting' and scan_at <= ?
             order by scan_at limit 1 for update skip locked""", r -> {
                UUID id = Sql.uuid(r, "id");
                Sql.run(c, "update waymark.attachment set tries = tries + 1, scan_at = ? where id = ?", now.plus(pause(r.getInt("tries"))), id);
                return id;
            }, force, now));
        return due.map(id -> scan(force, id)).orElse(Next.NONE);
    }

    private Next scan(UUID force, UUID id) {
        record Due(Kept file, byte[] bytes) { }
        try {
            Optional<Due> due = acting.as(new Caller.Worker(force), (Connection c) ->
                store.one(c, id).map(file -> new Due(file, store.bytes(c, file))));
            if (due.isEmpty()) {
                return Next.LOOKED_AT;
            }
            Scanner.Verdict verdict = scanner.scan(due.get().bytes());
            if (verdict instanceof Scanner.Verdict.CannotSay) {
                return Next.SAYS_NOTHING;
            }
            acting.as(new Caller.Worker(force), (Connection c) -> {
                said(c, due.get().file(), verdict);
                return null;
            });
        } catch (RuntimeException e) {
            LOG.warn("a file could not be looked into; it will be tried again later, and staff are told", e);
        }
        return Next.LOOKED_AT;
    }

    private void said(Connection c, Kept file, Scanner.Verdict verdict) {
        switch (verdict) {
            case Scanner.Verdict.Clean clean -> {
                store.scanned(c, file, Kept.CLEAN, null, clock.instant());
                findings.settle(c, file);
            }
            case Scanner.Verdict.Infected found -> {
                store.scanned(c, file, Kept.INFECTED, found.finding(), clock.instant());
                store.one(c, file.id()).ifPresent(now -> findings.raise(c, now));
            }
            case Scanner.Verdict.CannotSay nothing -> { }
        }
    }

    private Duration pause(int tries) {
        Duration longer = settings.time("again.first").multipliedBy(1L << Math.min(tries, MOST_DOUBLED));
        Duration last = settings.time("again.last");
        return longer.compareTo(last) < 0 ? longer : last;
    }

    /** Of each in a transaction of its own: one of which nobody can be told keeps no other back. */
    private void tell(UUID force) {
        List<UUID> late = acting.as(new Caller.Worker(force), (Connection c) -> Sql.list(c, """
            select id from waymark.attachment where force_id = ? and scan = 'waiting' and not raised and message_id is not null
               and uploaded_at <= ? order by id""", r -> Sql.uuid(r, "id"), force,
            clock.instant().minus(settings.time("unscanned.after"))));
        for (UUID id : late) {
            try {
                acting.as(new Caller.Worker(force), (Connection c) -> {
                    if (Sql.one(c, "select 1 from waymark.attachment where id = ? and scan = 'waiting' and not raised for update skip locked",
                            r -> true, id).orElse(false)) {
                        store.one(c, id).filter(k -> k.state() == Attachment.State.CHECKING).ifPresent(k -> findings.unscanned(c, k));
                    }
                    return null;
                });
            } catch (RuntimeException e) {
                LOG.warn("staff could not be told of a file that nobody can open; in a minute it will be tried again", e);
            }
        }
    }

    private static long waiting(Connection c, UUID force) {
        return Sql.one(c, "select count(*) as waiting from waymark.attachment where force_id = ? and scan = 'waiting'",
            r -> r.getLong("waiting"), force).orElse(0L);
    }

    @Override
    public Optional<Instant> nextDue() {
        Instant now = clock.instant();
        return forces.all().stream().flatMap(force -> acting.as(new Caller.Worker(force), (Connection c) -> Sql.one(c, """
                select min(scan_at) as scan, min(uploaded_at) filter (where not raised and message_id is not null) as uploaded
                  from waymark.attachment where force_id = ? and scan = 'waiting'""",
                r -> Stream.of(scanner.connected() ? Sql.instant(r, "scan") : null, late(Sql.instant(r, "uploaded"))), force)
                .orElseThrow())).filter(Objects::nonNull).filter(at -> at.isAfter(now)).min(Instant::compareTo);
    }

    private Instant late(Instant uploaded) {
        return uploaded == null ? null : uploaded.plus(settings.time("unscanned.after"));
    }
}
