package uk.waymark.bridge.hmcts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import uk.waymark.bridge.AccessTokens;
import uk.waymark.bridge.AdapterAccess;
import uk.waymark.bridge.AdapterCalls;
import uk.waymark.bridge.CourtSchedule;
import uk.waymark.bridge.PullAdapter;
import uk.waymark.bridge.PullPortContract;
import uk.waymark.bridge.PullRequest;
import uk.waymark.bridge.PullSettings;
import uk.waymark.bridge.Pulled;
import uk.waymark.bridge.hmcts.MarketplaceStandIn.Trouble;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.MovableTime;
import uk.waymark.platform.Urns;

/** HMCTS's API Marketplace, over HTTP, against a stand-in that its own OpenAPI documents hold. */
class MarketplaceTest extends PullPortContract {
    private static final String HOUSE = "223e4567-e89b-12d3-a456-426614174111";
    private static final String ROOM = "b7a9cb95-4f7c-4aba-b9a2-8cb1ad3330b2";
    private static final UUID ID = UUID.randomUUID();
    private final MarketplaceStandIn hmcts = new MarketplaceStandIn();
    private final MovableTime time = new MovableTime(InstantSource.system());
    private final MachineClock clock = new MachineClock(time);
    private final AdapterCalls calls = new AdapterCalls(settings(Duration.ofSeconds(60)), clock);
    private final AccessTokens tokens = new AccessTokens(calls, clock);
    private final Marketplace adapter = new Marketplace(calls, tokens, settings(Duration.ofSeconds(60)), clock);
    /** For whom no answer comes: a machine that is busy is not to be taken for that. */
    private final AdapterCalls hastyCalls = new AdapterCalls(settings(Duration.ofMillis(1500)), clock);
    private final Marketplace hasty = new Marketplace(hastyCalls, tokens, settings(Duration.ofMillis(1500)), clock);
    private boolean noAnswer;
    private ObjectNode mapping = hmcts.mapping();

    private static PullSettings settings(Duration patience) {
        return new PullSettings(false, patience, patience, patience.multipliedBy(4), Duration.ofMinutes(10), 8, List.of(Duration.ofMinutes(1)),
            Duration.ofDays(30));
    }

    @AfterEach
    void stop() {
        hmcts.close();
        calls.close();
        hastyCalls.close();
        assertEquals(List.of(), hmcts.problems());
    }

    @Override
    protected PullAdapter adapter() {
        boolean inVain = noAnswer;
        noAnswer = false;
        return inVain ? hasty : adapter;
    }

    @Override
    protected AdapterAccess access() {
        return new AdapterAccess(ID, UUID.randomUUID(), URI.create("https://nowhere.example"), URI.create(hmcts.base() + "/token"),
            MarketplaceStandIn.CLIENT, MarketplaceStandIn.SECRET, mapping);
    }

    private static String hearing(String id, String type, String... sittings) {
        return """
            {"hearingId": "%s", "hearingType": "%s", "hearingDescription": "Jo Bloggs, theft", "listNote": "Requires interpreter",
             "courtSittings": [%s]}""".formatted(id, type, String.join(",", sittings));
    }

    private static String sitting(String start, String end) {
        return """
            {"sittingStart": "%s", "sittingEnd": "%s", "judiciaryId": "123e4567-e89b-12d3-a456-426614174000", "courtHouse": "%s",
             "courtRoom": "%s"}""".formatted(start, end, HOUSE, ROOM);
    }

    @Override
    protected String oneHearing() {
        hmcts.details(URN, true, false).house(HOUSE, "Southampton Crown Court")
            .schedule(URN, hearing("HRG-1", "Trial", sitting("2027-02-01T10:00:00Z", "2027-02-01T16:00:00Z")));
        return "HRG-1";
    }

    @Override
    protected void moved() {
        hmcts.schedule(URN, hearing("HRG-1", "Trial", sitting("2027-02-02T10:00:00Z", "2027-02-02T16:00:00Z")));
    }

    @Override
    protected void unknown() {
        hmcts.body("/cases/" + URN, null).body("/case/" + URN + "/courtschedule", null);
    }

    @Override
    protected List<Runnable> troubles() {
        return java.util.stream.Stream.of(Trouble.TOO_MANY, Trouble.SERVER_ERROR, Trouble.UNAVAILABLE, Trouble.RESET, Trouble.SLOW,
            Trouble.DRIP, Trouble.GARBAGE, Trouble.NO_OBJECT, Trouble.HUGE).<Runnable>map(t -> () -> {
                noAnswer = t == Trouble.SLOW || t == Trouble.DRIP;
                hmcts.trouble(t);
            }).toList();
    }

    @Override
    protected void shutOut() {
        hmcts.trouble(Trouble.FORBIDDEN);
    }

    private CourtSchedule schedule() {
        return found(Optional.empty()).schedule();
    }

