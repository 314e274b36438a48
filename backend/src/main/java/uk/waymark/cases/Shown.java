package uk.waymark.cases;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import uk.waymark.cases.CaseState.Entry;
import uk.waymark.cases.CaseState.Part;
import uk.waymark.cases.CaseState.PersonKey;
import uk.waymark.cases.CaseState.Unclear;

/**
 * To which of the people of a case an event is shown, beyond what their role says: what waits for an officer to tell them is
 * not, nor is what concerns somebody else alone. Asked once everything of the case is taken in.
 */
final class Shown {
    private static final Set<String> GIVE_EVIDENCE = Set.of("victim", "witness");

    private final List<Event> events;
    private final Set<UUID> retracted;
    private final Gate gate;
    private final People people;
    private final Hearings hearings;

    Shown(List<Event> events, Set<UUID> retracted, Gate gate, People people, Hearings hearings) {
        this.events = events;
        this.retracted = retracted;
        this.gate = gate;
        this.people = people;
        this.hearings = hearings;
    }

    /** Who alone is shown this event; null where nobody is left out. */
    Set<PersonKey> to(Event e) {
        return gate.holds(e) || ofSomebody(e) ? those(p -> concerns(e, p) && opens(e, p)) : null;
    }

    /** A correction is for those who were shown what it corrects, once they were told of it in turn. */
    Set<PersonKey> ofCorrection(Event e, Event corrected) {
        return gate.holds(e) || to(corrected) != null ? those(p -> saw(corrected, p) && gate.opens(e, p)) : null;
    }

    /** Who is to be told of this event by an officer before they may see it. @param e what an entry comes from */
    Set<PersonKey> waits(Event e, boolean takenBack) {
        if (!gate.holds(e) || takenBack) {
            return Set.of();
        }
        if (e.type() == EventType.EVENT_RETRACTED) {
            return Retractions.target(events, e).map(t -> those(p -> saw(t, p) && !gate.opens(e, p))).orElse(Set.of());
        }
        return those(p -> concerns(e, p) && !opens(e, p));
    }

    /** Whether the case may stand for this person as after this event. */
    boolean known(Event e, PersonKey person, String role) {
        return (!"witness".equals(role) || e.type().witnessSees()) && concerns(e, person) && opens(e, person);
    }

    private boolean saw(Event e, PersonKey person) {
        return concerns(e, person) && opens(e, person);
    }

    /** Whoever was told of a hearing by what one source said knows of it, whichever source's word is shown. */
    private boolean opens(Event e, PersonKey person) {
        return gate.opens(e, person) || e.type().line() == EventType.Line.HEARING && !retracted.contains(e.id())
            && hearings.alternates(e).stream().anyMatch(a -> gate.opens(a, person));
    }

    private static boolean ofSomebody(Event e) {
        return e.type() == EventType.SPECIAL_MEASURES_DECIDED;
    }

    /** Help for giving evidence is that person's alone, and theirs who act for them. */
    boolean concerns(Event e, PersonKey person) {
        return !ofSomebody(e) || people.records(person).stream().anyMatch(people.withThoseWhoAct(whose(e))::contains);
    }

    /** As the event says; or the only one who may have to give evidence. */
    private Set<PersonKey> whose(Event e) {
        if (e.data().path("for_people").isArray()) {
            var named = new HashSet<PersonKey>();
            e.data().path("for_people").forEach(n -> named.add(new PersonKey(e.source(), n.asText())));
            return named;
        }
        Set<PersonKey> may = people.all().entrySet().stream()
            .filter(p -> !p.getValue().removed() && p.getValue().mergedInto() == null && !p.getValue().facts().deceased())
            .filter(p -> GIVE_EVIDENCE.contains(p.getValue().role())).map(Map.Entry::getKey).collect(Collectors.toSet());
        return may.size() == 1 ? may : Set.of();
    }

    /** Entries that nobody is shown because nobody has said whom they concern. */
    List<Unclear> unclear(Collection<Entry> entries) {
        return entries.stream().map(Entry::event).filter(e -> ofSomebody(e) && whose(e).isEmpty())
            .map(e -> new Unclear(e.id(), e.occurredAt())).toList();
    }

    private Set<PersonKey> those(Predicate<PersonKey> which) {
        Map<PersonKey, Part> present = people.present();
        return present.keySet().stream().filter(which).collect(Collectors.toCollection(java.util.TreeSet::new));
    }
}
