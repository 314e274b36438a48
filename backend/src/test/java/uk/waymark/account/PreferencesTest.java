package uk.waymark.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;

/** Language, discreet mode and channels, as the signed-in person sees and sets them. */
class PreferencesTest extends AccountTest {
    private static final String PATH = "/v1/me/contact-preferences";

    @Test
    void aPersonChoosesLanguageAndDiscretion() {
        Tokens tokens = signUp(victim(NORTHMOOR, "Ann", "Dale", number()));
        var api = api().as(tokens.access());
        Answer read = api.get(PATH).expect(200);
        assertEquals("en", read.at("/language"));
        assertFalse(read.body().path("discreet_mode").asBoolean());
        String tag = read.header("ETag").orElseThrow();
        var wanted = Map.of("language", "cy", "discreet_mode", true);
        api.put(PATH, wanted).expect(428);
        Answer changed = api.with("If-Match", tag).put(PATH, wanted).expect(200);
        assertEquals("cy", changed.at("/language"));
        assertNotEquals(tag, changed.header("ETag").orElseThrow());
        api.with("If-Match", tag).put(PATH, wanted).expect(412);
        Answer me = me(tokens).expect(200);
        assertEquals("cy", me.at("/language"));
        assertTrue(me.body().path("discreet_mode").asBoolean());
        api.with("If-Match", changed.header("ETag").orElseThrow()).put(PATH, Map.of("language", "en", "discreet_mode",
            false))
            .expect(200);
    }

    @Test
    void inAFlaggedCaseDiscreetModeStaysOn() {
        String number = number();
        Told told = report(NORTHMOOR, "REF/PREF/1", List.of("stalking"), person("pref-1", "Bea", "Dale", number,
            "safe"))
            .getFirst();
        var api = api().as(signUp(told).access());
        Answer read = api.get(PATH).expect(200);
        assertTrue(read.body().path("discreet_mode").asBoolean());
        var tagged = api.with("If-Match", read.header("ETag").orElseThrow());
        tagged.put(PATH, Map.of("language", "en", "discreet_mode", false)).expect(409);
        tagged.put(PATH, Map.of("language", "cy", "discreet_mode", true)).expect(200);
    }

    private static final String POSTAL = "Ann Dale\n1 High Street\nNorthmoor\nNM1 1AA";

    private static Map<String, Object> wanted(Object... channels) {
        return Map.of("language", "en", "discreet_mode", false, "channels", List.of(channels));
    }

    private static Map<String, String> by(String channel) {
        return Map.of("channel", channel);
    }

    private static Map<String, String> by(String channel, String address) {
        return Map.of("channel", channel, "address", address);
    }

    private static Map<String, String> by(String channel, String address, String safety) {
        return Map.of("channel", channel, "address", address, "safety", safety);
    }

    private Answer put(Api api, String path, Object wanted) {
        return api.with("If-Match", api.get(path).expect(200).header("ETag").orElseThrow()).put(path, wanted);
    }

    private static String channels(Answer answer) {
        return answer.body().path("channels").toString().replace("\"", "");
    }

    /** Without what is known of each. */
    private static String bare(Answer answer) {
        return channels(answer).replaceAll(",(safety|confirmed_on|lapses_on):[-\\w]+", "");
    }

    private int toConfirm(Told person) {
        return acting().as(worker(NORTHMOOR), c -> Sql.one(c, """
            select count(*) from waymark.work_item
             where person_id = ? and kind = 'address_to_confirm' and completed_at is null""", r -> r.getInt(1), person.id())
            .orElseThrow());
    }