    @Test
    void whatIsKeptIsWhenWhereAndWhatKind() {
        oneHearing();
        hmcts.body("/courthouses/" + HOUSE + "/courtrooms/" + ROOM, """
            {"courtHouseType": "crown", "courtHouseCode": "C44SA00", "courtHouseName": "Southampton Crown Court",
             "address": {"address1": "The Law Courts"}, "courtRoom": [{"courtRoomId": 3, "courtRoomName": "Court 3"}]}""");
        Pulled.Found found = found(Optional.empty());
        assertEquals(new CourtSchedule(true, List.of(new CourtSchedule.Hearing("HRG-1", "trial", List.of(new CourtSchedule.Sitting(
            Instant.parse("2027-02-01T10:00:00Z"), Instant.parse("2027-02-01T16:00:00Z"),
            new CourtSchedule.Court("Southampton Crown Court", "C44SA00", "The Law Courts", "Court 3"))), null))), found.schedule());
        for (String never : List.of("Bloggs", "interpreter", "123e4567")) {
            assertFalse(found.checkpoint().contains(never), never);
        }
    }

    @Test
    void ofARestrictedHearingOnlyWhenAndWhereIsKept() {
        oneHearing();
        hmcts.details(URN, true, true);
        CourtSchedule.Hearing hearing = schedule().hearings().getFirst();
        assertNull(hearing.kind());
        assertNull(hearing.sittings().getFirst().court().room());
        assertEquals("Southampton Crown Court", hearing.sittings().getFirst().court().name());
        hmcts.body("/cases/" + URN, null);
        assertNull(schedule().hearings().getFirst().kind(), "nobody has said that it is not");
        hmcts.body("/cases/" + URN, "{\"caseStatus\": \"INACTIVE\"}");
        assertNull(schedule().hearings().getFirst().kind(), "nobody has said that it is not");
        assertFalse(schedule().active());
    }

    @Test
    void theShapesOfTheExamplesAreTakenToo() {
        hmcts.details(URN, true, false).house(HOUSE, "Southampton Crown Court");
        String one = hearing("HRG-1", "Trial - no witnesses", sitting("2025-03-18T09:00:00Z", "2025-03-25T12:00:00Z"));
        String path = "/case/" + URN + "/courtschedule";
        CourtSchedule bySchema = found(hmcts.schedule(URN, one)).schedule();
        assertEquals("trial_without_witnesses", bySchema.hearings().getFirst().kind());
        assertEquals(bySchema, found(hmcts.body(path, "{\"hearings\": [" + one + "]}")).schedule());
        assertEquals(bySchema, found(hmcts.body(path, "{\"hearings\": " + one + "}")).schedule());
        assertEquals(bySchema, found(hmcts.body(path, "{\"courtSchedule\": {\"hearings\": " + one + "}}")).schedule());
        // HMCTS's own examples are not valid by HMCTS's schema
        hmcts.problems().clear();
        String week = """
            {"hearingId": "HRG-2", "hearingType": "Trial", "courtSittings": [], "weekCommencing": {"startDate": "2026-02-18",
             "endDate": "2026-02-22", "durationInWeeks": 1, "courtHouse": "%s"}}""".formatted(HOUSE);
        CourtSchedule.Week found = found(hmcts.schedule(URN, week)).schedule().hearings().getFirst().week();
        assertEquals(LocalDate.parse("2026-02-16"), found.monday());
        assertEquals(LocalDate.parse("2026-02-22"), found.lastDay());
        assertEquals("Southampton Crown Court", found.court().name());
    }

    private Pulled.Found found(MarketplaceStandIn shown) {
        assertTrue(shown == hmcts);
        return found(Optional.empty());
    }

    @Test
    void whatCannotBePlacedIsLeftOut() {
        hmcts.details(URN, true, false).house(HOUSE, "Southampton Crown Court").body("/case/" + URN + "/courtschedule", """
            {"courtSchedule": [null, {"hearings": null}, {"hearings": [null, 7, {}, {"hearingId": ""}, {"hearingId": "a"},
             {"hearingId": "b", "courtSittings": null, "weekCommencing": {}}, {"hearingId": "c", "courtSittings": [{"sittingStart": "soon"}]},
             {"hearingId": 12, "hearingType": null, "courtSittings": [{"sittingStart": "2027-07-01T10:00:00", "courtHouse": null}]},
             {"hearingId": "d", "courtSittings": [{"sittingStart": "+999999999-01-01T00:00:00Z"}]}]}]}""");
        CourtSchedule found = schedule();
        hmcts.problems().clear();
        assertEquals(List.of("12"), found.hearings().stream().map(CourtSchedule.Hearing::id).toList());
        assertEquals(Instant.parse("2027-07-01T09:00:00Z"), found.hearings().getFirst().sittings().getFirst().startsAt(), "UK time");
        assertNull(found.hearings().getFirst().sittings().getFirst().court());
        assertEquals("other", found.hearings().getFirst().kind());
    }

