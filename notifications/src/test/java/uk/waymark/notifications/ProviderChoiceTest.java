package uk.waymark.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.waymark.notifications.Senders.Choice;
import uk.waymark.notifications.Senders.Wanted;

/** By whom messages leave, and why. */
class ProviderChoiceTest {

    private static final Fixture F = new Fixture();
    private final TestClock machine = new TestClock();
    private final List<Route> routes = new ArrayList<>();
    private Circuits circuits;
    private ProviderChoice choice;

    @AfterAll
    static void close() {
        F.close();
    }

    @BeforeEach
    void reset() {
        F.reset();
        circuits = instance();
        choice = choiceWith(circuits);
    }

    private Circuits instance() {
        return new Circuits(F.database.dispatcher(), CircuitRules.standard(), F.ids, F.clock, machine, F.meters);
    }

    private ProviderChoice choiceWith(Circuits some) {
        return new ProviderChoice((tenant, channel) -> channel == Channel.SMS ? List.copyOf(routes) : List.of(),
            some, F.database.dispatcher(), F.clock);
    }

    private static Route route(String provider, String account, int weight) {
        return new Route(provider, account, weight, false, false, r -> F.provider.apply(r));
    }

    private static Route twoWay(String provider, String account, int weight) {
        return new Route(provider, account, weight, true, false, r -> F.provider.apply(r));
    }

    private static Route discreet(String provider, String account, int weight) {
        return new Route(provider, account, weight, false, true, r -> F.provider.apply(r));
    }

    private static Wanted wanted(UUID person, String messageClass, String variant, String... unavailable) {
        return new Wanted(UUID.randomUUID(), F.tenant, person, Channel.SMS, F.classes.of(messageClass), variant,
            Set.of(unavailable), null);
    }

    private Wanted plain(UUID person) {
        return wanted(person, "update", "plain");
    }

    /** As "provider/account because", or the word for none. */
    private String chosen(Wanted wanted) {
        return chosen(List.of(wanted)).getFirst();
    }

    private List<String> chosen(List<Wanted> batch) {
        return choice.choose(F.tenant, batch).stream().map(c -> switch (c) {
            case Choice.Via via -> via.name() + " " + via.because();
            case Choice.Later later -> later.reason();
            case Choice.Never never -> never.reason();
        }).toList();
    }

    /** Always the same ones: who has which sender hangs on their id, and the shares that are asserted are those of many. */
    private static List<UUID> people(int count) {
        Random random = new Random(42);
        return IntStream.range(0, count).mapToObj(i -> new UUID(random.nextLong(), random.nextLong())).toList();
    }

    private long share(List<UUID> people, String provider) {
        return chosen(people.stream().map(this::plain).toList()).stream().filter(c -> c.startsWith(provider)).count();
    }

    @Test
    void without_a_route_nobody_sends_it() {
        assertEquals("no_sender_for_channel", chosen(plain(UUID.randomUUID())));
    }

    @Test
    void the_only_account_needs_no_database() {
        routes.add(route("twilio", "AC1", 100));
        assertEquals("twilio/AC1 only", chosen(plain(UUID.randomUUID())));
        assertEquals(List.of(), F.rows("select account from notifications.kept_sender"));
    }

    @Test
    void weights_decide_for_persons_not_known_yet_and_each_keeps_their_sender() {
        routes.addAll(List.of(route("twilio", "AC1", 75), route("notify", "s1", 25)));
        List<UUID> people = people(1_000);
        long texted = share(people, "twilio");
        assertTrue(texted > 690 && texted < 810, Long.toString(texted));
        assertEquals(List.of("1000"), F.rows("select count(*)::text from notifications.kept_sender"));
        List<String> before = chosen(people.stream().map(this::plain).toList());
        assertTrue(before.stream().allMatch(c -> c.endsWith(" kept")));
        routes.clear();
        routes.addAll(List.of(route("twilio", "AC1", 1), route("notify", "s1", 99)));
        assertEquals(before, chosen(people.stream().map(this::plain).toList()), "whatever the weights are by now");
    }

    @Test
    void two_messages_to_one_person_in_one_batch_have_one_sender() {
        routes.addAll(List.of(route("twilio", "AC1", 50), route("notify", "s1", 50)));
        for (UUID person : people(20)) {
            List<String> two = chosen(List.of(plain(person), wanted(person, "read_soon", "neutral")));
            assertEquals(two.get(0).split(" ")[0], two.get(1).split(" ")[0]);
        }
    }

