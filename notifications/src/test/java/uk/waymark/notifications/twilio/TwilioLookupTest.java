package uk.waymark.notifications.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.waymark.notifications.Lookup.Answer;
import uk.waymark.notifications.Lookup.Asked;
import uk.waymark.notifications.Lookup.Candidate;
import uk.waymark.notifications.Receipt;
import uk.waymark.notifications.SendRequest;
import uk.waymark.notifications.twilio.TwilioStandIn.Reaction;
import uk.waymark.notifications.twilio.TwilioStandIn.Taken;

class TwilioLookupTest {

    private static final String SID = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private static final String SERVICE = "MG0123456789abcdef0123456789abcdef";
    private static final String TO = "+447700900123";
    private static final String TEXT = "There is news for you.";
    private static final Instant NOW = Instant.parse("2026-09-01T09:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Long enough for what is asked to arrive on a busy machine: for where no answer comes. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    private Instant time = NOW;
    private final TwilioStandIn twilio = new TwilioStandIn(() -> time);
    private final UUID tenant = UUID.randomUUID();
    private final UUID attempt = UUID.randomUUID();
    private TwilioAccount account = new TwilioAccount(SID, "token", SERVICE, null, tenant);
    private TwilioAccount other = new TwilioAccount(SID, "token", "MGeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee", null, UUID.randomUUID());
    private final TwilioAccounts accounts = new TwilioAccounts() {
        @Override
        public TwilioAccount forTenant(UUID whose) {
            if (!whose.equals(tenant)) {
                throw new IllegalStateException("none");
            }
            return account;
        }

        @Override
        public Optional<TwilioAccount> bySid(String sid) {
            return allOf(sid).stream().findFirst();
        }

        @Override
        public List<TwilioAccount> allOf(String sid) {
            return Stream.of(account, other).filter(a -> a.accountSid().equals(sid)).toList();
        }
    };
    private final TwilioLookup lookup = new TwilioLookup(accounts, twilio.url(), PATIENCE, 2);

    @AfterEach
    void close() {
        lookup.close();
        twilio.close();
    }

    private Answer ask() {
        return ask(lookup);
    }

    private Answer ask(TwilioLookup by) {
        return by.ask(new Asked(attempt, tenant, SID, TO, TEXT, NOW));
    }

    private List<String> found() {
        return ((Answer.Candidates) ask()).found().stream().map(c -> c.receipt().providerMessageId()).toList();
    }

    private Taken has(String sid, Instant at, Map<String, String> form) {
        Taken message = new Taken(SID, sid, at, form, "outbound-api", "queued");
        twilio.add(message);
        return message;
    }

    private static Map<String, String> form(String... other) {
        Map<String, String> form = new HashMap<>(Map.of("To", TO, "Body", TEXT, "MessagingServiceSid", SERVICE));
        for (int i = 0; i < other.length; i += 2) {
            form.put(other[i], other[i + 1]);
        }
        return form;
    }

    private static String sid(int number) {
        return "SM" + String.format("%032x", number);
    }

    @Test
    void what_was_taken_though_nobody_heard_is_found() {
        twilio.react(r -> TwilioStandIn.take(new Reaction.Reset()));
        try (TwilioSender sender = new TwilioSender(accounts, twilio.url(), URI.create("https://h.example/x"), PATIENCE)) {
            sender.send(new SendRequest(attempt, tenant, "update", TO, TEXT, Duration.ofHours(1)));
        }
        Taken taken = twilio.taken().getFirst();
        assertEquals(new Answer.Candidates(List.of(new Candidate(new Receipt("twilio", SID, taken.sid(), attempt,
            Receipt.Status.INTERMEDIATE, "queued", NOW), NOW))), ask());
        assertEquals(Map.of("To", TO, "PageSize", "2"), twilio.received().getLast().form(), "by number alone");
    }

    @Test
    void only_what_fits_is_found_on_whatever_page_it_is() {
        has(sid(1), NOW.minusSeconds(1), form());
        has(sid(2), NOW, form());
        has(sid(3), NOW, form("Body", "Something else"));
        has(sid(4), NOW, form("To", "+447700900124"));
        twilio.add(new Taken(SID, sid(5), NOW, form(), "inbound", "received"));
        twilio.add(new Taken("ACbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", sid(6), NOW, form(), "outbound-api", "queued"));
        has(sid(7), NOW.plusSeconds(90), form());
        time = NOW.plusSeconds(90);
        assertEquals(List.of(sid(7), sid(2)), found());
        assertEquals(3, twilio.received().size(), "five of that number, two a page");
    }

    @Test
    void what_is_not_listed_yet_is_not_there_yet() {
        twilio.listAfter(Duration.ofMinutes(3));
        has(sid(1), NOW, form());
        assertEquals(List.of(), found());
        time = NOW.plus(Duration.ofMinutes(3));
        assertEquals(List.of(sid(1)), found());
    }

    @ParameterizedTest
    @CsvSource({"sent,INTERMEDIATE,sent,sent", "delivered,DELIVERED,delivered,delivered",
        "undelivered,FAILED,30003,phone_off_or_unreachable", "canceled,FAILED,canceled,canceled"})
    void it_says_where_the_message_stands(String word, Receipt.Status status, String code, String meaning) {
        twilio.add(new Taken(SID, sid(1), NOW, form(), "outbound-api", word));
        Receipt receipt = ((Answer.Candidates) ask()).found().getFirst().receipt();
        assertEquals(new Receipt("twilio", SID, sid(1), attempt, status, code, meaning, NOW), receipt);
    }

    @Test
    void what_cannot_be_compared_is_not_taken_for_absent() {
        has(sid(1), NOW, form("Body", ""));
        assertEquals(new Answer.Undecided("cannot_be_compared"), ask(), "an account that withholds texts");
    }

    @Test
    void the_same_words_by_another_sender_are_not_taken_for_absent() {
        has(sid(1), NOW, form("MessagingServiceSid", "MGffffffffffffffffffffffffffffffff"));
        assertEquals(new Answer.Undecided("cannot_be_compared"), ask());
    }

    @Test
    void any_sender_of_ours_by_that_account_may_have_sent_it() {
        other = new TwilioAccount(SID, "token", null, "+447700900777", UUID.randomUUID());
        has(sid(1), NOW, form("From", "+447700900777", "MessagingServiceSid", "MGdddddddddddddddddddddddddddddddd"));
        assertEquals(List.of(sid(1)), found());
    }

    @Test
    void a_sender_without_a_service_is_compared_by_its_number() {
        account = new TwilioAccount(SID, "token", null, "+447700900999", tenant);
        has(sid(1), NOW, form("From", "+447700900999"));
        assertEquals(List.of(sid(1)), found());
    }

    @Test
    void whatever_goes_wrong_is_undecided() {
        Map<Reaction, String> faults = Map.of(new Reaction.Reset(), "no_answer", new Reaction.Hangup(), "no_answer",
            new Reaction.Silence(), "no_answer", new Reaction.Garbage(), "no_answer",
            new Reaction.Answer(200, "{\"messages\": "), "unreadable_answer", new Reaction.Answer(200, "<html>"),
            "unreadable_answer", new Reaction.Answer(500, ""), "http_500",
            TwilioStandIn.refuse(429, 20429), "http_429", TwilioStandIn.refuse(401, 20003), "http_401");
        faults.forEach((fault, why) -> {
            int before = twilio.received().size();
            twilio.reactToList(fault);
            try (TwilioLookup impatient = new TwilioLookup(accounts, twilio.url(), SHORT, 2)) {
                assertEquals(new Answer.Undecided(why), ask(fault instanceof Reaction.Silence ? impatient : lookup), fault.toString());
            }
            assertEquals(before + 1, twilio.received().size(), "one request");
        });
        for (String empty : List.of("{}", "{\"messages\": null}", "[]", "null", "",
            "{\"messages\": []}")) {
            twilio.reactToList(new Reaction.Answer(200, empty));
            assertEquals(new Answer.Undecided("unreadable_answer"), ask(), empty);
        }
    }

    @Test
    void where_one_stands_is_asked_by_its_id_in_one_request() {
        twilio.add(new Taken(SID, sid(1), NOW, form(), "outbound-api", "delivered"));
        twilio.add(new Taken(SID, sid(2), NOW, form(), "outbound-api", "undelivered"));
        assertEquals(new Answer.Taken(new Receipt("twilio", SID, sid(1), attempt, Receipt.Status.DELIVERED, "delivered", NOW)),
            lookup.status(SID, tenant, sid(1), attempt));
        Receipt failed = ((Answer.Taken) lookup.status(SID, tenant, sid(2), attempt)).receipt();
        assertEquals(Receipt.Status.FAILED, failed.status());
        assertEquals("30003", failed.code());
        assertEquals(new Answer.Undecided("http_404"), lookup.status(SID, tenant, sid(3), attempt));
        assertEquals(3, twilio.received().size());
        twilio.close();
        assertEquals(new Answer.Undecided("no_answer"), lookup.status(SID, tenant, sid(1), attempt));
    }

    @Test
    void nobodys_account_is_undecided() {
        assertEquals(new Answer.Undecided("no_account"),
            lookup.ask(new Asked(attempt, UUID.randomUUID(), "", TO, TEXT, NOW)));
    }

    @Test
    void an_attempt_that_does_not_say_by_which_account_is_its_tenants() {
        has(sid(1), NOW, form());
        assertTrue(lookup.ask(new Asked(attempt, tenant, "", TO, TEXT, NOW)) instanceof Answer.Candidates);
    }

    @Test
    void what_is_printed_of_a_question_holds_no_number_and_no_text() {
        String printed = new Asked(attempt, tenant, SID, TO, TEXT, NOW).toString();
        assertFalse(printed.contains("7700900") || printed.contains("news"), printed);
    }

    @Test
    void twilios_own_description_accepts_what_is_asked_and_what_the_stand_in_answers() throws Exception {
        TwilioDescription description = TwilioDescription.load();
        for (int i = 1; i <= 3; i++) {
            has(sid(i), NOW, form());
        }
        twilio.add(new Taken(SID, sid(4), NOW, form("From", "+447700900999"), "outbound-api", "undelivered"));
        ask();
        assertEquals(2, twilio.received().size());
        for (TwilioStandIn.Received asked : twilio.received()) {
            assertEquals(List.of(), description.problems(asked, again(asked)));
        }
        TwilioStandIn.Received asked = twilio.received().getFirst();
        assertFalse(description.problems(asked, again(asked).replace("outbound-api", "sideways")).isEmpty());
        assertFalse(description.problems(new TwilioStandIn.Received("GET", asked.path(), asked.headers(),
            Map.of("PageSize", "5000"), ""), again(asked)).isEmpty(), "no such page size");
    }

    private String again(TwilioStandIn.Received asked) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(twilio.url() + asked.path())).build(), BodyHandlers.ofString()).body();
        }
    }
}
