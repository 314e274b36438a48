package uk.waymark.statements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Answer;

/** What whoever finds the phone can read of it, and who is to read it aloud. */
class ReadBackAndAloudTest extends StatementsCase {
    private String tag(Somebody who, String id) {
        return me(who).get(one(id)).expect(200).header("etag").orElseThrow();
    }

    @Test
    void inDiscreetModeAFoundSessionReadsNothingAndSavingGoesOn() {
        Somebody ann = victim("domestic_abuse");
        String id = begin(ann, "Nobody must see this.");
        String tag = tag(ann, id);
        String done = signed(ann, "Nor this.");
        clocks.advanceMachine(Duration.ofMinutes(6));
        for (String path : List.of(one(id), one(done), one(done) + "/document")) {
            Answer refused = me(ann).get(path).expect(401);
            assertTrue(refused.header("www-authenticate").orElseThrow().contains("insufficient_user_authentication"), path);
        }
        assertFalse(me(ann).get(path(ann)).expect(200).text().contains("must see"), "the list has no words");
        String next = me(ann).with("If-Match", tag).put(one(id), text("Nobody must see this. More.")).expect(200).header("etag").orElseThrow();
        Answer late = me(ann).with("If-Match", tag).put(one(id), text("Guessed")).expect(412);
        assertFalse(late.text().contains("must see"), late::text);
        assertTrue(late.at("/detail").contains("still with you"), late::text);
        assertEquals(next, late.header("etag").orElseThrow());
        assertFalse(me(ann).with("If-Match", tag).delete(one(id)).expect(412).text().contains("must see"));
        Answer welsh = me(ann).with("Accept-Language", "cy").with("If-Match", tag).put(one(id), text("Guessed")).expect(412);
        assertTrue(welsh.at("/detail").startsWith("Cafodd ei newid ar ddyfais arall"), welsh::text);
    }

    @Test
    void inDiscreetModeBeginningItOnceMoreReadsNothingEither() {
        Somebody ann = victim("domestic_abuse");
        String key = "begun-on-a-found-phone";
        String id = me(ann).with("Idempotency-Key", key).post(path(ann), text("")).expect(201).at("/id");
        me(ann).with("If-Match", tag(ann, id)).put(one(id), text("Nobody must see this.")).expect(200);
        assertEquals("Nobody must see this.", me(ann).with("Idempotency-Key", key).post(path(ann), text("")).expect(201).at("/text"),
            "just signed in");
        clocks.advanceMachine(Duration.ofMinutes(6));
        Answer refused = me(ann).with("Idempotency-Key", key).post(path(ann), text("")).expect(401);
        assertTrue(refused.header("www-authenticate").orElseThrow().contains("insufficient_user_authentication"), refused::text);
        me(ann).with("Idempotency-Key", "another").post(path(ann), text("New")).expect(201);
    }

    @Test
    void outsideDiscreetModeItIsReadAsBefore() {
        Somebody ann = victim();
        String id = begin(ann, "Mine");
        clocks.advanceMachine(Duration.ofMinutes(6));
        assertEquals("Mine", me(ann).get(one(id)).expect(200).at("/text"));
    }

    private List<String> wishes(String id) {
        return acting().as(worker("northmoor"), c -> Sql.list(c, "select type from waymark.outbound_parcel where subject_id = ?::uuid order by number",
            r -> r.getString("type"), id));
    }

    @Test
    void whoReadsItAloudCanBeChangedAndNothingThatWasSigned() {
        Somebody ann = victim();
        String id = begin(ann, "It hurts.");
        me(ann).with("If-Match", tag(ann, id)).put(one(id) + "/read-aloud", Map.of("read_aloud", "self")).expect(409);
        sign(ann, id).expect(200);
        Answer before = me(ann).get(one(id)).expect(200);
        String tag = before.header("etag").orElseThrow();
        Answer after = me(ann).with("If-Match", tag).put(one(id) + "/read-aloud", Map.of("read_aloud", "not_at_all")).expect(200);
        assertEquals("not_at_all", after.at("/read_aloud"));
        assertEquals(before.at("/hash"), after.at("/hash"));
        me(ann).with("If-Match", tag).put(one(id) + "/read-aloud", Map.of("read_aloud", "self")).expect(412);
        assertEquals(List.of("statement_signed", "statement_read_aloud"), wishes(id), "after the statement");
        assertTrue(queue(ann).contains("statement_read_aloud nobody_takes_it 24h"), () -> queue(ann).toString());
        assertTrue(new StatementVerification(waymark.settings()).verify() instanceof StatementVerification.Holds);
        happens(ann, "suspect_charged", "s1");
        happens(ann, "sentence", "s1");
        Answer over = me(ann).with("If-Match", tag(ann, id)).put(one(id) + "/read-aloud", Map.of("read_aloud", "self"));
        assertEquals("urn:waymark:problem:everyone-sentenced", over.expect(409).at("/type"));
    }

