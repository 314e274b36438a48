package uk.waymark.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uk.waymark.cases.CaseState.Facts;
import uk.waymark.cases.CaseState.PersonKey;

/**
 * In a case with a family liaison officer people see nothing of an event, and are sent nothing about it, until the officer
 * has told them: {@code informed_in_person} of the force's system, then or later, or staff here. Told is told event by event
 * and person by person: that somebody knows of a charge does not say that they know of what came before.
 *
 * <p>What was accepted before the case had such an officer was there to be read, and stays so.
 */
final class Gate {
    private final Map<UUID, Set<PersonKey>> toldByStaff;
    private final People people;
    private boolean closed;
    private boolean flagged;
    /** Events that were accepted before stay as they were. */
    private Instant since = Instant.MIN;

    /** @param toldByStaff by event: whom staff have told */
    Gate(Map<UUID, Set<PersonKey>> toldByStaff, People people) {
        this.toldByStaff = toldByStaff;
        this.people = people;
    }

    /** @param facts as they are after this event, the next that stands */
    void takeIn(Event e, Facts facts) {
        boolean now = facts.familyLiaison();
        flagged |= facts.knownFlags().contains(Flags.FAMILY_LIAISON);
        // a force that marked the case and marks it no longer has ended it, whoever is still named
        now &= !flagged || facts.knownFlags().contains(Flags.FAMILY_LIAISON);
        if (now && !closed) {
            since = e.type() == EventType.CRIME_RECORDED ? Instant.MIN : e.receivedAt();
        }
        closed = now;
    }

    boolean closed() {
        return closed;
    }

    /** Whether this event waits for the officer, for those who have not been told. */
    boolean holds(Event e) {
        return closed && !e.receivedAt().isBefore(since);
    }

    boolean opens(Event e, PersonKey person) {
        return !holds(e) || told(e, person);
    }

    /** Whether somebody has told this person of this event. */
    boolean told(Event e, PersonKey person) {
        Set<PersonKey> records = people.records(person);
        if (toldByStaff.getOrDefault(e.id(), Set.of()).stream().anyMatch(records::contains)) {
            return true;
        }
        for (JsonNode informed : e.informed()) {
            JsonNode who = informed.path("source_person_id");
            boolean everyone = who.isMissingNode() || who.isNull();
            if (everyone ? wasThere(informed, person) : records.contains(new PersonKey(e.source(), who.asText()))) {
                return true;
            }
        }
        return false;
    }

    /** Everyone in the case was told: whoever has come in since was not. */
    private boolean wasThere(JsonNode informed, PersonKey person) {
        return people.joined(person).map(joined -> {
            try {
                return !OffsetDateTime.parse(informed.path("at").asText()).toInstant().isBefore(joined);
            } catch (DateTimeException e) {
                return false;
            }
        }).orElse(true);
    }
}
