package uk.waymark.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import uk.waymark.contract.Contract.Operation;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.Pictures;
import uk.waymark.testing.WaymarkTest;

/** Every operation, by everyone who may not: the contract says who may, so a new operation is in here by itself. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RefusalsTest extends WaymarkTest {
    private static final String PERSON = "person";
    private static final String SYSTEM = "system";
    /** Each force finds its own under the same name. */
    private static final Set<String> OF_ALL = Set.of("putAbsence", "getTemplate", "putTemplate", "approveTemplate", "withdrawTemplateProposal",
        "rollBackTemplate", "listTemplateVersions", "getReminderPlan", "putReminderPlan");
    private final Answers answers = new Answers();
    private Expect expect = new Expect();
    private final Map<String, String> tokens = new LinkedHashMap<>();
    private final Map<String, String> expired = new LinkedHashMap<>();
    private String signedOut;
    private String stranger;
    private People northmoor;
    private People glanafon;
    private Belongings ours;

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.limits.codes-of-number", 1000, "waymark.limits.codes-of-day", 1000,
            "waymark.limits.codes-of-device", 1000, "waymark.limits.codes-of-address", 1000,
            "waymark.limits.tries-of-number", 1000, "waymark.limits.tries-of-device", 1000);
    }

    @Override
    protected Api api() {
        return super.api().watchedBy(answers);
    }

    @BeforeAll
    void people() {
        northmoor = new People(waymark, "northmoor", api());
        glanafon = new People(waymark, "glanafon", api());
        var crime = northmoor.crime("victim", "victim");
        var person = crime.people().get(0);
        var first = northmoor.signUp(crime, person);
        expired.put(PERSON, first.access());
        roles().forEach(role -> expired.put(role, role.equals(PERSON) ? first.access() : northmoor.token(role)));
        clocks.advanceMachine(Duration.ofHours(2));
        roles().stream().filter(role -> !role.equals(PERSON)).forEach(role -> tokens.put(role, northmoor.token(role)));
        tokens.put(PERSON, northmoor.signIn(person).access());
        signedOut = northmoor.signIn(person).access();
        api().as(signedOut).delete("/v1/sign-in/session").expect(204);
        var other = northmoor.crime("victim");
        stranger = northmoor.signUp(other, other.people().get(0)).access();
        ours = Belongings.of(northmoor, api(), tokens, crime);
    }

    @BeforeEach
    void anew() {
        expect = new Expect();
        answers.complaints().clear();
    }

    /** Those of the contract's operations, and those that the identity provider knows and no operation names. */
    private static Set<String> roles() {
        var roles = new TreeSet<>(Contract.roles());
        roles.addAll(Contract.texts(Contract.schema("SandboxRole").path("enum")));
        return roles;
    }

    private static List<Operation> closed() {
        return Contract.operations().stream().filter(o -> !o.anonymous()).toList();
    }

    private Answer call(Operation operation, String token) {
        return call(operation, token == null ? api() : api().as(token));
    }

    private Answer call(Operation operation, Api api) {
        String path = operation.at(ours.of(operation));
        if (operation.takes(Contract.JSON)) {
            return api.send(operation.method(), path, Contract.JSON, bytes(operation.example(Contract.JSON)));
        }
        if (operation.takes("image/jpeg")) {
            String to = operation.path().startsWith("/v1/staff/") ? "?person_id=" + ours.needed() : "";
            return api.send(operation.method(), path + to, "image/jpeg", Pictures.jpeg());
        }
        return api.send(operation.method(), path, null, null);
    }

    private static byte[] bytes(JsonNode json) {
        return json.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    @Order(1)
    void whoHasNoValidTokenIsNotLetIn() {
        for (Operation operation : closed()) {
            refused(operation, null, "no token");
            for (String garbage : List.of("", "x", "a.b.c", "e30.e30.e30", "eyJhbGciOiJub25lIn0..", "%00", "null",
                "x".repeat(9000))) {
                refused(operation, garbage, "garbage of " + garbage.length());
            }
            for (String scheme : List.of("Basic bm9ydGg6bW9vcg==", "Bearer", "Bearer  ", "bearer x y", "Token x",
                "Negotiate AAAA", ",")) {
                expect.refused(operation + " with " + scheme, call(operation, api().with("Authorization", scheme)),
                    Set.of(401));
            }
            operation.roles().forEach(role -> refused(operation, expired.get(role), "expired, " + role));
            for (String role : operation.roles()) {
                Forgery.of(tokens.get(role), waymark.base()).forEach((how, token) -> refused(operation, token, how
                    + ", " + role));
            }
            if (operation.ofPersons()) {
                refused(operation, signedOut, "signed out");
            }
        }
        System.out.println("refused for want of a valid token: " + expect.checked());
        expect.holds(answers.complaints());
    }

    private void refused(Operation operation, String token, String how) {
        Answer answer = call(operation, token);
        expect.refused(operation + " with " + how, answer, Set.of(401));
        expect.that(answer.header("www-authenticate").orElse("").startsWith("Bearer"), operation + " with " + how
            + ": no challenge");
    }

    @Test
    @Order(2)
    void whoHasAnotherRoleIsForbidden() {
        for (Operation operation : closed()) {
            for (String role : roles()) {
                if (!operation.roles().contains(role)) {
                    expect.refused(operation + " as " + role, call(operation, tokens.get(role)), Set.of(403));
                }
            }
        }
        System.out.println("forbidden by role: " + expect.checked());
        expect.holds(answers.complaints());
    }

    @Test
    @Order(3)
    void whatIsAnothersIsNotThere() {
        // what a stranger does to themselves comes last: they sign out, everywhere
        var harmlessFirst = closed().stream().sorted(java.util.Comparator.comparing((Operation o) -> !o.path()
            .contains("{"))
            .thenComparing(o -> !o.method().equals("GET"))).toList();
        for (Operation operation : harmlessFirst) {
            for (String role : operation.roles()) {
                String token = role.equals(PERSON) ? stranger : glanafon.token(role);
                Answer answer = call(operation, token);
                if (operation.path().contains("{") && !OF_ALL.contains(operation.id())) {
                    expect.refused(operation + " of another, as " + role, answer, Set.of(404));
                } else {
                    expect.noFailure(operation + " as " + role, answer);
                }
                ours.all().forEach(secret -> expect.that(!answer.text().contains(secret),
                    operation + " shows what is another's, as " + role + ": " + answer.text()));
            }
        }
        for (String query : List.of("/v1/staff/notifications?case_id=" + ours.caseId(),
                "/v1/staff/cases?crime_reference=" + Api.encode(ours.reference()))) {
            expect.that(!api().as(tokens.get("supervisor")).get(query).expect(200).body().path("items").isEmpty(),
                query + " finds nothing");
            expect.that(api().as(glanafon.token("supervisor")).get(query).expect(200).body().path("items").isEmpty(),
                query + " of another force finds something");
        }
        JsonNode taken = glanafon.report(ours.reference(), "officer_changed", Map.of("officer", Map.of("name",
            "DC Other",
            "collar_number", "9", "team", "Other")));
        expect.that(!taken.path("case_id").asText().equals(ours.caseId()), "another force's system reaches the case");
        ours.stillThere(api(), tokens, expect);
        System.out.println("another's: " + expect.checked());
        expect.holds(answers.complaints());
    }

    /** Signing in, health and the sandbox take no token; a bad one must do no harm. Last, as the clock moves here. */
    @Test
    @Order(4)
    void whatIsOpenToAllNeverFails() {
        for (Operation operation : Contract.operations().stream().filter(Operation::anonymous).toList()) {
            for (String token : new String[] {null, "garbage", expired.get(PERSON), signedOut, tokens.get(PERSON),
                tokens.get(SYSTEM)}) {
                Api api = token == null ? api() : api().as(token);
                expect.noFailure(operation + " with " + token, open(operation, api));
            }
        }
        System.out.println("open to all: " + expect.checked());
        expect.holds(answers.complaints());
    }

    private Answer open(Operation operation, Api api) {
        String form = "application/x-www-form-urlencoded";
        if (!operation.takes(form)) {
            return call(operation, api);
        }
        var fields = new LinkedHashMap<String, String>();
        operation.example(form).properties().forEach(f -> fields.put(f.getKey(), f.getValue().asText()));
        return api.form(operation.at(ours.of(operation)), fields);
    }
}
