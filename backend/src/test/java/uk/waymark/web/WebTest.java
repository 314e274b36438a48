package uk.waymark.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.waymark.account.Invitations;
import uk.waymark.bridge.Batches;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** People with a case who go by the pages. */
public abstract class WebTest extends WaymarkTest {
    private static final Pattern CODE = Pattern.compile("\\b(\\d{6})\\b");

    /** A person of northmoor with a case. @param id of the force; the reference follows from it */
    public void person(String id, String mobile, Map<String, Object> more) {
        var victim = new java.util.HashMap<String, Object>(Batches.victim(id, mobile));
        victim.putAll(more);
        var answer = api().as(systemToken("northmoor")).post("/v1/bridge/events", Batches.batch(List.of(
            Batches.recorded("e-" + id, reference(id), bean(CaseClock.class).instant().minus(Duration.ofDays(5)).toString(), victim)))).expect(200);
        assertEquals("accepted", answer.at("/results/0/status"), answer.text());
        SignUp.drain(this);
    }

    /** As {@link #person}, in a case with a safety flag: nobody signs in there a second time without a PIN. */
    public void flagged(String id, String mobile, Map<String, Object> more) {
        person(id, mobile, more);
        var answer = api().as(systemToken("northmoor")).post("/v1/bridge/events", Batches.batch(List.of(Batches.event("f-" + id,
            reference(id), bean(CaseClock.class).instant().minusSeconds(60).toString(), "case_changed",
            Map.of("flags", List.of("domestic_abuse")))))).expect(200);
        assertEquals("accepted", answer.at("/results/0/status"), answer.text());
        SignUp.drain(this);
    }

    /** A date in the case of a person, at which they are needed. */
    public void date(String id) {
        String at = bean(CaseClock.class).instant().minus(Duration.ofDays(4)).toString();
        var answer = api().as(systemToken("northmoor")).post("/v1/bridge/events", Batches.batch(List.of(Batches.event("h-" + id,
            reference(id), at, "hearing_listed", Map.of("hearing_id", "h-" + id, "kind", "trial", "starts_at",
                "2027-06-08T10:00:00+01:00", "court", Map.of("ou_code", "C44SA00", "name", "Leeds Crown Court"), "required",
                List.of(id)))))).expect(200);
        assertEquals("accepted", answer.at("/results/0/status"), answer.text());
        SignUp.drain(this);
    }

    public static String reference(String id) {
        return "NM/" + id.toUpperCase(java.util.Locale.ROOT) + "/1";
    }

    public String invitation(String id) {
        return acting().as(worker("northmoor"), (Connection c) -> {
            UUID person = Sql.one(c, "select id from waymark.person where source_person_id = ?", r -> Sql.uuid(r, "id"), id).orElseThrow();
            return bean(Invitations.class).latest(c, person).orElseThrow().code();
        });
    }

    /** The newest code on a phone. */
    public String code(String mobile) {
        SignUp.drain(this);
        for (var sms : messages(mobile).body().path("items")) {
            Matcher digits = CODE.matcher(sms.path("body").asText());
            if (digits.find()) {
                return digits.group(1);
            }
        }
        throw new AssertionError("no code on that phone");
    }

    public Surf surf() {
        return new Surf(waymark.base());
    }

    /** Takes the invitation up on the pages and goes on to the case. @return the page of the case */
    public Surf.Seen activate(Surf surf, String id, String mobile) {
        Surf.Seen form = surf.get("/activate").expect(200);
        Surf.Seen asked = surf.fill(form, "/activate", Map.of("invitation", invitation(id), "reference", reference(id),
            "mobile", mobile)).expect(200);
        return pastThePin(surf, surf.fill(asked, "/sign-in/code", Map.of("code", code(mobile))));
    }

    /** On from the page that a sign-in comes by first where somebody has to choose a PIN; they do not. */
    public static Surf.Seen pastThePin(Surf surf, Surf.Seen in) {
        return in.text().contains("action=\"/yours/pin\"") ? surf.fill(in, "/yours/pin", Map.of("go", "later")) : in;
    }
}
