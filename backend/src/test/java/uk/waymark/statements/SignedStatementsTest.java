package uk.waymark.statements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.waymark.Verifying;
import uk.waymark.outbound.PassedOn;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.DatabaseFailure;
import uk.waymark.platform.Sql;
import uk.waymark.statements.SignedStatements.Signed;
import uk.waymark.statements.document.ReadBack;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;

/** What is signed: once, for good, checked first where whoever holds the phone may have signed, and provably what it was. */
class SignedStatementsTest extends StatementsCase {

    @Test
    void whatIsSignedCannotChangeAndCanBeAddedTo() {
        Somebody ann = victim();
        String id = begin(ann, "Since then I do not sleep.");
        String tag = me(ann).get(one(id)).expect(200).header("etag").orElseThrow();
        me(ann).post(one(id) + "/submission", Map.of("declaration", false, "read_aloud", "self")).expect(422);
        me(ann).with("If-Match", tag).put(one(id), text("Since then I sleep badly.")).expect(200);
        Answer stale = me(ann).with("If-Match", tag).post(one(id) + "/submission", DECLARED).expect(412);
        assertEquals("Since then I sleep badly.", stale.at("/present/text"));
        Answer signed = me(ann).with("If-Match", stale.header("etag").orElseThrow()).post(one(id) + "/submission", DECLARED).expect(200);
        assertEquals("signed", signed.at("/state"));
        assertEquals("Alys Penrose", signed.at("/signature"));
        assertEquals(64, signed.at("/hash").length());
        me(ann).with("If-Match", stale.header("etag").orElseThrow()).put(one(id), text("Something else")).expect(409);
        me(ann).delete(one(id)).expect(409);
        assertEquals("urn:waymark:problem:already-signed", sign(ann, id).expect(409).at("/type"));
        String further = signed(ann, "And another thing.");
        assertEquals(id, me(ann).get(one(further)).expect(200).at("/supplements"));
        assertEquals(List.of(further, id), me(ann).get(path(ann)).expect(200).body().path("items").findValuesAsText("id"));
        assertEquals(List.of("statement_signed nobody_takes_it 24h", "statement_signed nobody_takes_it 24h"), queue(ann));
        assertEquals(2, parcels(ann));
        String blank = begin(ann, "  ");
        assertEquals("/text", sign(ann, blank).expect(422).at("/errors/0/pointer"));
    }

    @Test
    void signingTakesAFreshSignIn() {
        Somebody ann = victim();
        String id = begin(ann, "Later");
        clocks.advanceMachine(Duration.ofMinutes(6));
        Answer late = sign(ann, id).expect(401);
        assertTrue(late.header("www-authenticate").orElseThrow().contains("insufficient_user_authentication"));
        assertEquals("draft", me(ann).get(one(id)).expect(200).at("/state"));
    }

