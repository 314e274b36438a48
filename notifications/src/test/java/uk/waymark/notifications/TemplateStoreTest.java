package uk.waymark.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.waymark.notifications.TemplateStore.Saved;

/** Versions in the database, and which one a message is said in. */
class TemplateStoreTest {

    private static final Fixture F = new Fixture();
    private static final UUID OTHER = UUID.randomUUID();
    private final TemplateStore store = new TemplateStore(F.templates, F.ids, F.clock);

    @AfterAll
    static void close() {
        F.close();
    }

    @BeforeEach
    void reset() {
        F.reset();
    }

    @Test
    void what_the_host_ships_is_saved_once() {
        assertEquals(2, ship());
        assertEquals(0, ship());
        assertEquals(List.of("code 3 null", "news 1 null"),
            F.rows("select name || ' ' || version || ' ' || coalesce(tenant::text, 'null') from notifications.template "
                + "order by name"));
    }

    @Test
    void words_that_changed_under_the_same_version_are_refused_by_name() {
        ship();
        F.rows("update notifications.template set wording = jsonb_set(wording, '{texts,en,neutral}', '\"Hello\"') "
            + "where name = 'news' returning name");
        assertEquals("other words are kept under the same version: news version 1. A change of words is a new version.",
            assertThrows(IllegalStateException.class, this::ship).getMessage());
    }

    @Test
    void a_message_keeps_the_version_it_was_made_with() {
        ship();
        F.enqueue("before");
        assertEquals(new Saved.Added(2), shared(news(2, "Newer: {when}, {ref}.")));
        F.enqueue("after");
        F.dispatcher().drain();
        assertEquals(List.of("Court date Wednesday, ref QQ/1/26. Sign in to read more.", "Newer: Wednesday, QQ/1/26."),
            F.sent.stream().map(SendRequest::text).sorted().toList());
        assertEquals(List.of("1", "2"),
            F.rows("select template_version from notifications.attempt order by message_id"));
    }

    @Test
    void a_tenants_own_words_go_before_those_that_all_share() {
        ship();
        assertEquals(new Saved.Added(1), own(F.tenant, news(1, "Ours: {when}, {ref}.")));
        shared(news(2, "Newer, but for others: {when}, {ref}."));
        F.enqueue("mine");
        NewMessage m = F.message("theirs");
        F.enqueue(new NewMessage(OTHER, m.recipientRef(), m.messageClass(), m.template(), m.fields(), "theirs", null,
            m.notBefore(), m.expiresAt()));
        F.dispatcher().drain();
        assertEquals(List.of("Newer, but for others: Wednesday, QQ/1/26.", "Ours: Wednesday, QQ/1/26."),
            F.sent.stream().map(SendRequest::text).sorted().toList());
        assertTrue(F.as(F.tenant, c -> store.current(c, F.tenant, "news")).orElseThrow().own());
        assertEquals(2, F.as(OTHER, c -> store.current(c, OTHER, "news")).orElseThrow().wording().version());
    }

    @Test
    void a_tenant_that_goes_back_says_what_all_share_from_then_on_and_may_have_its_own_again() {
        ship();
        own(F.tenant, news(1, "Ours: {when}, {ref}."));
        F.enqueue("own");
        assertEquals(true, F.as(F.tenant, c -> store.backToShared(c, F.tenant, "news", 2)));
        assertEquals(false, F.as(F.tenant, c -> store.backToShared(c, F.tenant, "news", 2)), "that version is there");
        assertFalse(F.as(F.tenant, c -> store.current(c, F.tenant, "news")).orElseThrow().own());
        shared(news(2, "Newer: {when}, {ref}."));
        F.enqueue("shared");
        own(F.tenant, news(3, "Ours again: {when}, {ref}."));
        F.enqueue("again");
        F.dispatcher().drain();
        assertEquals(List.of("Newer: Wednesday, QQ/1/26.", "Ours again: Wednesday, QQ/1/26.", "Ours: Wednesday, QQ/1/26."),
            F.sent.stream().map(SendRequest::text).sorted().toList());
        assertEquals(List.of("3 false", "2 true", "1 false"), F.as(F.tenant, c -> store.ownVersions(c, F.tenant, "news")).stream()
            .map(v -> v.wording().version() + " " + v.backToShared()).toList());
        assertEquals(List.of(), F.as(OTHER, c -> store.ownVersions(c, F.tenant, "news")), "nobody else sees them");
        assertThrows(NotificationsException.class, () -> F.as(OTHER, c -> store.backToShared(c, F.tenant, "news", 9)));
    }