    @Test
    void aPersonChoosesAnOrderAndStaffConfirmTheAddress() {
        Told ann = victim(NORTHMOOR, "Ann", "Dale", number());
        Api api = api().as(signUp(ann).access());
        assertEquals("[{channel:push},{channel:sms}]", bare(api.get(PATH).expect(200)), "what is usual");
        put(api, PATH, Map.of("language", "cy", "discreet_mode", false)).expect(200);
        assertEquals("[{channel:push},{channel:sms}]", bare(api.get(PATH)), "left out, it stays");

        Answer chosen = put(api, PATH, wanted(by("call"), by("email", " ann@example.org "), by("letter", POSTAL))).expect(200);
        assertEquals("[{channel:call},{channel:email,address:ann@example.org,confirmed:false},{channel:letter,address:"
            + POSTAL.replace("\n", "\\n") + ",confirmed:false}]", bare(chosen));
        assertEquals(1, toConfirm(ann));

        String path = "/v1/staff/people/" + ann.id() + "/contact-preferences";
        Api staff = api().as(staffToken("witness_care", NORTHMOOR));
        assertTrue(channels(staff.get(path).expect(200)).contains("email,address:ann@example.org,safety:unknown"));
        put(staff, path, Map.of("language", "en", "discreet_mode", true, "reason", "She rang.", "channels",
            List.of(by("email", "ann@example.org", "safe"), by("sms"), by("letter", POSTAL, "unsafe")))).expect(200);
        assertEquals("[{channel:email,confirmed:true},{channel:sms},{channel:letter,confirmed:false}]", bare(api.get(PATH)),
            "unsafe is not said, nor where to in discreet mode");
        assertFalse(channels(api.get(PATH)).contains("safety:unsafe"), "nor in another field");

        put(api, PATH, wanted(by("sms"), by("email", "ann@example.org"))).expect(200);
        assertTrue(channels(staff.get(path)).contains("ann@example.org,safety:safe"), "the same address stays confirmed");
        put(api, PATH, wanted(by("sms"), by("letter", POSTAL))).expect(200);
        assertTrue(channels(staff.get(path)).contains("NM1 1AA,safety:unsafe"), "left out and entered again, it stays unsafe");
        put(api, PATH, wanted(by("sms"), by("email", "other@example.org"))).expect(200);
        assertTrue(channels(staff.get(path)).contains("other@example.org,safety:unknown"));
        assertEquals(1, toConfirm(ann), "one item while it is open");
    }

    @Test
    void anOrderThatCannotBeIsNotTaken() {
        Told ann = victim(NORTHMOOR, "Ann", "Dale", number());
        Api api = api().as(signUp(ann).access());
        for (List<Object> no : List.<List<Object>>of(List.of(by("push")), List.of(by("sms"), by("sms")), List.of(by("email")),
                List.of(by("sms", "ann@example.org")), List.of(by("email", "ann at example")), List.of(by("email", "a@b,c@d.org")),
                List.of(by("letter", "1 High Street\nNM1 1AA")), List.of(by("letter", "Ann\n1 High Street\nNorthmoor")))) {
            assertEquals(422, put(api, PATH, wanted(no.toArray())).status(), no.toString());
        }
        for (List<Object> no : List.<List<Object>>of(List.of(), List.of(by("pigeon")), List.of(by("email", "")))) {
            assertEquals(400, put(api, PATH, wanted(no.toArray())).status(), no.toString());
        }
        assertEquals("[{channel:push},{channel:sms}]", bare(api.get(PATH)));
        assertEquals(0, toConfirm(ann));
    }

    @Test
    void addressesAreSealedAndNotKeptForTheDead() {
        Told ann = victim(NORTHMOOR, "Ann", "Dale", number());
        Api api = api().as(signUp(ann).access());
        put(api, PATH, wanted(by("sms"), by("email", "ann@example.org"))).expect(200);
        acting().as(worker(NORTHMOOR), c -> {
            assertFalse(Sql.one(c, "select encode(address, 'escape') from waymark.contact_channel where person_id = ? and place = 2",
                r -> r.getString(1), ann.id()).orElseThrow().contains("ann"));
            Sql.run(c, "update waymark.person set deceased = true where id = ?", ann.id());
            assertEquals(0, Sql.list(c, "select 1 from waymark.contact_channel where person_id = ?", r -> 1, ann.id()).size());
            return null;
        });
        String path = "/v1/staff/people/" + ann.id() + "/contact-preferences";
        put(api().as(staffToken("officer", NORTHMOOR)), path, Map.of("language", "en", "discreet_mode", true, "reason", "x",
            "channels", List.of(by("sms")))).expect(409);
    }

    @Test
    void theStricterPersonOnAnAccountHoldsForAll() {
        String number = number();
        Told plain = victim(NORTHMOOR, "Cat", "Dale", number);
        Told flagged = report(GLANAFON, "REF/PREF/2", List.of("domestic_abuse"), person("pref-2", "Cat", "Dale",
            number, "safe"))
            .getFirst();
        Tokens tokens = signUp(plain);
        assertFalse(me(tokens).body().path("discreet_mode").asBoolean());
        Tokens both = signUp(flagged);
        assertTrue(me(both).body().path("discreet_mode").asBoolean());
        assertEquals(2, references(both).size());
    }
}
