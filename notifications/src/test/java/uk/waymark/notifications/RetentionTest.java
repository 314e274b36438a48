package uk.waymark.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was said is handed over, and goes in two stages. */
class RetentionTest {

    private static final Fixture F = new Fixture();
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration AGES = Duration.ofDays(740);

    private final List<Said> kept = Collections.synchronizedList(new ArrayList<>());
    private final List<String> erased = Collections.synchronizedList(new ArrayList<>());
    private final Map<UUID, Duration> longer = new java.util.HashMap<>();
    private RuntimeException refuses;
    private Eraser.Result answer = Eraser.Result.ERASED;

    @BeforeEach
    void clear() {
        F.reset();
    }

    @AfterAll
    static void stop() {
        F.close();
    }

    private final class Kept implements Keeper {
        @Override
        public void keep(UUID tenant, List<Said> said) {
            if (refuses != null) {
                throw refuses;
            }
            kept.addAll(said);
        }

        @Override
        public Map<UUID, Duration> tracesKept() {
            return longer;
        }
    }

    private Retention retention() {
        return new Retention(F.database.dispatcher(), new Kept(), Map.of("test", (t, account, id) -> {
            erased.add(account + "/" + id);
            return answer;
        }), rules(), F.sealer, F.clock, F.meters);
    }