    @Test
    void inAFlaggedCaseItIsMarkedAndStaffSpeakToThem() throws SQLException {
        Somebody ann = victim("domestic_abuse");
        String id = signed(ann, "It hurts.");
        me(ann).with("If-Match", tag(ann, id)).put(one(id) + "/read-aloud", Map.of("read_aloud", "self")).expect(200);
        assertEquals(List.of(), wishes(id), "it is being checked");
        assertTrue(queue(ann).contains("statement_read_aloud flagged 24h"), () -> queue(ann).toString());
        staff().put("/v1/staff/statements/" + id + "/confirmation", Map.of("confirmed", true)).expect(200);
        assertEquals(List.of("statement_signed", "statement_read_aloud"), wishes(id));
        aloud(ann, id, "not_at_all");
        complete(ann, "not_theirs");
        assertEquals("not_at_all self", onPhone(ann, id) + ' ' + forStaff(ann, id), "whoever holds the phone does not learn that it was disowned");
        assertEquals("self", leaves(id), "what they said when somebody spoke to them");
        aloud(ann, id, "someone_else");
        aloud(ann, id, "court_decides");
        assertEquals(1, queue(ann).stream().filter(i -> i.startsWith("statement_read_aloud")).count(), "one item for what they wish now");
        complete(ann, "confirmed");
        aloud(ann, id, "not_at_all");
        complete(ann, "not_theirs");
        assertEquals("not_at_all court_decides", onPhone(ann, id) + ' ' + forStaff(ann, id), "what they have said themselves");
        assertEquals("court_decides", leaves(id));
        aloud(ann, id, "not_at_all");
        assertTrue(queue(ann).contains("statement_read_aloud flagged 24h"), "the same said once more may be theirs");
        complete(ann, "confirmed");
        assertEquals("not_at_all not_at_all", onPhone(ann, id) + ' ' + forStaff(ann, id));
        assertEquals("not_at_all", leaves(id));
        clocks.advanceMachine(Duration.ofMinutes(6));
        me(ann).with("If-Match", "x").put(one(id) + "/read-aloud", Map.of("read_aloud", "not_at_all")).expect(401);
    }

    @Test
    void whatWasDisownedWhileItWasCheckedGoesNowhere() {
        Somebody ann = victim("domestic_abuse");
        String id = signed(ann, "It hurts.");
        String asSigned = onPhone(ann, id);
        aloud(ann, id, "not_at_all");
        complete(ann, "not_theirs");
        staff().put("/v1/staff/statements/" + id + "/confirmation", Map.of("confirmed", true)).expect(200);
        assertEquals(List.of("statement_signed"), wishes(id), "as it was signed");
        assertEquals("not_at_all " + asSigned, onPhone(ann, id) + ' ' + forStaff(ann, id));
    }

    /** Whoever says who reads it aloud holds the statement and then settles the item; so does whoever completes the item. */
    @Test
    void completingAnItemWaitsForItsPersonBeforeItHoldsTheItem() throws Exception {
        Somebody ann = victim("domestic_abuse");
        String id = signed(ann, "It hurts.");
        aloud(ann, id, "not_at_all");
        String item = claimed(ann);
        try (var staff = Executors.newSingleThreadExecutor(); var c = database.superuser()) {
            c.setAutoCommit(false);
            SignedStatements.holdStanding(c, UUID.fromString(id));
            var done = staff.submit(() -> done(item, "confirmed"));
            untilOneWaits();
            Sql.one(c, "select 1 from waymark.work_item where id = ?::uuid for update nowait", r -> true, item);
            c.rollback();
            done.get();
        }
    }

    private void untilOneWaits() throws Exception {
        try (var c = database.superuser()) {
            for (long until = System.nanoTime() + 60_000_000_000L; System.nanoTime() < until;) {
                if (Sql.one(c, "select count(*) as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
                        r -> r.getInt("n")).orElseThrow() > 0) {
                    return;
                }
            }
        }
        throw new AssertionError("nobody waits");
    }

    private String onPhone(Somebody who, String id) {
        return me(who).get(one(id)).expect(200).at("/read_aloud");
    }

    private String forStaff(Somebody who, String id) {
        for (var one : staff().get("/v1/staff/statements?case_id=" + who.caseId()).expect(200).body().path("items")) {
            if (one.path("id").asText().equals(id)) {
                return one.path("read_aloud").asText();
            }
        }
        return "";
    }

    /** What the force's system would read of it last. */
    private String leaves(String id) throws SQLException {
        String last = "";
        for (var parcel : api().as(systemToken("northmoor")).get("/v1/bridge/outbound?limit=100").expect(200).body().path("items")) {
            if (parcel.path("type").asText().equals("statement_read_aloud") && parcel.at("/data/statement_id").asText().equals(id)) {
                last = parcel.at("/data/read_aloud").asText();
            }
        }
        try (var c = database.superuser()) {
            Sql.run(c, "delete from waymark.outbound_reader where force_id = ?", force("northmoor")); // no system takes it
        }
        return last;
    }

    private void aloud(Somebody who, String id, String choice) {
        me(who).with("If-Match", tag(who, id)).put(one(id) + "/read-aloud", Map.of("read_aloud", choice)).expect(200);
    }

    private void complete(Somebody who, String outcome) {
        done(claimed(who), outcome);
    }

    private void done(String item, String outcome) {
        staff().post("/v1/staff/queue/" + item + "/completion", Map.of("outcome", outcome)).expect(204);
    }

    private String claimed(Somebody who) {
        String item = acting().as(worker("northmoor"), c -> Sql.one(c, """
            select id from waymark.work_item where person_id = ? and kind = 'statement_read_aloud' and completed_at is null""",
            r -> r.getString("id"), who.person()).orElseThrow());
        staff().post("/v1/staff/queue/" + item + "/claim", null).expect(200);
        return item;
    }
}
