package uk.waymark.attachments;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.export.Erasable;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.DueWork;
import uk.waymark.platform.Sql;

/** Files that went with no message go after a day, or when their person wants it. Those that went with one are the record's. */
@Singleton
class UnsentFiles implements DueWork, Erasable {
    private static final Logger LOG = LoggerFactory.getLogger(UnsentFiles.class);
    private static final int AT_ONCE = 200;
    private final ActingAs acting;
    private final AttachmentSettings settings;
    private final CaseClock clock;

    UnsentFiles(ActingAs acting, AttachmentSettings settings, CaseClock clock) {
        this.acting = acting;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(initialDelay = "7m", fixedDelay = "1h")
    void look() {
        try {
            drain();
        } catch (RuntimeException e) {
            LOG.error("files that were not sent could not be seen to: {}; the next time tries again", e.getClass().getName());
        }
    }

    @Override
    public void drain() {
        Instant before = clock.instant().minus(settings.time("unsent.kept"));
        int gone;
        do {
            gone = acting.as(new Caller.Nobody(), c -> Sql.one(c, "select waymark.gate_forget_unsent_attachments(?, ?) as gone",
                r -> r.getInt("gone"), before, AT_ONCE).orElseThrow());
        } while (gone == AT_ONCE);
    }

    @Override
    public Optional<Instant> nextDue() {
        return acting.as(new Caller.Nobody(), (Connection c) -> Sql.one(c, "select waymark.gate_unsent_attachment() as oldest",
            r -> Sql.instant(r, "oldest"))).map(oldest -> oldest.plus(settings.time("unsent.kept"))).filter(at -> at.isAfter(clock.instant()));
    }

    @Override
    public String what() {
        return "unsent_files";
    }

    @Override
    public void erase(Connection c, UUID person) {
        Sql.call(c, "select waymark.gate_erase_unsent_attachments(?)", person);
    }
}