    static RetentionRules rules() {
        try (InputStream yaml = RetentionTest.class.getResourceAsStream("/classes.yaml")) {
            return RetentionRules.load(yaml);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private UUID say(String key) {
        UUID id = F.enqueue(key).id();
        F.dispatcher().drain();
        return id;
    }

    private UUID sayCode(String key) {
        NewMessage code = new NewMessage(F.tenant, UUID.randomUUID(), "sign_in", "code", Map.of("code", "424242"), key, null,
            F.clock.instant(), F.clock.instant().plus(Duration.ofMinutes(10)));
        UUID id = F.enqueue(code).id();
        F.dispatcher().drain();
        return id;
    }

    private void delivered() {
        SendRequest last = F.sent.getLast();
        F.receipts.apply(F.database.dispatcher(), new Receipt("test", "AC1", "SM" + last.attemptId(), last.attemptId(),
            Receipt.Status.DELIVERED, "delivered", F.clock.instant()));
    }

    private static List<String> words() {
        return F.rows("""
            select (m.fields is not null)::text || ' ' || (a.address is not null)::text || ' ' || (a.body is not null)::text
            from notifications.message m join notifications.attempt a on a.message_id = m.id order by m.id, a.id""");
    }

    private static List<String> left() {
        return List.of("message", "message_key", "attempt", "provider_message", "receipt", "inbound", "ended",
                "kept_sender").stream()
            .map(t -> t + " " + F.rows("select count(*)::text from notifications." + t).getFirst())
            .filter(t -> !t.endsWith(" 0")).toList();
    }

    @Test
    void what_left_is_told_once_and_again_when_more_is_known() {
        UUID message = say("k");
        assertEquals(1, retention().handOver());
        Said said = kept.getFirst();
        assertEquals(message, said.messageId());
        assertEquals(F.tenant, said.tenant());
        assertEquals(F.sent.getFirst().text(), said.text());
        assertEquals(List.of("news", 1, "en", Channel.SMS, MessageState.ACCEPTED, true), List.of(said.template(),
            said.templateVersion(), said.language(), said.channel(), said.state(), said.kept()));
        assertEquals(F.clock.instant(), said.saidAt());
        assertNull(said.settledAt());
        assertEquals(0, retention().handOver(), "nothing new");

        delivered();
        assertEquals(1, retention().handOver());
        assertEquals(MessageState.DELIVERED, kept.getLast().state());
        assertEquals(F.clock.instant(), kept.getLast().settledAt());
        assertEquals(2.0, F.count("notifications.told"));
    }

    @Test
    void each_way_that_a_message_went_is_told_though_its_state_is_the_same() {
        UUID message = say("k");
        Retention retention = retention();
        retention.handOver();
        // as where it was not read in time: the next channel follows
        Sql.inTransaction(F.database.superuser(), c -> Sql.of(c,
            "update notifications.message set state = 'queued' where id = ?", message).update());
        F.dispatcher().drain();
        assertEquals(1, retention.handOver());
        assertEquals(2, kept.stream().map(Said::attemptId).distinct().count());
        assertEquals(List.of(message, message), kept.stream().map(Said::messageId).toList());
    }

    @Test
    void a_change_of_an_attempt_writes_no_index() {
        assertEquals(List.of(), F.rows("""
            select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
            where i.indrelid = 'notifications.attempt'::regclass
              and (pg_get_indexdef(i.indexrelid) like '%told%' or pg_get_indexdef(i.indexrelid) like '%state%')"""));
    }

    @Test
    void what_was_refused_was_never_said() {
        F.provider = r -> new SendOutcome.Rejected("30005", "number_not_in_use");
        say("k");
        assertEquals(0, retention().handOver());
        F.clock.move(WEEK);
        assertEquals(1, retention().wipe());
        assertEquals(List.of("false false false"), words());
    }

    @Test
    void nothing_is_wiped_that_the_host_has_not_kept() {
        say("k");
        refuses = new IllegalStateException("away");
        F.clock.move(WEEK.plusDays(2));
        Retention retention = retention();
        retention.run();
        assertEquals(List.of("true true true"), words());
        assertEquals(1, F.meters.get("notifications.untold").gauge().value());
        assertEquals(Duration.ofDays(9).toSeconds(), F.meters.get("notifications.untold.oldest.seconds").gauge().value());
        assertEquals(Duration.ofDays(2).toSeconds(), F.meters.get("notifications.words.overdue.seconds").gauge().value());

        refuses = null;
        retention.run();
        assertEquals(List.of("false false false"), words());
        assertEquals(0, F.meters.get("notifications.untold").gauge().value());
        assertEquals(0, F.meters.get("notifications.words.overdue.seconds").gauge().value());
        assertEquals(1.0, F.count("notifications.wiped"));
    }

    @Test
    void a_tenant_that_cannot_keep_holds_up_no_other() {
        say("k");
        UUID other = UUID.randomUUID();
        F.enqueue(new NewMessage(other, UUID.randomUUID(), "update", "news", Map.of("when", "x", "ref", "y"), "k", null,
            F.clock.instant(), F.clock.instant().plusSeconds(60)));
        F.dispatcher().drain();
        Keeper only = (tenant, said) -> {
            if (tenant.equals(F.tenant)) {
                throw new IllegalStateException("away");
            }
            kept.addAll(said);
        };
        assertEquals(1, new Retention(F.database.dispatcher(), only, Map.of(), rules(), F.sealer, F.clock, F.meters)
            .handOver());
        assertEquals(other, kept.getFirst().tenant());
    }

    @Test
    void words_go_after_a_week_and_what_happened_stays() {
        say("k");
        delivered();
        Retention retention = retention();
        retention.run();
        F.clock.move(WEEK.minusSeconds(1));
        retention.run();
        assertEquals(List.of("true true true"), words());
        F.clock.move(Duration.ofSeconds(1));
        retention.run();
        assertEquals(List.of("false false false"), words());
        assertEquals(List.of("delivered sms news 1 en 1 true true true"), F.rows("""
            select concat_ws(' ', m.state, a.channel, m.template, a.template_version, a.language, a.segments,
                   (a.address_key is not null)::text, (a.settled_at is not null)::text, (m.recipient_ref is not null)::text)
            from notifications.message m join notifications.attempt a on a.message_id = m.id"""));
        assertEquals(0, retention.wipe(), "once");
    }

    @Test
    void what_may_still_be_said_keeps_its_words() {
        F.policy = p -> new Decision.HoldUntil(F.clock.instant().plus(Duration.ofDays(3)), "quiet_hours");
        NewMessage far = new NewMessage(F.tenant, UUID.randomUUID(), "update", "news", Map.of("when", "x", "ref", "y"), "k",
            null, F.clock.instant(), F.clock.instant().plus(Duration.ofDays(30)));
        F.enqueue(far);
        F.dispatcher().drain();
        F.clock.move(Duration.ofDays(10));
        assertEquals(0, retention().wipe(), "it is held");
        F.policy = p -> new Decision.Send(Channel.SMS, Fixture.NUMBER, "en", "plain");
        F.dispatcher().drain();
        F.clock.move(WEEK.plusDays(1));
        retention().handOver();
        assertEquals(0, retention().wipe(), "the next channel may follow until it expires");
        F.clock.move(Duration.ofDays(20));
        assertEquals(1, retention().wipe());
    }

    @Test
    void a_codes_text_goes_when_it_has_ended_and_is_never_told() {
        sayCode("c");
        Retention retention = retention();
        retention.run();
        assertEquals(List.of("true true true"), words(), "it may still be asked about");
        assertNull(kept.getFirst().text());
        assertEquals(false, kept.getFirst().kept());
        delivered();
        retention.run();
        assertEquals(List.of("false false false"), words());
        assertEquals(List.of("AC1/SM" + F.sent.getFirst().attemptId()), erased);
    }

    @Test
    void a_code_whose_end_is_never_known_goes_when_it_has_run_out() {
        sayCode("c");
        F.clock.move(Duration.ofMinutes(10));
        retention().run();
        assertEquals(List.of("false false false"), words());
    }

    @Test
    void a_late_receipt_has_a_wiped_text_erased_at_the_provider() {
        F.provider = r -> new SendOutcome.Unknown("no_answer");
        sayCode("c");
        F.clock.move(Duration.ofMinutes(10));
        retention().run();
        assertEquals(List.of("false false false"), words());
        assertEquals(List.of(), erased, "its provider's id is not known");
        delivered();
        retention().run();
        assertEquals(List.of("AC1/SM" + F.sent.getFirst().attemptId()), erased);
        assertNull(kept.getLast().text());
    }

    @Test
    void replies_go_once_the_host_has_acted_on_them() {
        Inbound inbound = new Inbound(F.sealer, F.classes, F.ids, F.clock);
        InboundText text = new InboundText("test", "AC1", "SM1", Fixture.NUMBER, "+447700900999", "I am ill", F.tenant);
        UUID reply = inbound.record(F.database.app(), text).id();
        F.clock.move(WEEK);
        assertEquals(0, retention().wipe());
        F.as(F.tenant, c -> inbound.markHandled(c, List.of(reply)));
        retention().run();
        assertEquals(List.of("true true true stop_none"), F.rows("""
            select concat_ws(' ', (sender is null)::text, (recipient is null)::text, (body is null)::text, 'stop_' || keyword)
            from notifications.inbound"""));
        assertEquals(List.of("AC1/SM1"), erased);
    }

    @Test
    void a_provider_that_is_away_is_asked_again_and_given_up_in_the_end() {
        say("k");
        Retention retention = retention();
        retention.handOver();
        F.clock.move(WEEK);
        answer = Eraser.Result.LATER;
        retention.run();
        retention.run();
        assertEquals(1, erased.size(), "not before its time");
        assertEquals(1, F.meters.get("notifications.unerased").gauge().value());
        again();
        retention.run();
        assertEquals(List.of("2"), F.rows("select tries::text from notifications.erasure"));
        assertEquals(List.of("true"), F.rows("""
            select (next_at > clock_timestamp() + interval '29 minutes')::text from notifications.erasure"""));
        again();
        retention.run();
        assertEquals(List.of("given_up"), F.rows("select result from notifications.erasure where next_at is null"));
        assertEquals(1.0, F.count("notifications.erasures", "provider", "test", "result", "given_up"));
        assertEquals(2.0, F.count("notifications.erasures", "provider", "test", "result", "later"));
    }

    private static void again() {
        Sql.inTransaction(F.database.superuser(), c -> Sql.of(c, """
            update notifications.erasure set next_at = clock_timestamp() where next_at is not null""").update());
    }

    @Test
    void in_the_end_only_counts_stay() {
        F.clock.moveTo(Instant.parse("2026-09-01T22:59:00Z"));
        say("a");
        delivered();
        F.clock.move(Duration.ofMinutes(1)); // midnight in London
        say("b");
        sayCode("c");
        F.policy = p -> new Decision.Withhold("no_safe_number");
        say("d");
        Inbound inbound = new Inbound(F.sealer, F.classes, F.ids, F.clock);
        UUID reply = inbound.record(F.database.app(), new InboundText("test", "AC1", "SM1", Fixture.NUMBER, "+447700900999",
            "ok", F.tenant)).id();
        F.as(F.tenant, c -> inbound.markHandled(c, List.of(reply)));
        Sql.inTransaction(F.database.dispatcher(), c -> Sql.of(c, """
            insert into notifications.kept_sender (tenant, recipient_ref, channel, discreet, provider, account, chosen_at)
            values (?, ?, 'sms', false, 'test', 'AC1', ?)""", F.tenant, UUID.randomUUID(), F.clock.instant()).update());
        retention().run();
        F.clock.move(AGES);
        Retention retention = retention();
        longer.put(F.tenant, AGES.plusDays(1));
        retention.run();
        assertEquals(0, retention.forget(), "the host keeps it for longer");
        assertEquals(4, Integer.parseInt(F.rows("select count(*)::text from notifications.message").getFirst()));

        F.clock.move(Duration.ofDays(2));
        assertEquals(4, retention.forget());
        assertEquals(List.of(), left());
        assertEquals(List.of("2026-09-01 news 1 sms test delivered 1 1", "2026-09-02 code 3 sms test accepted 1 1",
            "2026-09-02 news 0   withheld 1 0", "2026-09-02 news 1 sms test accepted 1 1"), F.rows("""
            select concat_ws(' ', day, template, template_version, channel, provider, outcome, number, segments)
            from notifications.daily_count order by day, template, template_version"""));
        assertEquals(4.0, F.count("notifications.forgotten"));
        assertEquals(1, F.enqueue("a") instanceof Enqueued.Added ? 1 : 0, "its key is free again");
    }

    @Test
    void the_sender_that_a_person_knows_is_forgotten_long_after_its_last_use() {
        UUID known = F.message("x").recipientRef();
        Sql.inTransaction(F.database.superuser(), c -> Sql.of(c, """
            insert into notifications.kept_sender (tenant, recipient_ref, channel, discreet, provider, account, chosen_at)
            values (?, ?, 'sms', false, 'test', 'AC1', ?)""", F.tenant, known, F.clock.instant()).update());
        F.clock.move(Duration.ofDays(700));
        F.enqueue(new NewMessage(F.tenant, known, "update", "news", Map.of("when", "x", "ref", "y"), "k", null,
            F.clock.instant(), F.clock.instant().plusSeconds(60)));
        F.dispatcher().drain();
        F.clock.move(WEEK);
        retention().run();
        F.clock.move(Duration.ofDays(100));
        retention().run();
        assertEquals(List.of("1"), F.rows("select count(*)::text from notifications.kept_sender"), "still written to");
        F.clock.move(AGES);
        retention().run();
        assertEquals(List.of("0"), F.rows("select count(*)::text from notifications.kept_sender"));
    }

    @Test
    void counts_of_several_batches_add_up() {
        for (int i = 0; i < 7; i++) {
            F.enqueue("k" + i);
        }
        F.dispatcher().drain();
        retention().run();
        F.clock.move(WEEK);
        retention().run();
        F.clock.move(AGES);
        for (int i = 0; i < 3; i++) {
            F.enqueue("later" + i);
        }
        retention().run();
        assertEquals(List.of("7"), F.rows("select sum(number)::text from notifications.daily_count"));
        assertEquals(List.of("3"), F.rows("select count(*)::text from notifications.message"), "the new ones stay");
    }

    @Test
    void two_work_side_by_side_without_waiting_for_each_other() throws Exception {
        for (int i = 0; i < 1_200; i++) {
            F.enqueue("k" + i);
        }
        F.dispatcher().drain();
        F.clock.move(WEEK);
        try (var both = java.util.concurrent.Executors.newFixedThreadPool(2)) {
            var one = both.submit(() -> retention().run());
            var other = both.submit(() -> retention().run());
            one.get();
            other.get();
        }
        retention().run();
        assertEquals(List.of("1200"), F.rows("select count(*)::text from notifications.erasure where result = 'erased'"));
        assertEquals(1_200, kept.stream().map(Said::attemptId).distinct().count());
        F.clock.move(AGES);
        try (var both = java.util.concurrent.Executors.newFixedThreadPool(2)) {
            var one = both.submit(() -> retention().run());
            var other = both.submit(() -> retention().run());
            one.get();
            other.get();
        }
        assertEquals(List.of("1200"), F.rows("select sum(number)::text from notifications.daily_count"));
        assertEquals(List.of(), left());
    }

    @Test
    void what_lies_in_old_partitions_goes_as_well() {
        Instant longAgo = Instant.parse("2024-03-05T10:00:00Z");
        Sql.inTransaction(F.database.dispatcher(), c -> Sql.of(c,
            "select notifications.ensure_partitions('2024-03-01Z', '2024-03-01Z')").list(r -> null));
        Ids old = new Ids() {
            private long last = longAgo.toEpochMilli() << 12;

            @Override
            public synchronized UUID next() {
                last++;
                return new UUID(last >>> 12 << 16 | 0x7000 | last & 0xfff, UUID.randomUUID().getLeastSignificantBits());
            }
        };
        F.clock.moveTo(longAgo);
        F.as(F.tenant, c -> new Outbox(F.sealer, F.classes, old, F.clock).enqueue(c, F.message("old")));
        new Dispatcher(F.database.dispatcher(), (t, batch) -> batch.stream().map(p -> F.policy.apply(p)).toList(), F.templates,
            F.senders(), F.classes, F.sealer, old, F.clock, F.settings, F.meters, new java.util.Random(1)).drain();
        assertEquals(List.of("1"), F.rows("select count(*)::text from notifications.attempt_y2024m03"));
        retention().run();
        F.clock.move(WEEK);
        retention().run();
        assertEquals(List.of("false false false"), words());
        assertEquals(1, erased.size());
        F.clock.move(AGES);
        retention().run();
        assertEquals(List.of(), left());
        F.clock.moveTo(Instant.parse("2026-09-01T09:00:00Z"));
    }

    @Test
    void the_application_may_not_forget_and_sees_only_its_own_counts() {
        say("k");
        for (String sql : List.of("delete from notifications.attempt", "select told from notifications.attempt",
            "delete from notifications.daily_count", "select provider from notifications.erasure")) {
            assertThrows(NotificationsException.class, () -> F.as(F.tenant, c ->
                sql.startsWith("select") ? Sql.of(c, sql).list(r -> null).size() : Sql.of(c, sql).update()), sql);
        }
        String attempts = "select id from notifications.attempt";
        assertEquals(1, F.<Integer>as(F.tenant, c -> Sql.of(c, attempts).list(r -> null).size()));
        assertEquals(0, F.<Integer>as(UUID.randomUUID(), c -> Sql.of(c, attempts).list(r -> null).size()));
    }

    @Test
    void rules_that_cannot_work_are_refused() {
        for (String yaml : List.of("{}", "retention: {words: P7D}", "retention: {words: P7D, traces: P1D, zone: Europe/London, "
            + "erase_every: PT1M, erase_tries: 3}", "retention: {words: PT0S, traces: P1D, zone: Europe/London, "
            + "erase_every: PT1M, erase_tries: 3}", "retention: {words: P1D, traces: P1D, zone: Nowhere/At_all, "
            + "erase_every: PT1M, erase_tries: 3}")) {
            assertThrows(IllegalArgumentException.class, () -> RetentionRules.load(
                new java.io.ByteArrayInputStream(yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8))), yaml);
        }
    }
}