    @Test
    void aTokenIsUsedUntilShortlyBeforeItRunsOut() {
        oneHearing();
        schedule();
        schedule();
        assertEquals(1, hmcts.tokensGiven());
        time.advance(Duration.ofMinutes(8));
        schedule();
        assertEquals(1, hmcts.tokensGiven());
        time.advance(Duration.ofSeconds(70));
        schedule();
        assertEquals(2, hmcts.tokensGiven());
    }

    @Test
    void aTokenThatIsTakenBackIsReplacedOnce() {
        oneHearing();
        schedule();
        hmcts.trouble(Trouble.UNAUTHORISED);
        schedule();
        assertEquals(2, hmcts.tokensGiven());
        hmcts.trouble(Trouble.UNAUTHORISED, Trouble.UNAUTHORISED);
        assertEquals(new Pulled.Refused(true, "answer_401"), pull(Optional.empty()));
        assertEquals(3, hmcts.tokensGiven());
    }

    @Test
    void withoutATokenNothingIsAsked() {
        oneHearing();
        hmcts.tokensAnswer(401);
        assertEquals(new Pulled.Refused(true, "token_refused"), pull(Optional.empty()));
        time.advance(Duration.ofMinutes(1));
        hmcts.tokensAnswer(503);
        assertEquals(new Pulled.Later(null, true, "token_503"), pull(Optional.empty()));
        assertEquals(List.of(), hmcts.asked());
        hmcts.tokensAnswer(200);
        assertInstanceOf(Pulled.Later.class, pull(Optional.empty()), "who waited for one that failed does not try again at once");
        time.advance(Duration.ofSeconds(6));
        schedule();
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() {
        oneHearing();
        Pulled.Found first = found(Optional.empty());
        hmcts.asked().clear();
        assertEquals(first.schedule(), found(Optional.of(first.checkpoint())).schedule());
        assertEquals(List.of(304, 304), hmcts.asked().stream().map(MarketplaceStandIn.Asked::status).toList());
        hmcts.details(URN, true, true);
        assertNull(found(Optional.of(first.checkpoint())).schedule().hearings().getFirst().kind(), "restricted since");
    }

    @Test
    void howLongItWantsToBeLeftAloneIsHeard() {
        oneHearing();
        hmcts.trouble(Trouble.TOO_MANY);
        assertEquals(new Pulled.Later(Duration.ofSeconds(120), true, "answer_429"), pull(Optional.empty()));
    }

    @Test
    void aUrnIsAskedForAsItIsWrittenAndThenWithoutItsSlashes() {
        String written = "62/GD/94613 22?a=b#%";
        hmcts.details(written, true, true).schedule(written);
        var request = new PullRequest(access(), written, Urns.key(written), Optional.empty(), courts);
        assertInstanceOf(Pulled.Found.class, adapter.pull(request));
        assertEquals("/cases/62%2FGD%2F94613%2022%3Fa%3Db%23%25", hmcts.asked().getFirst().path());

        hmcts.asked().clear();
        oneHearing();
        request = new PullRequest(access(), "62/GD/94613/22", URN, Optional.empty(), courts);
        Pulled.Found found = assertInstanceOf(Pulled.Found.class, adapter.pull(request));
        assertTrue(hmcts.asked().stream().anyMatch(a -> a.status() == 404));
        hmcts.asked().clear();
        adapter.pull(new PullRequest(access(), "62/GD/94613/22", URN, Optional.of(found.checkpoint()), courts));
        assertEquals(List.of(304, 304), hmcts.asked().stream().map(MarketplaceStandIn.Asked::status).toList(), "what worked last");
    }

    @Test
    void courtHousesAreAskedForOnceAndKnownThroughTrouble() {
        oneHearing();
        schedule();
        long houses = hmcts.asked().stream().filter(a -> a.path().startsWith("/courthouses")).count();
        schedule();
        assertEquals(houses, hmcts.asked().stream().filter(a -> a.path().startsWith("/courthouses")).count());
        courts.grow(true);
        hmcts.withoutTags();
        // details and schedule answer, then the houses fail
        Pulled.Found found = found(Optional.empty());
        hmcts.whileAsked(() -> hmcts.body("/courthouses/" + HOUSE, "no JSON"));
        assertEquals(found.schedule(), found(Optional.empty()).schedule());
        hmcts.problems().clear();
    }

    @Test
    void hmctsOwnDocumentsAreAtHand() {
        assumeTrue(MarketplaceDescription.atHand(), "HMCTS's OpenAPI documents are not at hand: requests and answers are not held against them");
        oneHearing();
        schedule();
        hmcts.body("/cases/" + URN, "{\"caseStatus\": 7}");
        schedule();
        assertFalse(hmcts.problems().isEmpty(), "an answer that is not HMCTS's is noticed");
        hmcts.problems().clear();
    }
}