    @Test
    void one_code_is_not_remembered() {
        routes.addAll(List.of(route("twilio", "AC1", 50), route("notify", "s1", 50)));
        assertTrue(chosen(wanted(UUID.randomUUID(), "sign_in", "neutral")).endsWith(" weight"));
        assertEquals(List.of(), F.rows("select account from notifications.kept_sender"));
    }

    @Test
    void weight_nothing_is_for_when_there_is_no_other() {
        routes.addAll(List.of(route("twilio", "AC1", 1), route("notify", "s1", 0)));
        assertEquals(300, share(people(300), "twilio"));
        assertEquals("notify/s1 failover", chosen(wanted(UUID.randomUUID(), "update", "plain", "twilio/AC1")));
    }

    @Test
    void a_question_leaves_only_from_a_number_that_takes_the_answer() {
        routes.add(route("notify", "s1", 100));
        assertEquals("no_two_way_number", chosen(wanted(UUID.randomUUID(), "asking", "plain")));
        routes.add(twoWay("twilio", "AC1", 1));
        UUID person = UUID.randomUUID();
        assertEquals("twilio/AC1 asks_reply", chosen(wanted(person, "asking", "plain")));
        assertEquals("twilio/AC1 kept", chosen(plain(person)), "and so does what comes after it");
    }

    @Test
    void a_question_on_another_channel_is_answered_elsewhere() {
        ProviderChoice letters = new ProviderChoice((tenant, channel) -> List.of(route("notify", "s1", 100)), circuits,
            F.database.dispatcher(), F.clock);
        Wanted question = new Wanted(UUID.randomUUID(), F.tenant, UUID.randomUUID(), Channel.LETTER, F.classes.of("asking"), "plain",
            Set.of(), null);
        assertEquals("only", ((Choice.Via) letters.choose(F.tenant, List.of(question)).getFirst()).because());
    }

    @Test
    void who_is_known_from_a_sender_that_takes_no_answer_gets_to_know_one_that_does() {
        routes.addAll(List.of(route("notify", "s1", 1_000_000), twoWay("twilio", "AC1", 1)));
        UUID person = UUID.randomUUID();
        assertEquals("notify/s1 weight", chosen(plain(person)));
        assertEquals("twilio/AC1 asks_reply", chosen(wanted(person, "asking", "plain")));
        assertEquals("twilio/AC1 kept", chosen(plain(person)));
    }

    @Test
    void discreet_messages_have_their_own_sender() {
        routes.addAll(List.of(route("twilio", "AC1", 50), route("notify", "s1", 50), discreet("twilio", "AC1", 50)));
        UUID person = UUID.randomUUID();
        assertEquals("twilio/AC1 discreet", chosen(wanted(person, "update", "neutral")));
        assertTrue(chosen(plain(person)).endsWith(" weight"));
        routes.removeLast();
        assertTrue(chosen(wanted(person, "update", "neutral")).endsWith(" kept"), "without one, the usual");
    }

    @Test
    void what_one_could_not_take_goes_by_another_and_the_person_keeps_theirs() {
        routes.addAll(List.of(route("twilio", "AC1", 1_000_000), route("notify", "s1", 1)));
        UUID person = UUID.randomUUID();
        assertEquals("twilio/AC1 weight", chosen(plain(person)));
        Wanted again = wanted(person, "update", "plain", "twilio/AC1");
        assertTrue(choice.hasAnother(again));
        assertEquals("notify/s1 failover", chosen(again));
        assertEquals("twilio/AC1 kept", chosen(plain(person)));
        assertFalse(choice.hasAnother(wanted(person, "update", "plain", "twilio/AC1", "notify/s1")));
        assertFalse(choice.hasAnother(wanted(person, "asking", "plain", "twilio/AC1")), "which takes no answers");
        assertEquals("twilio/AC1 kept", chosen(wanted(person, "update", "plain", "twilio/AC1", "notify/s1")),
            "when all have failed it begins again");
    }

    @Test
    void what_one_could_deliver_too_late_goes_by_another_and_back_to_none_of_them() {
        Sender slow = new Sender() {
            @Override
            public SendOutcome send(SendRequest request) {
                return F.provider.apply(request);
            }

            @Override
            public java.time.Duration before() {
                return java.time.Duration.ofMinutes(15);
            }
        };
        routes.addAll(List.of(route("twilio", "AC1", 1), new Route("notify", "s1", 1_000_000, false, false, slow)));
        UUID person = UUID.randomUUID();
        assertEquals("notify/s1 weight", chosen(plain(person)));
        assertEquals("twilio/AC1 failover", chosen(ending(person, 14)));
        assertEquals("notify/s1 kept", chosen(ending(person, 15)));
        assertFalse(choice.hasAnother(ending(person, 14, "twilio/AC1")), "there is none that would be in time");
        assertEquals("twilio/AC1 failover", chosen(ending(person, 14, "twilio/AC1")), "it is tried once more there");
        assertTrue(choice.hasAnother(ending(person, 20, "twilio/AC1")));
    }

