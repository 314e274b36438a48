package uk.waymark.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.WaymarkTest;

/**
 * The contract's table {@code x-what-a-role-sees}, row by row: one case with one person of each role and one event of
 * each kind, read as each of them.
 */
class WhatARoleSeesTest extends WaymarkTest {
    /** What this case never has: nothing works out when the next word is due, and no source of it is silent. */
    private static final Set<String> NOT_YET = Set.of("next_expected_update", "as_at", "as_at_note");
    private final Answers answers = new Answers();
    private final Map<String, Api> readers = new LinkedHashMap<>();
    private People northmoor;
    private People.Case crime;
    private String caseId;

    private static JsonNode table() {
        return Contract.root().path("x-what-a-role-sees");
    }

    @BeforeAll
    void oneEventOfEachKind() {
        northmoor = new People(waymark, "northmoor", waymark.api().watchedBy(answers));
        crime = northmoor.crime(true, Contract.texts(table().path("roles")).toArray(String[]::new));
        for (People.Person person : crime.people()) {
            readers.put(person.role(), waymark.api().watchedBy(answers).as(northmoor.signUp(crime, person).access()));
        }
        caseId = readers.get("victim").get("/v1/me/cases").expect(200).at("/items/0/id");
        for (String extra : List.of("extra-1", "extra-2", "extra-3")) {
            report("person_added", example("person_added").put("source_person_id", extra).put("role", "witness")
                .put("mobile_safe", "unsafe"));
        }
        Contract.root().path("x-event-types").fieldNames().forEachRemaining(type -> {
            if (!type.equals("crime_recorded") && !type.equals("person_added") && !type.equals("event_retracted")) {
                report(type, marked(type));
            }
        });
        takeBack("suspect_interviewed");
        takeBack("verdict");
    }

    private void report(String type, JsonNode data) {
        northmoor.report(crime.reference(), type, data, northmoor.told());
    }

    /** Reports one more of this kind, and that it was a mistake. */
    private void takeBack(String type) {
        String id = "mistake-" + type;
        var more = new java.util.HashMap<String, Object>(northmoor.told());
        more.put("source_event_id", id);
        northmoor.report(crime.reference(), type, marked(type), more);
        report("event_retracted", example("event_retracted").put("source_event_id", id));
    }

    private static ObjectNode example(String type) {
        return Contract.root().at("/components/examples/" + type + "/value/events/0/data").deepCopy();
    }

    /** An example about people of this case, whose words can be found again. */
    private ObjectNode marked(String type) {
        ObjectNode data = example(type);
        switch (type) {
            case "person_changed" -> data.put("source_person_id", "extra-1");
            case "person_removed" -> data.put("source_person_id", "extra-2");
            case "people_merged" -> data.put("source_person_id", "extra-1").putArray("merged").add("extra-3");
            case "case_changed" -> data.putObject("offence").put("code", "28E/1").put("plain_words",
                "Burglary in a home");
            default -> { }
        }
        for (String field : List.of("required", "for_people")) {
            if (data.path(field).isArray()) {
                var everyone = data.putArray(field);
                crime.people().forEach(p -> everyone.add(p.id()));
            }
        }
        for (String field : List.of("explanation", "detail")) {
            if (data.path(field).isObject()) {
                data.putObject(field).put("en", words(type)).put("cy", words(type));
            }
        }
        return data;
    }

    /** Nothing in them that a force's text is held back for. */
    private static String words(String type) {
        return "these are the words for " + type.replace('_', ' ') + ".";
    }

    @Test
    void theTableIsAboutTheKindsAndRolesThatThereAre() {
        var kinds = Contract.texts(Contract.schema("EventType").path("enum"));
        kinds.add("correction");
        assertEquals(kinds, names(table().path("entries")));
        assertEquals(Contract.texts(Contract.schema("ParticipantRole").path("enum")), Contract.texts(table()
            .path("roles")));
        table().path("entries").forEach(row -> assertEquals(Contract.texts(table().path("roles")), names(row)));
        table().path("fields").forEach(row -> assertEquals(Contract.texts(table().path("roles")), names(row)));
    }

    @Test
    void theTimelineHoldsAKindOnlyWhereTheTableSaysSo() {
        readers.forEach((role, reader) -> {
            var expected = new TreeSet<String>();
            table().path("entries").properties().forEach(row -> {
                if (row.getValue().path(role).asBoolean()) {
                    expected.add(row.getKey());
                }
            });
            var kinds = new TreeSet<String>();
            timeline(reader, 100).forEach(entry -> kinds.add(entry.path("kind").asText()));
            assertEquals(expected, kinds, role);
        });
    }

    @Test
    void pagesHoldTheSameAsTheWhole() {
        readers.forEach((role, reader) -> assertEquals(timeline(reader, 100), timeline(reader, 3), role));
    }

    @Test
    void aCorrectionIsShownToThoseWhoSeeWhatItCorrects() {
        readers.forEach((role, reader) -> {
            long corrections = timeline(reader, 100).stream().filter(e -> e.path("kind").asText()
                .equals("correction")).count();
            long seen = List.of("suspect_interviewed", "verdict").stream()
                .filter(kind -> table().path("entries").path(kind).path(role).asBoolean()).count();
            assertEquals(seen, corrections, role);
        });
    }

