package uk.waymark.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.RunningWaymark;
import uk.waymark.testing.SignUp;

/** What forces, people and staff do in no order; and that all of it can still be seen and found. */
final class RandomLife {
    private static final int KINDS = 9;
    private static final String ADDRESS = "Alys Penrose\n1 High Street\nNorthmoor\nNM1 1AA";
    private final KeysReplacedTest test;
    private final Random random;
    private final List<Someone> people = new ArrayList<>();
    private final List<Map<String, Object>> said = new ArrayList<>();
    private final List<Map<String, Object>> suspects = new ArrayList<>();

    private static final class Someone {
        private final int number;
        private String token;
        private String pin;

        Someone(int number) {
            this.number = number;
        }

        String id() {
            return "k-" + number;
        }

        String reference() {
            return "NM/K/" + number;
        }

        String mobile() {
            return "07700 9004%02d".formatted(number);
        }
    }

    RandomLife(KeysReplacedTest test, long seed) {
        this.test = test;
        this.random = new Random(seed);
    }

    /** One of everything, so that no kind is left to chance. */
    void begin() {
        for (int i = 0; i < 8; i++) {
            crime(test.life());
        }
        for (int what = 0; what < KINDS; what++) {
            step(test.life(), what, people.get(what % 3));
        }
        SignUp.drain(test);
        reply(people.getFirst(), "Please ring me on Monday");
        reply(people.get(1), "STOP");
    }

    synchronized boolean coin() {
        return random.nextBoolean();
    }

    synchronized int below(int bound) {
        return random.nextInt(bound);
    }

    synchronized void goOn(RunningWaymark at, int steps) {
        for (int i = 0; i < steps; i++) {
            step(at, random.nextInt(KINDS + 1), people.get(random.nextInt(Math.min(people.size(), 6))));
        }
    }

    private void step(RunningWaymark at, int what, Someone someone) {
        switch (what) {
            case 0 -> signUp(someone);
            case 1 -> say(at, event("e-" + said.size(), someone.reference(), time(-80), "suspect_arrested",
                Map.of("suspect_ref", "s", "detail", Map.of("en", "Mr Khan was seen."))), "accepted");
            case 2 -> suspect(at, someone);
            case 3 -> say(at, event("e-" + said.size(), someone.reference(), time(-70), "no_such_type", Map.of()), "refused");
            case 4 -> prefer(at, someone);
            case 5 -> staffPrefer(at, someone);
            case 6 -> as(at, someone).put("/v1/me/push-registration",
                Map.of("token", "app-" + someone.number + '-' + random.nextInt(3), "platform", "android")).expect(204);
            case 7 -> pin(at, someone);
            case 8 -> look(at, someone);
            default -> crime(at);
        }
    }

    private void crime(RunningWaymark at) {
        if (people.size() < 60) {
            var one = new Someone(people.size());
            say(at, recorded("c-" + one.number, one.reference(), time(-90), victim(one.id(), one.mobile())), "accepted");
            people.add(one);
        }
    }

    private void suspect(RunningWaymark at, Someone someone) {
        var event = event("s-" + suspects.size(), someone.reference(), time(-60), "suspect_contacts",
            Map.of("suspect_ref", "s", "numbers", List.of("07700 9009%02d".formatted(suspects.size() % 100))));
        suspects.add(event);
        say(at, event, "accepted");
    }

    private void say(RunningWaymark at, Map<String, Object> event, String status) {
        if (!"refused".equals(status)) {
            said.add(event);
        }
        Answer answer = at.api().as(test.system()).post("/v1/bridge/events", batch(event)).expect(200);
        assertEquals(status, answer.at("/results/0/status"), answer.text());
    }

    private void signUp(Someone someone) {
        if (someone.token == null) {
            someone.token = SignUp.person(test, someone.id());
        }
    }

    private Api as(RunningWaymark at, Someone someone) {
        signUp(someone);
        return at.api().as(someone.token);
    }

    private void prefer(RunningWaymark at, Someone someone) {
        var channels = List.of(Map.of("channel", "sms"), Map.of("channel", "email", "address", "a" + random.nextInt(9) + "@example.org"));
        change(as(at, someone), "/v1/me/contact-preferences", Map.of("language", "en", "discreet_mode", true, "channels", channels));
    }