    private static Wanted ending(UUID person, int minutes, String... unavailable) {
        return new Wanted(UUID.randomUUID(), F.tenant, person, Channel.SMS, F.classes.of("update"), "plain", Set.of(unavailable),
            java.time.Duration.ofMinutes(minutes));
    }

    @Test
    void a_sender_that_has_gone_gives_way() {
        routes.addAll(List.of(route("twilio", "AC1", 1_000_000), route("notify", "s1", 1)));
        UUID person = UUID.randomUUID();
        chosen(plain(person));
        routes.set(0, route("twilio", "AC2", 1_000_000));
        assertEquals("twilio/AC2 weight", chosen(plain(person)));
        assertEquals("twilio/AC2 kept", chosen(plain(person)));
    }

    /** Lets calls of an account end somehow, and the circuits be looked after. */
    private void calls(Circuits instance, String provider, String account, int good, int bad) {
        var via = route(provider, account, 1).because("x");
        IntStream.range(0, good)
            .forEach(i -> instance.seen(Channel.SMS, via, new SendOutcome.Accepted(provider, account, "m")));
        IntStream.range(0, bad).forEach(i -> instance.seen(Channel.SMS, via,
            i % 2 == 0 ? new SendOutcome.Unknown("no_answer") : new SendOutcome.Unavailable("http_429")));
    }

    private static List<String> changes() {
        return F.rows("select account || ' ' || version || ' ' || health || ' ' || reason from notifications.circuit_change "
            + "order by account, version");
    }

    @Test
    void errors_of_all_instances_take_weight_away_once_a_minute() {
        Circuits other = instance();
        calls(circuits, "twilio", "AC1", 1_000, 26);
        calls(circuits, "notify", "s1", 10, 0);
        circuits.round();
        assertEquals(List.of(), changes(), "26 errors among 1,026 are none too many");
        calls(other, "twilio", "AC1", 1_000, 25);
        other.round();
        circuits.round();
        assertEquals(List.of("AC1 1 90 errors"), changes(), "51 are; and one step is enough for this minute");
        assertEquals(90, circuits.health("twilio", "AC1", Channel.SMS));
        assertEquals(90, other.health("twilio", "AC1", Channel.SMS));
        assertEquals(100, circuits.health("twilio", "AC1", Channel.EMAIL));
        assertEquals(90, F.meters.get("notifications.provider.health").tags("provider", "twilio", "channel", "sms").gauge().value());
        machine.move(Duration.ofSeconds(61));
        circuits.round();
        assertEquals(1, changes().size(), "what is more than a minute ago counts no more");
    }

    @Test
    void a_small_force_is_helped_by_the_share_of_errors() {
        calls(circuits, "twilio", "AC1", 4, 5);
        calls(circuits, "notify", "s1", 1, 0);
        circuits.round();
        assertEquals(List.of(), changes(), "nine calls say nothing");
        calls(circuits, "twilio", "AC1", 0, 1);
        circuits.round();
        assertEquals(List.of("AC1 1 90 errors"), changes());
    }

    @Test
    void when_all_fail_it_is_not_the_account() {
        calls(circuits, "twilio", "AC1", 0, 60);
        calls(circuits, "notify", "s1", 0, 60);
        circuits.round();
        assertEquals(List.of(), changes());
    }

    @Test
    void what_keeps_failing_is_left_to_itself_and_comes_back_in_steps() {
        routes.addAll(List.of(route("twilio", "AC1", 1_000_000), route("notify", "s1", 1)));
        List<UUID> known = people(100);
        assertEquals(100, share(known, "twilio"));
        for (int minute = 0; minute < 12; minute++) {
            calls(circuits, "twilio", "AC1", 0, 60);
            calls(circuits, "notify", "s1", 60, 0);
            circuits.round();
            if (minute == 4) {
                long stay = share(known, "twilio");
                assertTrue(stay > 30 && stay < 70, "half of them are diverted: " + stay);
            }
            machine.move(Duration.ofMinutes(1));
        }
        assertEquals(0, circuits.health("twilio", "AC1", Channel.SMS));
        assertEquals(10, changes().size());
        assertTrue(chosen(known.stream().map(this::plain).toList()).stream().allMatch("notify/s1 circuit_open"::equals));
        assertEquals("notify/s1 circuit_open", chosen(plain(UUID.randomUUID())), "whoever is new as well");
        circuits.round();
        assertEquals(10, changes().size());
        machine.move(Duration.ofMinutes(14));
        circuits.round();
        assertEquals("AC1 11 10 recovery", changes().getLast());
        machine.move(Duration.ofMinutes(1));
        circuits.round();
        assertEquals(11, changes().size(), "the next step in five minutes");
        for (int step = 0; step < 20; step++) {
            machine.move(Duration.ofMinutes(5));
            circuits.round();
        }
        assertEquals("AC1 20 100 recovery", changes().getLast());
        assertEquals(100, share(known, "twilio"), "and everybody has the sender they know");
    }

