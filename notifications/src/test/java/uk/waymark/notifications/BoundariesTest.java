package uk.waymark.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each login may do, and what a dump shows. */
class BoundariesTest {

    private static final Fixture F = new Fixture();
    private static final UUID OTHER = UUID.randomUUID();

    @AfterAll
    static void close() {
        F.close();
    }

    @BeforeEach
    void reset() {
        F.reset();
    }

    @Test
    void a_forgotten_where_shows_nothing_of_another_tenant() {
        F.enqueue("mine");
        NewMessage m = F.message("x");
        F.enqueue(new NewMessage(OTHER, m.recipientRef(), "update", "news", m.fields(), "theirs", null, m.notBefore(),
            m.expiresAt()));
        F.as(OTHER, c -> F.outbox.cancelByKey(c, OTHER, "theirs", "x"));
        F.as(OTHER, c -> new Inbound(F.sealer, F.classes, F.ids, F.clock).record(c, reply(OTHER)));
        assertEquals(List.of(F.tenant), F.as(F.tenant, c -> Sql.of(c, "select tenant from notifications.message")
            .list(r -> Sql.uuid(r, "tenant"))));
        assertEquals(List.of("mine"), F.as(F.tenant, c -> Sql.of(c,
            "select dedupe_key from notifications.message_key").list(r -> r.getString(1))));
        assertEquals(List.of(), F.as(F.tenant, c -> Sql.of(c, "select id from notifications.ended").list(r ->
            r.getString(1))));
        assertEquals(List.of(), F.as(F.tenant, c -> Sql.of(c, "select id from notifications.inbound").list(r ->
            r.getString(1))));
        assertEquals(0, F.<Integer>as(F.tenant, c -> Sql.of(c,
            "update notifications.ended set handled_at = clock_timestamp()").update()).intValue());
        assertEquals(1, F.<Integer>as(F.tenant, c -> Sql.of(c,
            "update notifications.message set state = 'cancelled'").update()).intValue());
    }

