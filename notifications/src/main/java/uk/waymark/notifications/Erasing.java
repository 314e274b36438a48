package uk.waymark.notifications;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has providers forget what was wiped here. The next request is put off before a provider is asked, so that a process that
 * dies asks again later; to ask twice does no harm.
 */
final class Erasing {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final int BATCH = 50;
    private static final int BATCHES = 20;
    private static final String CLAIM = """
        update notifications.erasure e
        set tries = e.tries + 1,
            next_at = clock_timestamp() + least(interval '1 day', make_interval(secs => ?) * power(2, least(e.tries, 20)))
        from (select provider, provider_account, provider_message_id from notifications.erasure
              where next_at <= clock_timestamp() order by next_at limit ? for update skip locked) as due
        where (e.provider, e.provider_account, e.provider_message_id)
            = (due.provider, due.provider_account, due.provider_message_id)
        returning e.tenant, e.provider, e.provider_account, e.provider_message_id, e.tries""";

    private final DataSource source;
    private final Map<String, Eraser> erasers;
    private final RetentionRules rules;
    private final RetentionMetrics metrics;

    Erasing(DataSource source, Map<String, Eraser> erasers, RetentionRules rules, RetentionMetrics metrics) {
        this.source = source;
        this.erasers = Map.copyOf(erasers);
        this.rules = rules;
        this.metrics = metrics;
    }

    private record Asked(UUID tenant, String provider, String account, String id, int tries) {
        static Asked of(ResultSet row) throws SQLException {
            return new Asked(Sql.uuid(row, "tenant"), row.getString("provider"), row.getString("provider_account"),
                row.getString("provider_message_id"), row.getInt("tries"));
        }
    }

    private record Answered(Asked asked, Eraser.Result result) {
    }

    /** Asks for what is due, at most 1,000 texts a time; answers how many are done with. */
    int run() {
        int done = 0;
        for (int i = 0; i < BATCHES; i++) {
            List<Asked> batch = Sql.inTransaction(source, c ->
                Sql.of(c, CLAIM, rules.eraseEvery().toMillis() / 1000.0, BATCH).list(Asked::of));
            Collection<Answered> answers = ask(batch);
            done += Sql.inTransaction(source, c -> record(c, answers));
            if (batch.size() < BATCH) {
                break;
            }
        }
        return done;
    }

    private Collection<Answered> ask(List<Asked> batch) {
        Collection<Answered> answers = new ConcurrentLinkedQueue<>();
        try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
            batch.forEach(a -> calls.execute(() -> answers.add(new Answered(a, ask(a)))));
        }
        return answers;
    }

    private Eraser.Result ask(Asked a) {
        Eraser eraser = erasers.get(a.provider);
        if (eraser == null) {
            return Eraser.Result.LATER;
        }
        try {
            return eraser.erase(a.tenant, a.account, a.id);
        } catch (RuntimeException e) {
            LOG.error("asking {} to forget a message failed with {}", a.provider, e.getClass().getName());
            return Eraser.Result.LATER;
        }
    }

    private int record(Connection c, Collection<Answered> answers) {
        List<Object[]> over = new ArrayList<>();
        for (Answered a : answers) {
            boolean givenUp = a.result == Eraser.Result.LATER && a.asked.tries >= rules.eraseTries();
            String result = givenUp ? "given_up" : a.result.stored();
            metrics.erasure(a.asked.provider, result);
            if (givenUp || a.result != Eraser.Result.LATER) {
                over.add(new Object[] {result, a.asked.provider, a.asked.account, a.asked.id});
            }
        }
        Sql.batch(c, """
            update notifications.erasure set result = ?, erased_at = clock_timestamp(), next_at = null
            where provider = ? and provider_account = ? and provider_message_id = ?""", over);
        return over.size();
    }

    /** How many texts are still with a provider though wiped here (counted up to 10,000), and since when the oldest. */
    static Retention.Waiting waiting(Connection c) {
        return Sql.of(c, """
            select count(*) as number, min(wiped_at) as oldest from (
                select wiped_at from notifications.erasure where next_at is not null limit 10000) as open""")
            .first(Retention.Waiting::of).orElseThrow();
    }
}
