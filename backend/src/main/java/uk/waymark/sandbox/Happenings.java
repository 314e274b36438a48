package uk.waymark.sandbox;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.DueWork;
import uk.waymark.platform.ProblemException;

/** Lets something happen in a case: the force's system reports it, over HTTP, as {@code POST /v1/bridge/events} takes it. */
@Singleton
@Requires(env = "sandbox")
final class Happenings {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private final Calls calls;
    private final IdentityStandIn identity;
    private final SandboxPeople people;
    private final CaseClock clock;
    private final List<DueWork> work;
    private final TwilioStandIn twilio;

    /** @param reference where it happened */
    record Done(boolean accepted, String reference, String reason) { }

    Happenings(Calls calls, IdentityStandIn identity, SandboxPeople people, CaseClock clock, List<DueWork> work,
               TwilioStandIn twilio) {
        this.calls = calls;
        this.identity = identity;
        this.people = people;
        this.clock = clock;
        this.work = work;
        this.twilio = twilio;
    }

    /** Something in a case that there is. */
    Done inCase(String type, String reference) {
        var force = people.all().stream().filter(p -> p.crimeReference().equals(reference)).findFirst()
            .map(SandboxPeople.Someone::force)
            .orElseThrow(() -> ProblemException.badRequest("/crime_reference", "is no case of the sandbox"));
        return report(force, reference, type, data(type));
    }

    /** A crime is recorded, with one victim. */
    Done newCase(SandboxForces.Force force, String givenName, String familyName, String mobile) {
        String reference = (force.welsh() ? "GL/" : "NM/") + (50_000 + Math.floorMod(UUID.randomUUID().hashCode(), 40_000)) + "/"
            + clock.instant().atZone(LONDON).getYear() % 100;
        var victim = Map.of("source_person_id", "P-" + UUID.randomUUID(), "role", "victim", "given_name", givenName,
            "family_name", familyName, "mobile", mobile, "mobile_safe", "safe", "language", force.welsh() ? "cy" : "en",
            "entitlement", "standard");
        return report(force, reference, "crime_recorded", Map.of(
            "offence", Map.of("code", "28E/1", "plain_words", words("Burglary in a home", "Bwrgleriaeth mewn cartref")),
            "recorded_at", now(), "officer", officer("PC Jo Hale", "3107", force), "flags", List.of(),
            "unit", Map.of("code", force.code() + "-wcu", "name", force.nameEn() + " Witness Care Unit"),
            "people", List.of(victim)));
    }

    private Done report(SandboxForces.Force force, String reference, String type, Map<String, Object> data) {
        var event = new LinkedHashMap<String, Object>();
        event.put("source_event_id", "page-" + UUID.randomUUID());
        event.put("occurred_at", now());
        event.put("crime_reference", reference);
        event.put("type", type);
        event.put("data", data);
        var answer = calls.post("/v1/bridge/events", identity.token(force, "system"),
            Map.of("source", SandboxForces.source(force.code()), "events", List.of(event)));
        var result = answer.body().at("/results/0");
        // so that the page shows the texts that follow
        work.forEach(DueWork::drain);
        twilio.awaitReceipts(java.time.Duration.ofSeconds(5));
        return new Done("accepted".equals(result.path("status").asText()), reference,
            result.path("detail").asText(result.path("reason").asText("status " + answer.status())));
    }

    private Map<String, Object> data(String type) {
        return switch (type) {
            case "suspect_arrested", "suspect_charged" -> Map.of("suspect_ref", "S-sandbox");
            case "hearing_listed" -> Map.of("hearing_id", "H-" + UUID.randomUUID(), "kind", "trial", "starts_at", inSixWeeks(),
                "court", Map.of("ou_code", "C44NM00", "name", "Northmoor Crown Court"), "notify", true, "received_at", now());
            case "officer_changed" -> Map.of("officer", Map.of("name", "DS Nadia Evans", "collar_number", "2981",
                "team", "Major Investigations"));
            case "investigation_closed" -> Map.of("outcome_code", "18", "interviewed_suspect", false, "explanation", words(
                "We have looked into everything we could and could not find out who did this. If something new comes up, "
                    + "we will look at it again.",
                "Rydym wedi edrych ar bopeth y gallem ac ni allem ganfod pwy wnaeth hyn. Os daw rhywbeth newydd i'r amlwg, "
                    + "byddwn yn edrych arno eto."));
            default -> throw ProblemException.badRequest("/happening", "is not one of those on the page");
        };
    }

    private static Map<String, Object> officer(String name, String collarNumber, SandboxForces.Force force) {
        return Map.of("name", name, "collar_number", collarNumber, "team", force.nameEn() + " Response");
    }

    private static Map<String, Object> words(String en, String cy) {
        return Map.of("en", en, "cy", cy);
    }

    private String now() {
        return clock.instant().toString();
    }

    private String inSixWeeks() {
        Instant later = ZonedDateTime.ofInstant(clock.instant(), LONDON).plusWeeks(6)
            .with(TemporalAdjusters.nextOrSame(DayOfWeek.TUESDAY)).with(LocalTime.of(10, 0)).toInstant();
        return later.toString();
    }
}