    private void staffPrefer(RunningWaymark at, Someone someone) {
        String id = staff(at).get("/v1/staff/cases?crime_reference=" + Api.encode(someone.reference())).expect(200).at("/items/0/id");
        String person = staff(at).get("/v1/staff/cases/" + id).expect(200).at("/people/0/id");
        change(staff(at), "/v1/staff/people/" + person + "/contact-preferences", Map.of("language", "cy", "discreet_mode", false,
            "reason", "She rang.", "channels", List.of(Map.of("channel", "sms"),
                Map.of("channel", "letter", "address", ADDRESS, "safety", "unsafe"))));
    }

    private static void change(Api api, String path, Map<String, Object> wanted) {
        String tag = api.get(path).expect(200).header("etag").orElseThrow();
        Answer answer = api.with("If-Match", tag).put(path, wanted);
        assertTrue(answer.status() == 200 || answer.status() == 412, answer::text);
    }

    private void pin(RunningWaymark at, Someone someone) {
        if (someone.pin == null) {
            as(at, someone).put("/v1/me/pin", Map.of("pin", "194736")).expect(204);
            someone.pin = "194736";
        }
    }

    private void look(RunningWaymark at, Someone someone) {
        String id = as(at, someone).get("/v1/me/cases").expect(200).at("/items/0/id");
        as(at, someone).get("/v1/me/cases/" + id + "/timeline").expect(200);
    }

    private void reply(Someone someone, String words) {
        test.life().api().post("/sandbox/replies", Map.of("from", someone.mobile(), "body", words)).expect(204);
    }

    private Api staff(RunningWaymark at) {
        return at.api().as(test.staff());
    }

    private String time(int minutes) {
        return test.now().plusSeconds(minutes * 60L).toString();
    }

    void sayAgainWhoIsSuspected() {
        for (Map<String, Object> event : suspects) {
            assertEquals("duplicate", test.life().api().as(test.system()).post("/v1/bridge/events", batch(event)).at("/results/0/status"));
        }
    }

    void signInAgain() {
        for (Someone one : people) {
            if (one.token != null) {
                test.life().api().post("/v1/sign-in/codes", one.pin == null ? Map.of("mobile", one.mobile())
                    : Map.of("mobile", one.mobile(), "pin", one.pin)).expect(202);
                one.token = SignUp.signIn(test, one.mobile());
            }
        }
    }

    /** All that people and staff read, by person and path. */
    Map<String, String> whatIsShown() {
        var shown = new TreeMap<String, String>();
        for (Someone one : people) {
            if (one.token != null) {
                Api api = as(test.life(), one);
                JsonNode mine = api.get("/v1/me/cases").expect(200).body();
                shown.put(one.number + " cases", mine.toString());
                String timeline = "/v1/me/cases/" + mine.at("/items/0/id").asText() + "/timeline";
                shown.put(one.number + " timeline", api.get(timeline).expect(200).text());
                shown.put(one.number + " preferences", api.get("/v1/me/contact-preferences").expect(200).text());
                api.get("/v1/me/devices").expect(200);
            }
        }
        Api staff = staff(test.life());
        shown.put("quarantine", staff.get("/v1/staff/quarantine?limit=100").expect(200).text());
        shown.put("queue", staff.get("/v1/staff/queue?limit=100").expect(200).text());
        return shown;
    }

    void everythingIsStillFound() {
        for (Map<String, Object> event : said) {
            Answer again = test.life().api().as(test.system()).post("/v1/bridge/events", batch(event)).expect(200);
            assertEquals("duplicate", again.at("/results/0/status"), again.text());
        }
        people.stream().filter(p -> p.token == null).limit(3).forEach(this::signUp);
        reply(people.get(2), "Still me");
        SignUp.drain(test);
        assertTrue(queue().contains("Still me"));
    }

    /** Every page of it. */
    private String queue() {
        var all = new StringBuilder();
        String cursor = "";
        do {
            JsonNode page = staff(test.life()).get("/v1/staff/queue?limit=100" + cursor).expect(200).body();
            all.append(page.path("items"));
            cursor = page.path("next_cursor").isTextual() ? "&cursor=" + Api.encode(page.path("next_cursor").asText()) : null;
        } while (cursor != null);
        return all.toString();
    }
}