    private void sentBy(String provider, String account, int count) {
        F.provider = r -> new SendOutcome.Accepted(provider, account, "m" + r.attemptId());
        routes.clear();
        routes.add(route(provider, account, 1));
        for (int i = 0; i < count; i++) {
            F.enqueue(account + UUID.randomUUID());
        }
        new Dispatcher(F.database.dispatcher(), (t, batch) -> batch.stream().map(p -> F.policy.apply(p)).toList(), F.templates,
            choice, F.classes, F.sealer, F.ids, F.clock, F.settings, F.meters, new Random(42)).drain();
    }

    private void delivered(String account) {
        F.rows("select provider_message_id from notifications.attempt where provider_account = '" + account + "'").forEach(id ->
            F.receipts.apply(F.database.dispatcher(), new Receipt("twilio", account, id, null, Receipt.Status.DELIVERED,
                "delivered", F.clock.instant())));
    }

    @Test
    void slow_delivery_takes_weight_away_every_five_minutes_unless_all_are_slow() {
        sentBy("twilio", "AC1", 20);
        sentBy("twilio", "AC2", 20);
        F.clock.move(Duration.ofMinutes(4));
        machine.move(Duration.ofMinutes(4));
        delivered("AC2");
        circuits.round();
        assertEquals(List.of(), changes());
        F.clock.move(Duration.ofMinutes(2));
        machine.move(Duration.ofMinutes(2));
        circuits.round();
        assertEquals(List.of("AC1 1 90 slow_delivery"), changes(), "those of AC2 took four minutes, those of AC1 take six");
        machine.move(Duration.ofMinutes(2));
        circuits.round();
        assertEquals(1, changes().size());
        machine.move(Duration.ofMinutes(3));
        circuits.round();
        assertEquals(List.of("AC1 1 90 slow_delivery", "AC1 2 80 slow_delivery"), changes());
        sentBy("twilio", "AC2", 20);
        F.clock.move(Duration.ofMinutes(6));
        machine.move(Duration.ofMinutes(6));
        circuits.round();
        assertEquals(2, changes().size(), "both are slow now");
    }

    @Test
    void the_reason_stands_on_the_attempt_and_an_unavailable_one_is_followed_by_another_at_once() {
        routes.addAll(List.of(route("twilio", "AC1", 1_000_000), route("notify", "s1", 1)));
        F.provider = r -> F.sent.isEmpty() && F.sent.add(r) ? new SendOutcome.Unavailable("http_429")
            : new SendOutcome.Accepted("notify", "s1", "m1");
        F.enqueue("k");
        new Dispatcher(F.database.dispatcher(), (t, batch) -> batch.stream().map(p -> F.policy.apply(p)).toList(), F.templates,
            choice, F.classes, F.sealer, F.ids, F.clock, F.settings, F.meters, new Random(42)).drain();
        assertEquals(List.of("1 twilio AC1 weight unavailable", "2 notify s1 failover accepted"),
            F.rows("select concat_ws(' ', number, provider, provider_account, chosen_because, state) "
                + "from notifications.attempt order by number"));
        assertEquals(MessageState.ACCEPTED, F.state("k"));
    }

    @Test
    void an_unknown_one_is_followed_by_none() {
        routes.addAll(List.of(route("twilio", "AC1", 1_000_000), route("notify", "s1", 1)));
        F.provider = r -> new SendOutcome.Unknown("no_answer");
        F.enqueue("k");
        new Dispatcher(F.database.dispatcher(), (t, batch) -> batch.stream().map(p -> F.policy.apply(p)).toList(), F.templates,
            choice, F.classes, F.sealer, F.ids, F.clock, F.settings, F.meters, new Random(42)).drain();
        assertEquals(List.of("1 twilio unknown"),
            F.rows("select concat_ws(' ', number, provider, state) from notifications.attempt order by number"));
    }
}
