package uk.waymark.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In which order what is due leaves, and that finding it does not cost more where more is waiting. */
class UrgentFirstTest {

    private static final Fixture F = new Fixture();
    /** Class, template, seconds until it is due, priority, how many. */
    private static final String BACKLOG = """
        insert into notifications.message (id, id_at, tenant, recipient_ref, class, template, fields, state, not_before,
                                           expires_at, due_at, created_at, priority)
        select id, uuid_extract_timestamp(id), ?, id, ?, 'news', '', 'queued', due, due + interval '1 day', due, due, ?
        from (select uuidv7() as id, ?::timestamptz as due from generate_series(1, ?)) as many""";

    @AfterAll
    static void close() {
        F.close();
    }

    @BeforeEach
    void reset() {
        F.reset();
    }

    @Test
    void a_sign_in_code_overtakes_a_backlog_of_100_000() {
        backlog("update", 5, Duration.ofMinutes(-10), 100_000);
        enqueueCode("code");
        F.policy = p -> p.template().equals("code") ? new Decision.Send(Channel.SMS, Fixture.NUMBER, "en", "neutral")
            : new Decision.Withhold("test");
        F.settings = F.settings.withBatch(10, 1);
        F.dispatcher().runOnce();
        assertEquals(MessageState.ACCEPTED, F.state("code"));
    }

    @Test
    void a_claim_reads_one_index_however_much_is_waiting() {
        backlog("update", 5, Duration.ofMinutes(-10), 30_000);
        backlog("sign_in", 0, Duration.ofDays(1), 30_000);
        for (String claim : List.of(DispatchStore.CLAIM_BY_PRIORITY, DispatchStore.CLAIM_BY_AGE, DispatchStore.CLAIM_URGENT)) {
            F.lapseLeases();
            String plan = explain(claim);
            assertFalse(plan.contains("Seq Scan") || plan.contains("-> Sort") || plan.contains("Rows Removed"), plan);
            // finding and locking 100; what is not due yet stands in front of it by priority, and is not read
            Matcher pages = Pattern.compile("Limit [^\n]*\n *Buffers: shared hit=(\\d+)").matcher(plan);
            assertTrue(pages.find() && Integer.parseInt(pages.group(1)) < 250, plan);
        }
    }

    @Test
    void where_the_urgent_never_ends_the_rest_still_gets_its_turn() {
        F.enqueue("news");
        F.clock.move(Duration.ofSeconds(1));
        F.settings = F.settings.withBatch(1, 1);
        Dispatcher dispatcher = F.dispatcher();
        int claims = 0;
        while (F.state("news") == MessageState.QUEUED) {
            enqueueCode("code" + claims++);
            dispatcher.runOnce();
        }
        assertTrue(claims > 1 && claims <= 8, claims + " claims");
    }

    private static void backlog(String messageClass, int priority, Duration dueIn, int messages) {
        Sql.inTransaction(F.database.superuser(), c -> Sql.of(c, BACKLOG, F.tenant, messageClass, priority,
            F.clock.instant().plus(dueIn), messages).update());
    }

    private static void enqueueCode(String key) {
        F.enqueue(new NewMessage(F.tenant, UUID.randomUUID(), "sign_in", "code", Map.of("code", "123456"), key, null,
            F.clock.instant(), F.clock.instant().plus(Duration.ofMinutes(10))));
    }

    /** The plan as it ran, with the planner's picture of tables that were just filled. */
    private static String explain(String claim) {
        return Sql.manyRows(F.database.dispatcher(), c -> String.join("\n",
            Sql.of(c, "explain (analyze, buffers, costs off, timing off) " + claim, F.clock.instant(), 100, F.ids.next(), 60.0)
                .list(row -> row.getString(1))));
    }
}