    @Test
    void words_that_need_more_than_the_message_brings_are_passed_over() {
        ship();
        Wording more = news(2, "{when} {ref} {place}");
        shared(new Wording("news", 2, more.segments(), Map.of("when", "Wednesday", "ref", "QQ", "place", "Room 1"),
            more.texts()));
        F.enqueue("k");
        F.dispatcher().drain();
        assertEquals(1, F.sent.size());
        assertTrue(F.sent.getFirst().text().startsWith("Court date Wednesday"));
    }

    @Test
    void a_message_that_was_made_with_no_kept_version_is_said_in_the_words_that_the_host_ships() {
        F.enqueue("k");
        ship();
        shared(news(2, "Newer: {when}, {ref}."));
        F.dispatcher().drain();
        assertTrue(F.sent.getFirst().text().startsWith("Court date"));
    }

    @Test
    void a_version_is_not_saved_over() {
        ship();
        assertEquals(new Saved.Added(1), own(F.tenant, news(1, "Ours: {when}, {ref}.")));
        assertEquals(new Saved.AlreadyThere(1), own(F.tenant, news(1, "  Ours: {when}, {ref}. ")));
        assertEquals(new Saved.OtherWords(1), own(F.tenant, news(1, "Others: {when}, {ref}.")));
    }

    @Test
    void everything_that_is_wrong_is_said_at_once_and_nothing_saved() {
        ship();
        Wording wrong = new Wording("news", 1, Map.of("en", 1, "cy", 1),
            Map.of("when", "Wednesday", "ref", "QQ", "place", "here"),
            Map.of("en", Map.of("plain", "{when} {ref} 🙂", "neutral", "{place} {"), "cy", Map.of("plain", "{when} {ref}",
                "neutral", "")));
        Saved.Refused refused = assertInstanceOf(Saved.Refused.class, own(F.tenant, wrong));
        assertEquals(List.of("/texts/en/neutral has a brace that opens or closes no field",
            "/texts/en/plain has characters that a text message cannot hold: [🙂]", "/texts/cy/neutral is empty",
            "/fields/place is not a field of this template"),
            refused.problems().stream().map(Wording.Problem::toString).toList());
        assertEquals("/name is not the name of a template", assertInstanceOf(Saved.Refused.class,
            own(F.tenant, new Wording("nothing", 1, wrong.segments(), Map.of(), news(1, "Hi").texts()))).problems()
            .getLast().toString());
        assertInstanceOf(Saved.Refused.class, own(F.tenant, new Wording("code", 1, wrong.segments(), Map.of(),
            news(1, "Hi").texts())), "variants that the host does not ask for");
        assertEquals(List.of("2"), F.rows("select count(*)::text from notifications.template"));
    }

    @Test
    void nobody_sees_or_writes_another_tenants_words() {
        ship();
        own(OTHER, news(7, "Theirs: {when}, {ref}."));
        assertEquals(List.of("code 3", "news 1"), F.as(F.tenant, c -> Sql.of(c,
            "select name || ' ' || version from notifications.template order by name, version").list(r -> r.getString(1))));
        assertEquals(1, F.as(F.tenant, c -> store.current(c, OTHER, "news")).orElseThrow().wording().version());
        assertThrows(NotificationsException.class, () -> F.as(F.tenant, c -> store.save(c, OTHER, news(8, "{when} {ref}"))));
        assertThrows(NotificationsException.class, () -> F.as(F.tenant, c -> store.save(c, null, news(8, "{when} {ref}"))));
        assertThrows(NotificationsException.class,
            () -> Sql.inTransaction(F.database.dispatcher(), c -> store.save(c, null, news(8, "{when} {ref}"))));
    }

    @Test
    void two_instances_that_ship_at_once_ship_one() throws InterruptedException {
        List<Thread> threads = Stream.generate(() -> Thread.ofVirtual().start(this::ship)).limit(4).toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of("2"), F.rows("select count(*)::text from notifications.template"));
    }

    private int ship() {
        return Sql.inTransaction(F.database.app(), store::ship);
    }

    private Saved shared(Wording wording) {
        return Sql.inTransaction(F.database.app(), c -> store.save(c, null, wording));
    }

    private Saved own(UUID tenant, Wording wording) {
        return F.as(tenant, c -> store.save(c, tenant, wording));
    }

    private static Wording news(int version, String plain) {
        Map<String, String> texts = Map.of("plain", plain, "neutral", "News for you.");
        return new Wording("news", version, Map.of("en", 1, "cy", 1),
            plain.contains("{") ? Map.of("when", "Wednesday 30 September", "ref", "QQ/12345/26") : Map.of(),
            Map.of("en", texts, "cy", texts));
    }
}
