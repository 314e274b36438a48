package uk.waymark.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import uk.waymark.account.Sharing.Decision;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** Uses an invitation up with a verified number: finds out whose account it goes to, or begins one, and links it there. */
@Singleton
final class TakingUp {
    static final String ACCOUNT_NUMBER = "account.number";
    /** Somebody may be reading what is not theirs, or be cut off from what is: staff ask within the day. */
    private static final Duration DUE = Duration.ofHours(24);
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Sealing sealing;
    private final Ids ids;
    private final MachineClock machine;
    private final CaseClock caseTime;

    TakingUp(Sealing sealing, Ids ids, MachineClock machine, CaseClock caseTime) {
        this.sealing = sealing;
        this.ids = ids;
        this.machine = machine;
        this.caseTime = caseTime;
    }

    /** @return the account that the person is linked to now; empty where the invitation no longer stands */
    Optional<UUID> takeUp(Connection c, Codes.Verified verified, String number) {
        List<Sharing.Person> people = people(c, verified.code());
        Optional<Sharing.Person> invited = people.stream().filter(Sharing.Person::invited).findFirst();
        if (invited.isEmpty()) {
            return Optional.empty();
        }
        List<Sharing.Person> linked = people.stream().filter(p -> !p.invited()).toList();
        Decision decision = Sharing.decide(verified.askedBy(), invited.get(), linked);
        UUID account = decision instanceof Decision.Joins joins ? joins.account() : ids.next();
        return link(c, verified.code(), account, number, decision) ? Optional.of(account) : Optional.empty();
    }

    private boolean link(Connection c, UUID code, UUID account, String number, Decision decision) {
        Sealing.LookupKey key = sealing.lookupKey("mobile", number);
        UUID[] ended = decision.ended().toArray(UUID[]::new);
        UUID[] items = decision.ended().stream().map(e -> ids.next()).toArray(UUID[]::new);
        Instant now = caseTime.instant();
        return Sql.one(c, "select waymark.gate_take_up(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as done",
            r -> r.getBoolean("done"), code, account, sealing.sealText(ACCOUNT_NUMBER, account, number), key.value(),
            key.version(), decision instanceof Decision.PassedOn, ended, items, machine.instant(), now,
            now.plus(DUE)).orElseThrow();
    }

    private List<Sharing.Person> people(Connection c, UUID code) {
        Map<UUID, Set<UUID>> cases = new HashMap<>();
        Map<UUID, Set<String>> standsFor = new HashMap<>();
        Sql.list(c, "select person_id, case_id, facts from waymark.gate_sharing_parts(?)", r -> {
            UUID person = Sql.uuid(r, "person_id");
            UUID caseId = Sql.uuid(r, "case_id");
            cases.computeIfAbsent(person, p -> new HashSet<>()).add(caseId);
            JsonNode facts = json(sealing.openText("participant.facts:" + person, caseId, r.getBytes("facts")));
            facts.path("for").forEach(n -> standsFor.computeIfAbsent(person, p -> new HashSet<>()).add(n.asText()));
            return person;
        }, code);
        return Sql.list(c, "select * from waymark.gate_sharing(?)", r -> {
            UUID id = Sql.uuid(r, "person_id");
            JsonNode details = json(sealing.openText("person.details", id, r.getBytes("details")));
            return new Sharing.Person(id, Sql.uuid(r, "account_id"), Sql.uuid(r, "force_id"), r.getString("source"),
                r.getString("source_person_id"),
                new Sharing.Name(details.path("given_name").asText(""), details.path("family_name").asText("")),
                details.path("date_of_birth").asText(""), cases.getOrDefault(id, Set.of()),
                standsFor.getOrDefault(id, Set.of()), r.getBoolean("invited"), r.getBoolean("alive"),
                new Sharing.Held(
                    r.getBoolean("holds_number"), r.getBoolean("holds_other"), r.getBoolean("held_number")));
        }, code);
    }

    private static JsonNode json(String sealed) {
        try {
            return JSON.readTree(sealed == null ? "{}" : sealed);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("sealed JSON cannot be read");
        }
    }
}
