package uk.waymark.outbound;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;

/** Takes the words away of what has arrived, some time after; that it was put and has arrived stays. Safe to run anywhere. */
@Singleton
class WordsKept {
    private static final Logger LOG = LoggerFactory.getLogger(WordsKept.class);
    private final ActingAs acting;
    private final CaseClock clock;
    private final OutboundTimes times;

    WordsKept(ActingAs acting, CaseClock clock, OutboundTimes times) {
        this.acting = acting;
        this.clock = clock;
        this.times = times;
    }

    @Scheduled(initialDelay = "25m", fixedDelay = "6h")
    void look() {
        try {
            wipe();
        } catch (RuntimeException e) {
            LOG.error("words of what has arrived could not be taken away; the next time tries again", e);
        }
    }

    /** @return of how many */
    int wipe() {
        Instant before = times.wordsGoBefore(clock.instant());
        int gone = 0;
        int some;
        do {
            some = acting.as(new Caller.Nobody(), c -> Sql.one(c, "select waymark.gate_wipe_parcels(?, ?) as gone",
                r -> r.getInt("gone"), before, times.atOnce()).orElseThrow());
            gone += some;
        } while (some == times.atOnce());
        return gone;
    }
}