    @Test
    void ofSignaturesAtTheSameInstantOneWinsAndTheChainHolds() throws Exception {
        Somebody ann = victim();
        Somebody bob = victim();
        String one = begin(ann, "One");
        String other = begin(bob, "Other");
        var calls = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 6; i++) {
            calls.add(() -> sign(ann, one).status());
            calls.add(() -> sign(bob, other).status());
        }
        var statuses = new ArrayList<Integer>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> status : threads.invokeAll(calls)) {
                statuses.add(status.get());
            }
        }
        assertEquals(2, statuses.stream().filter(s -> s == 200).count(), statuses::toString);
        assertEquals(10, statuses.stream().filter(s -> s == 409).count(), statuses::toString);
        assertTrue(verify() instanceof StatementVerification.Holds);
    }

    @Test
    void inAFlaggedCaseSomebodySpeaksToWhoeverSignedBeforeItGoesAnyFurther() {
        Somebody ann = victim("domestic_abuse");
        String id = begin(ann, "He watches my phone.");
        assertEquals("signed_being_checked", sign(ann, id).expect(200).at("/state"));
        assertEquals(List.of("statement_to_confirm signed_in_flagged_case 4h"), queue(ann));
        assertEquals(0, parcels(ann));
        String item = item(ann, "statement_to_confirm");
        staff().post("/v1/staff/queue/" + item + "/completion", Map.of("outcome", "done")).expect(409);
        String confirmation = "/v1/staff/statements/" + id + "/confirmation";
        assertEquals("signed", staff().put(confirmation, Map.of("confirmed", true)).expect(200).at("/state"));
        assertEquals("signed", staff().put(confirmation, Map.of("confirmed", true)).expect(200).at("/state"), "twice says the same");
        staff().put(confirmation, Map.of("confirmed", false)).expect(409);
        assertEquals(1, parcels(ann));
        assertEquals(List.of("statement_signed nobody_takes_it 24h"), queue(ann));

        String notHers = begin(ann, "I made it all up.");
        Answer before = sign(ann, notHers).expect(200);
        assertEquals("set_aside", staff().put("/v1/staff/statements/" + notHers + "/confirmation", Map.of("confirmed", false)).expect(200)
            .at("/state"));
        assertEquals(1, parcels(ann), "it goes nowhere");
        Answer after = me(ann).get(one(notHers)).expect(200);
        assertEquals("signed_being_checked", after.at("/state"), "whoever made her sign does not read that she disowned it");
        assertEquals(before.at("/state_words"), after.at("/state_words"));
        assertEquals(before.header("etag"), after.header("etag"));
        assertEquals("signed_being_checked", me(ann).get(path(ann)).expect(200).at("/items/0/state"));
        var taken = new ArrayList<Map<String, Object>>();
        bean(ExportedStatements.class).to(caller(ann.token()), "en", taken::add);
        assertTrue(taken.stream().anyMatch(i -> before.at("/state_words").equals(i.get("state"))), taken::toString);
        assertFalse(me(ann).get("/v1/me/access-log").expect(200).text().contains("et aside"));
    }

    @Test
    void aFlagOfAnybodyOnTheNumberHoldsItAndNothingSaysSo() throws SQLException {
        Somebody bob = victim();
        Somebody ann = victim("domestic_abuse");
        try (Connection c = database.superuser()) {
            Sql.run(c, """
                update waymark.account set line_id = (select a.line_id from waymark.account a
                    join waymark.account_person l on l.account_id = a.id where l.person_id = ?)
                 where id = (select account_id from waymark.account_person where person_id = ?)""", ann.person(), bob.person());
        }
        String id = begin(bob, "On one phone.");
        Answer signed = sign(bob, id).expect(200);
        assertEquals("It is signed.", signed.at("/state_words"));
        assertEquals("signed", signed.at("/state"));
        assertEquals("signed", me(bob).get(path(bob)).expect(200).at("/items/0/state"));
        assertEquals(List.of("statement_to_confirm signed_in_flagged_case 4h"), queue(bob));
        assertEquals(0, parcels(bob));
        assertTrue(staff().get("/v1/staff/statements?case_id=" + bob.caseId() + "&state=signed_being_checked").expect(200).text().contains(id));
        staff().put("/v1/staff/statements/" + id + "/confirmation", Map.of("confirmed", true)).expect(200);
        Answer after = me(bob).get(one(id)).expect(200);
        assertEquals("signed", after.at("/state"));
        assertEquals(signed.header("etag"), after.header("etag"));
        assertEquals(1, parcels(bob));
    }

    @Test
    void whoeverTakesNoPartAnyMoreFindsWhatIsTheirs() throws SQLException {
        Somebody ann = victim();
        String id = signed(ann, "Mine.");
        String draft = begin(ann, "Mine too.");
        Somebody bob = victim();
        try (Connection c = database.superuser()) {
            Sql.run(c, "update waymark.participant set removed = true where person_id = any (array[?, ?])", ann.person(), bob.person());
        }
        Answer list = me(ann).get(path(ann)).expect(200);
        assertEquals(List.of(draft, id), list.body().path("items").findValuesAsText("id"));
        assertFalse(list.body().path("may_add").asBoolean());
        me(ann).post(path(ann), text("Another")).expect(404);
        me(bob).get(path(bob)).expect(404);
    }

    @Test
    void itIsPassedOnWhenTheForceHasItAndNotBefore() {
        Somebody ann = victim();
        String filed = signed(ann, "By hand");
        String item = item(ann, "statement_signed");
        staff().post("/v1/staff/queue/" + item + "/completion", Map.of("outcome", "done")).expect(422);
        assertEquals("signed", me(ann).get(one(filed)).expect(200).at("/state"), "done is not delivered, and the item stays");
        String second = signed(ann, "On the file");
        String another = items(ann, "statement_signed").stream().filter(i -> !i.equals(item)).findFirst().orElseThrow();
        staff().post("/v1/staff/queue/" + another + "/completion", Map.of("outcome", "filed")).expect(204);
        assertEquals("passed_on", me(ann).get(one(second)).expect(200).at("/state"));
        PassedOn bean = bean(StatementPassedOn.class);
        assertEquals("statement_signed", bean.type());
        acting().as(worker("northmoor"), c -> {
            bean.passedOn(c, force("northmoor"), UUID.fromString(filed), "RMS-7", bean(CaseClock.class).instant());
            return null;
        });
        assertEquals("passed_on", me(ann).get(one(filed)).expect(200).at("/state"));
        assertTrue(staff().get("/v1/staff/statements?case_id=" + ann.caseId() + "&state=passed_on").expect(200).text().contains("RMS-7"));
    }

    @Test
    void onceEveryoneIsSentencedThePageSaysWhatIsPossibleInstead() {
        Somebody ann = victim();
        String draft = begin(ann, "Too late");
        String early = signed(ann, "In time");
        happens(ann, "suspect_charged", "s-1");
        happens(ann, "suspect_charged", "s-2");
        happens(ann, "sentence", "s-1");
        signed(ann, "Still in time for the other one");
        happens(ann, "sentence", "s-2");
        assertEquals("urn:waymark:problem:everyone-sentenced", me(ann).post(path(ann), text("New")).expect(409).at("/type"));
        assertTrue(sign(ann, draft).expect(409).at("/detail").contains("Victim Contact Scheme"));
        Answer list = me(ann).with("Accept-Language", "cy").get(path(ann)).expect(200);
        assertFalse(list.body().path("may_add").asBoolean());
        assertTrue(list.at("/instead").contains("Cynllun Cyswllt Dioddefwyr"));
        me(ann).get(one(early)).expect(200);
        assertEquals("Too late", me(ann).get(one(draft)).expect(200).at("/text"));
    }

    @Test
    void aChildABusinessAndTheBereavedStandAtTheHeadAsTheyAre() throws SQLException {
        String born = bean(CaseClock.class).instant().minus(Duration.ofDays(3000)).toString().substring(0, 10);
        Somebody parent = somebody("parent", Map.of("for", List.of("kid")), List.of(Map.of("source_person_id", "kid", "role", "victim",
            "given_name", "Cai", "family_name", "Penrose", "mobile_safe", "unknown", "language", "en", "entitlement", "standard",
            "date_of_birth", born)));
        assertEquals("Cai Penrose 8", acting().as(worker("northmoor"), c -> {
            var maker = bean(SignedStatements.class).one(c, UUID.fromString(signed(parent, "He is afraid of the dark."))).orElseThrow()
                .content().maker();
            return maker.of() + " " + maker.ageOf();
        }));
        Somebody shop = somebody("business_contact", Map.of("organisation", "Penrose Bakery"), List.of());
        String id = begin(shop, "We had to close.");
        assertEquals("/authority", sign(shop, id).expect(422).at("/errors/0/pointer"));
        me(shop).with("If-Match", me(shop).get(one(id)).header("etag").orElseThrow()).put(one(id), Map.of("text", "We had to close.", "language",
            "en", "authority", "Owner")).expect(200);
        assertEquals("impact_statement_for_business", sign(shop, id).expect(200).at("/kind"));
        for (Somebody who : List.of(parent, shop)) {
            String signed = me(who).get(path(who)).expect(200).at("/items/0/id");
            Answer pdf = me(who).get(one(signed) + "/document").expect(200);
            assertEquals("application/pdf", pdf.header("content-type").orElseThrow());
            assertTrue(pdf.text().startsWith("%PDF"));
            assertTrue(staff().get("/v1/staff/statements/" + signed + "/document").expect(200).text().startsWith("%PDF"));
        }
        me(shop).get(one(begin(shop, "x")) + "/document").expect(409);
    }

    @Test
    void theWelshFormSaysInWelshThatAChildHasGrownUp() {
        Somebody parent = somebody("parent", Map.of("for", List.of("grown", "young")), List.of(
            Map.of("source_person_id", "grown", "role", "victim", "given_name", "Cai", "family_name", "Penrose", "mobile_safe", "unknown",
                "language", "cy", "entitlement", "standard", "date_of_birth", at(0).substring(0, 4).transform(
                    year -> Integer.parseInt(year) - 20) + "-01-01"),
            Map.of("source_person_id", "young", "role", "victim", "given_name", "Non", "family_name", "Penrose", "mobile_safe", "unknown",
                "language", "cy", "entitlement", "standard", "date_of_birth", bean(CaseClock.class).instant().minus(Duration.ofDays(3000))
                    .toString().substring(0, 10))));
        String id = me(parent).post(path(parent), Map.of("text", "Mae ofn arno.", "language", "cy")).expect(201).at("/id");
        sign(parent, id).expect(200);
        Signed signed = acting().as(worker("northmoor"), c -> bean(SignedStatements.class).one(c, UUID.fromString(id)).orElseThrow());
        assertTrue(signed.content().maker().ageOf().contains("over 18"), "as it was signed, whatever it is drawn in");
        String said = String.join("\n", ReadBack.paragraphs(bean(StatementPdf.class).of(signed, parent.reference(), null, null).pdf()));
        assertTrue(said.contains("dros 18"), said);
        assertTrue(said.contains("8)") || said.contains("(8,"), said);
        assertFalse(said.contains("over 18"), said);
    }

    @Test
    void theFilesDocumentNamesTheUrnAndWhatWasNotDrawn() throws SQLException {
        Somebody ann = victim();
        String id = signed(ann, "bell \u0007 own \uE123");
        String plain = signed(ann, "Everything is drawn.");
        byte[] before = staff().get("/v1/staff/statements/" + plain + "/document").expect(200).text().getBytes();
        try (Connection c = database.superuser()) {
            Sql.run(c, "insert into waymark.case_urn (case_id, urn_key, force_id, urn) values (?, '01WX1234526', ?, '01WX1234526')",
                ann.caseId(), force("northmoor"));
        }
        assertEquals("U+0007, U+E123", staff().get("/v1/staff/statements/" + id + "/document").expect(200)
            .header("waymark-not-drawn").orElseThrow());
        Answer drawn = staff().get("/v1/staff/statements/" + plain + "/document").expect(200);
        assertTrue(drawn.header("waymark-not-drawn").isEmpty());
        assertFalse(java.util.Arrays.equals(before, drawn.text().getBytes()), "it names the URN");
    }

    @Test
    void whereOthersAreKeptIsPutDownAndNeverTheThingItself() {
        Somebody ann = victim();
        String path = "/v1/staff/cases/" + ann.caseId() + "/statements";
        Map<String, Object> paper = Map.of("person_id", ann.person(), "medium", "on_paper", "where_kept", "Exhibit AP/3", "made_at", at(-600));
        Api keyed = staff().with("Idempotency-Key", "ref-1");
        String id = keyed.post(path, paper).expect(201).at("/id");
        assertEquals(id, keyed.post(path, paper).expect(201).at("/id"));
        staff().post(path, Map.of("person_id", ann.person(), "medium", "recorded", "where_kept", "X", "made_at", at(60))).expect(422);
        staff().post(path, Map.of("person_id", ann.caseId(), "medium", "recorded", "where_kept", "X", "made_at", at(-60))).expect(422);
        staff().post(path, Map.of("person_id", ann.person(), "medium", "translation", "where_kept", "X", "made_at", at(-60))).expect(422);
        Answer translation = staff().post(path, Map.of("person_id", ann.person(), "medium", "translation", "where_kept", "X", "made_at", at(-60),
            "translates", id, "translator", "T. Lator", "language", "pl")).expect(201);
        assertEquals(id, translation.at("/supplements"));
        assertEquals("Exhibit AP/3", me(ann).get(one(id)).expect(200).at("/where_kept"));
        assertEquals("kept_elsewhere", me(ann).get(path(ann)).expect(200).at("/items/1/state"));
        me(ann).get(one(id) + "/document").expect(409);
        staff().get("/v1/staff/statements/" + id + "/document").expect(409);
        api().as(staffToken("officer", "glanafon")).post(path, paper).expect(404);
        assertEquals(id, me(ann).get(one(signed(ann, "Also in my own words"))).expect(200).at("/supplements"));
    }

    private StatementVerification.Outcome verify() {
        return new StatementVerification(waymark.settings()).verify();
    }

    /** Without anything of the statement itself. */
    @Test
    void theCommandEndsWithOneAndNamesTheStatementOfWhichAByteWasChanged(@TempDir Path folder) throws Exception {
        Somebody ann = victim();
        UUID id = UUID.fromString(signed(ann, "Nobody can change this"));
        Verifying.demoIn(folder, waymark.settings());
        String[] statements = {"statements", "--data", folder.toString()};
        Verifying.Ended fits = Verifying.run(statements);
        assertEquals(0, fits.code(), fits.said());
        assertTrue(fits.said().matches("(?s).*All statements are as they were signed: [1-9]\\d* in .*"), fits.said());
        String flip = "update waymark.statement set content = set_byte(content, 40, get_byte(content, 40) # 1) where id = ?";
        change(flip, id);
        try {
            Verifying.Ended broken = Verifying.run(statements);
            assertEquals(1, broken.code(), broken.said());
            assertTrue(broken.said().contains("A statement does not fit: force northmoor, number ")
                && broken.said().contains(", statement " + id + ": what was signed does not open"), broken.said());
            assertFalse(broken.said().contains("Nobody can change this"), broken.said());
        } finally {
            change(flip, id);
        }
        assertEquals(0, Verifying.run(statements).code());
    }

    private void change(String sql, Object... parameters) throws SQLException {
        try (Connection c = database.superuser()) {
            Sql.run(c, "alter table waymark.statement disable trigger stands");
            Sql.run(c, sql, parameters);
            Sql.run(c, "alter table waymark.statement enable always trigger stands");
        }
    }

    @Test
    void oneByteChangedInTheDatabaseIsFoundAndNamed() throws SQLException {
        Somebody ann = victim();
        UUID first = UUID.fromString(signed(ann, "First"));
        signed(ann, "Second");
        assertTrue(verify() instanceof StatementVerification.Holds);
        for (String broken : List.of("content = set_byte(content, 40, get_byte(content, 40) # 1)", "hash = set_byte(hash, 3, get_byte(hash, 3) # 1)",
                "previous_hash = '\\x00'", "signed_at = signed_at + interval '1 microsecond'", "medium = 'on_paper'",
                "maker_id = (select id from waymark.person where source_person_id <> '" + ann.id() + "' limit 1)")) {
            record Row(byte[] content, byte[] hash, byte[] previous, java.time.Instant at, String medium, UUID maker) { }
            Row before;
            try (Connection c = database.superuser()) {
                before = Sql.one(c, "select * from waymark.statement where id = ?", r -> new Row(r.getBytes("content"), r.getBytes("hash"),
                    r.getBytes("previous_hash"), Sql.instant(r, "signed_at"), r.getString("medium"), Sql.uuid(r, "maker_id")), first).orElseThrow();
            }
            if (broken.startsWith("maker_id")) {
                victim();
            }
            change("update waymark.statement set " + broken + " where id = ?", first);
            var found = (StatementVerification.Broken) verify();
            assertEquals(first, found.id(), broken);
            assertEquals("northmoor", found.of());
            change("update waymark.statement set content = ?, hash = ?, previous_hash = ?, signed_at = ?, medium = ?, maker_id = ? where id = ?",
                before.content(), before.hash(), before.previous(), before.at(), before.medium(), before.maker(), first);
            assertTrue(verify() instanceof StatementVerification.Holds, broken);
        }
        try (Connection c = database.superuser()) {
            assertThrows(DatabaseFailure.class, () -> Sql.run(c, "update waymark.statement set hash = '\\x00'"));
            assertThrows(DatabaseFailure.class, () -> Sql.run(c, "delete from waymark.statement"));
            assertThrows(DatabaseFailure.class, () -> Sql.run(c, "truncate waymark.statement cascade"));
        }
        assertThrows(DatabaseFailure.class, () -> acting().as(worker("northmoor"),
            (Connection c) -> Sql.run(c, "update waymark.statement set content = '\\x00'")));
    }

    @Test
    void whatIsOnesOwnIsTakenAlongAndDraftsAreErased() {
        Somebody ann = victim();
        signed(ann, "Signed words");
        String draft = begin(ann, "Draft words");
        var taken = new ArrayList<Map<String, Object>>();
        bean(ExportedStatements.class).to(caller(ann.token()), "en", taken::add);
        assertEquals(List.of("Draft words", "Signed words"), taken.stream().map(i -> i.get("text")).toList());
        me(ann).get("/v1/me/export").expect(200);
        acting().as(worker("northmoor"), c -> {
            bean(ErasedDrafts.class).erase(c, ann.person());
            return null;
        });
        me(ann).get(one(draft)).expect(404);
        assertEquals(1, me(ann).get(path(ann)).expect(200).body().path("items").size());
        assertTrue(me(ann).get("/v1/me/access-log").expect(200).text().contains("Signed what you say in your own words"));
    }
}