    @Test
    void without_a_tenant_nothing_is_seen_and_nothing_goes_in() {
        F.enqueue("k");
        assertEquals(List.of("0"), Sql.inTransaction(F.database.app(),
            c -> Sql.of(c, "select count(*)::text from notifications.message").list(r -> r.getString(1))));
        assertThrows(NotificationsException.class,
            () -> Sql.inTransaction(F.database.app(), c -> F.outbox.enqueue(c, F.message("l"))));
        assertThrows(NotificationsException.class, () -> F.as(OTHER, c -> F.outbox.enqueue(c, F.message("l"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "select fields from notifications.message", "select body from notifications.inbound",
        "select address from notifications.attempt", "select id from notifications.receipt",
        "update notifications.message set state = 'delivered'", "update notifications.message set state = 'queued'",
        "update notifications.message set expires_at = expires_at + interval '1 day'",
        "delete from notifications.message", "truncate notifications.message",
        "select body from notifications.attempt", "update notifications.attempt set state = 'delivered'",
        "update notifications.template set version = 9", "delete from notifications.template",
        "insert into notifications.template select gen_random_uuid(), null, 'x', 1, '{}', '{}', '2026-01-01Z'",
        "insert into notifications.template select gen_random_uuid(), gen_random_uuid(), 'x', 1, '{}', '{}', '2026-01-01Z'",
        "select id from notifications.message_default",
            "insert into notifications.ended select gen_random_uuid(), message_id, tenant, recipient_ref, subject_ref, class, "
            + "template, 'delivered', reason, ended_at from notifications.ended",
        "select notifications.ensure_partitions(clock_timestamp(), clock_timestamp())"})
    void the_application_may_not(String sql) {
        F.enqueue("k");
        F.enqueue("gone");
        F.as(F.tenant, c -> F.outbox.cancelByKey(c, F.tenant, "gone", "x"));
        NotificationsException refused = assertThrows(NotificationsException.class, () -> F.as(F.tenant,
            c -> sql.startsWith("select") ? Sql.of(c, sql).list(r -> null) : Sql.of(c, sql).update()), sql);
        assertTrue(refused.getMessage().contains("42501"), "for want of the right, not for another reason");
    }

    @Test
    void every_table_and_partition_has_row_level_security_forced_and_a_comment() {
        assertEquals(List.of(), F.rows("""
            select c.relname from pg_class c where c.relnamespace = 'notifications'::regnamespace
            and c.relkind in ('r', 'p') and c.relname <> 'flyway_schema_history'
            and not (c.relrowsecurity and c.relforcerowsecurity and obj_description(c.oid) is not null)"""));
        assertEquals(List.of("0"), F.rows("""
            select count(*)::text from pg_roles where rolname like 'waymark%' and (rolsuper or rolbypassrls)"""));
    }

    @Test
    void partitions_are_made_ahead_by_the_dispatcher_and_only_once() {
        String make = "select notifications.ensure_partitions('2031-01-15Z', '2031-03-01Z')::text";
        List<String> made = Sql.inTransaction(F.database.dispatcher(), c -> Sql.of(c, make).list(r -> r.getString(1)));
        assertEquals(List.of("6"), made);
        assertEquals(List.of("0"), Sql.inTransaction(F.database.dispatcher(), c -> Sql.of(c, make).list(r ->
            r.getString(1))));
        assertEquals(List.of("message_y2031m01"), F.rows("""
            select relname from pg_class where relname = 'message_y2031m01' and relrowsecurity and relforcerowsecurity"""));
        F.enqueue("k");
        assertEquals(List.of("0"), F.rows("select count(*)::text from notifications.message_default"));
    }

    @Test
    void a_month_that_the_default_partition_already_serves_is_left_there() {
        F.rows("""
            insert into notifications.message (id, id_at, tenant, recipient_ref, class, template, state, not_before,
                expires_at, due_at, created_at)
            values (gen_random_uuid(), '2035-06-05Z', gen_random_uuid(), gen_random_uuid(), 'c', 't', 'queued',
                '2035-06-05Z', '2035-06-06Z', '2035-06-05Z', '2035-06-05Z') returning id""");
        List<String> made = Sql.inTransaction(F.database.dispatcher(), c -> Sql.of(c,
            "select notifications.ensure_partitions('2035-06-01Z', '2035-06-01Z')::text").list(r -> r.getString(1)));
        assertEquals(List.of("1"), made, "the attempts' partition only");
    }

    @Test
    void a_dump_shows_no_number_field_or_text() {
        F.enqueue("k");
        F.dispatcher().drain();
        F.as(F.tenant, c -> new Inbound(F.sealer, F.classes, F.ids, F.clock).record(c, reply(F.tenant)));
        String dump = List.of("message", "message_key", "attempt", "provider_message", "receipt", "inbound", "ended")
            .stream().flatMap(t -> F.rows("select t::text from notifications." + t + " t").stream())
                .collect(Collectors.joining("\n"));
        assertTrue(dump.contains(F.tenant.toString()));
        for (String secret : List.of(Fixture.NUMBER, "7700900", "Wednesday", "QQ/1/26", "Sign in", "I am not well")) {
            assertFalse(dump.contains(secret), secret);
            assertFalse(dump.contains(HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8))), secret
                + " as hex");
        }
    }

    @Test
    void what_was_sealed_opens_for_its_own_row_only() {
        UUID message = F.enqueue("k").id();
        F.dispatcher().drain();
        byte[] address = Sql.inTransaction(F.database.superuser(), c ->
            Sql.of(c, "select address from notifications.attempt").first(r -> r.getBytes(1))).orElseThrow();
        UUID attempt = F.sent.getFirst().attemptId();
        assertEquals(Fixture.NUMBER, new String(F.sealer.open("notifications.attempt.address", attempt, address),
            StandardCharsets.UTF_8));
        assertThrows(IllegalStateException.class, () -> F.sealer.open("notifications.attempt.address", message,
            address));
    }

    @Test
    void a_reply_is_stored_once_with_its_keyword() {
        Inbound inbound = new Inbound(F.sealer, F.classes, F.ids, F.clock);
        InboundText stop = new InboundText("twilio", "AC1", "SM7", Fixture.NUMBER, "+447700900999", " Stopio! ",
            F.tenant);
        Inbound.Reply first = inbound.record(F.database.app(), stop);
        assertEquals(Keyword.STOP, first.keyword());
        assertTrue(first.fresh());
        assertEquals(new Inbound.Reply(first.id(), Keyword.STOP, false, null),
            inbound.record(F.database.dispatcher(), stop));
        assertEquals(1, F.<Integer>as(F.tenant, c -> inbound.markHandled(c, List.of(first.id()))).intValue());
    }

    private static InboundText reply(UUID tenant) {
        return new InboundText("twilio", "AC1", "SM" + tenant, Fixture.NUMBER, "+447700900999", "I am not well",
            tenant);
    }
}