    private static List<JsonNode> timelineOf(Answer page) {
        var entries = new ArrayList<JsonNode>();
        page.body().path("items").forEach(entries::add);
        return entries;
    }

    private List<JsonNode> timeline(Api reader, int limit) {
        var entries = new ArrayList<JsonNode>();
        String cursor = "";
        do {
            Answer page = reader.get("/v1/me/cases/" + caseId + "/timeline?limit=" + limit + cursor).expect(200);
            entries.addAll(timelineOf(page));
            cursor = page.body().path("next_cursor").isNull() ? null : "&cursor=" + Api.encode(page.at("/next_cursor"));
        } while (cursor != null);
        return entries;
    }

    @Test
    void aCaseHasAFieldOnlyWhereTheTableSaysSo() {
        readers.forEach((role, reader) -> {
            JsonNode whole = reader.get("/v1/me/cases/" + caseId).expect(200).body();
            JsonNode listed = reader.get("/v1/me/cases").expect(200).body().at("/items/0");
            assertEquals(role, whole.path("role").asText());
            table().path("fields").properties().forEach(row -> {
                boolean sees = row.getValue().path(role).asBoolean();
                if (!NOT_YET.contains(row.getKey())) {
                    assertEquals(sees, whole.has(row.getKey()), role + " and " + row.getKey());
                }
                boolean inList = Contract.schema("CaseSummary").path("properties").has(row.getKey())
                    && !NOT_YET.contains(row.getKey());
                assertEquals(sees && inList, listed.has(row.getKey()), role + " and " + row.getKey() + " in the list");
            });
        });
    }

    /** Not only is the entry left out: its words are nowhere else either. */
    @Test
    void theWordsOfAnEntryAreReadByThoseWhoSeeItAndInNoAnswerToOthers() {
        readers.forEach((role, reader) -> {
            String everything = everything(reader) + everything(reader.with("Accept-Language", "cy"));
            table().path("entries").properties().forEach(row -> {
                JsonNode data = Contract.root().at("/components/examples/" + row.getKey() + "/value/events/0/data");
                if (data.has("explanation") || data.has("detail")) {
                    assertEquals(row.getValue().path(role).asBoolean(), everything.contains(words(row.getKey())),
                        role + " and " + row.getKey());
                }
            });
        });
    }

    @Test
    void whatAWitnessDoesNotSeeIsInNoAnswer() {
        List<String> hidden = List.of("Burglary", "DC Another", "Paul Reid", "Witness Care", "44AB1234527");
        String victim = everything(readers.get("victim"));
        String witness = everything(readers.get("witness")) + everything(readers.get("witness")
            .with("Accept-Language", "cy"));
        hidden.forEach(word -> assertTrue(victim.contains(word) && !witness.contains(word), word));
        // and what nobody reads
        List.of("S-77", "Okafor", "07700 900789").forEach(word -> assertTrue(!victim.contains(word)
            && !witness.contains(word), word));
    }

    private String everything(Api reader) {
        return reader.get("/v1/me").expect(200).text() + reader.get("/v1/me/cases").expect(200).text()
            + reader.get("/v1/me/cases/" + caseId).expect(200).text()
            + reader.get("/v1/me/cases/" + caseId + "/timeline?limit=100").expect(200).text() + opened(reader);
    }

    /** What may be hard to read is opened one by one. */
    private String opened(Api reader) {
        var text = new StringBuilder();
        timeline(reader, 100).stream().filter(e -> e.path("sensitive").asBoolean()).forEach(e -> text.append(
            reader.get("/v1/me/cases/" + caseId + "/timeline/" + e.path("id").asText()).expect(200).text()));
        return text.toString();
    }

    /** Neither a time nor a tag tells a witness that something happened which they are not shown. */
    @Test
    void nothingMovesForAWitnessWhenSomethingHiddenHappens() {
        Api witness = readers.get("witness");
        List<String> paths = List.of("/v1/me/cases", "/v1/me/cases/" + caseId, "/v1/me/cases/" + caseId
            + "/timeline?limit=100", "/v1/me");
        List<String> before = paths.stream().map(p -> witness.get(p).expect(200).text()).toList();
        List<String> tags = paths.stream().map(p -> witness.get(p).header("etag").orElse("")).toList();
        Contract.root().path("x-event-types").fieldNames().forEachRemaining(type -> {
            boolean hidden = !table().path("entries").path(type).path("witness").asBoolean();
            boolean ofPeople = type.startsWith("pe") || type.equals("event_retracted") || type.equals("crime_recorded");
            if (hidden && !ofPeople) {
                report(type, marked(type));
                for (int i = 0; i < paths.size(); i++) {
                    assertEquals(before.get(i), witness.get(paths.get(i)).text(), type + " shows in " + paths.get(i));
                    if (!tags.get(i).isEmpty()) {
                        witness.with("If-None-Match", tags.get(i)).get(paths.get(i)).expect(304);
                    }
                }
            }
        });
    }

    @Test
    void everyAnswerWasOfTheContract() {
        new Expect().holds(answers.complaints());
    }

    private static Set<String> names(JsonNode object) {
        var names = new TreeSet<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
