package uk.waymark.cases;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.cases.CaseState.PersonKey;
import uk.waymark.cases.CaseState.Telling;

/** Which events of a case ought to be told to whom, once everything of it is taken in. */
final class Tellings {
    private final List<Event> events;
    private final List<Event> standing;
    private final Set<UUID> retracted;
    private final Gate gate;
    private final Shown shown;
    private final People people;
    private final Hearings hearings;
    private final Map<String, Event> latestOfSubject = new HashMap<>();

    /** @param standing those of the events that were not taken back */
    Tellings(List<Event> events, List<Event> standing, Set<UUID> retracted, Gate gate, Shown shown, People people,
             Hearings hearings) {
        this.events = events;
        this.standing = standing;
        this.retracted = retracted;
        this.gate = gate;
        this.shown = shown;
        this.people = people;
        this.hearings = hearings;
        standing.forEach(e -> e.subject().ifPresent(s -> {
            if (e.type().told()) {
                latestOfSubject.put(s, e);
            }
        }));
    }

    /** What ought to be told: to those who may see it, unless overtaken, too old, taken back or already said in person. */
    List<Telling> all() {
        var tellings = new ArrayList<Telling>();
        for (Event e : standing) {
            if (e.type() == EventType.EVENT_RETRACTED) {
                Optional<Event> target = Retractions.target(events, e).filter(t -> retracted.contains(t.id()) && t.type().told());
                if (e.notifies() && target.isPresent() && !gate.holds(e)) {
                    audience(target.get()).stream().filter(p -> !gate.told(e, p))
                        .forEach(p -> tellings.add(new Telling(e.id(), p, target.get().id(), Set.of(), null)));
                }
            } else if (e.notifies() && e.type().told() && !overtaken(e) && !quiet(e) && !gate.holds(e)) {
                audience(e).stream().filter(p -> !gate.told(e, p)).filter(p -> saysItTo(e, p))
                    .forEach(p -> tellings.add(new Telling(e.id(), p, null, alternates(e, p), hearing(e))));
            }
        }
        return tellings;
    }

    /** Of two events that tell of one hearing: the one that calls the person there, else the one that is shown. */
    private boolean saysItTo(Event e, PersonKey person) {
        if (e.type().line() != EventType.Line.HEARING || calls(e, person)) {
            return true;
        }
        return hearings.carries(e) && hearings.alternates(e).stream()
            .noneMatch(a -> a.notifies() && !quiet(a) && calls(a, person));
    }

    /** Whoever is now called there is told, even of a date that they know. */
    private Set<UUID> alternates(Event e, PersonKey person) {
        return calls(e, person) ? Set.of() : hearings.alternates(e).stream().map(Event::id).collect(Collectors.toSet());
    }

    private static String hearing(Event e) {
        return e.type().line() == EventType.Line.HEARING ? e.subject().orElse(null) : null;
    }

    private boolean overtaken(Event e) {
        if (e.type().line() == EventType.Line.HEARING) {
            return !hearings.carries(e) && !hearings.isAlternate(e);
        }
        return e.subject().map(s -> latestOfSubject.get(s) != e).orElse(false);
    }

    private static boolean quiet(Event e) {
        return e.type().line() == EventType.Line.HEARING && Hearings.quiet(e);
    }

    List<PersonKey> audience(Event e) {
        var audience = new ArrayList<PersonKey>();
        people.present().forEach((key, part) -> {
            boolean witness = "witness".equals(part.role());
            if ((!witness || e.type().witnessSees() && (e.type().line() != EventType.Line.HEARING || needed(e, key)))
                    && shown.concerns(e, key)) {
                audience.add(key);
            }
        });
        return audience;
    }

    /** A witness is told of a hearing that needs them, or whom they bring; and that one which did was reported in error. */
    private boolean needed(Event e, PersonKey person) {
        return people.withThoseWhoBring(retracted.contains(e.id()) ? Hearings.named(e) : hearings.needed(e)).contains(person);
    }

    private boolean calls(Event e, PersonKey person) {
        return people.withThoseWhoBring(hearings.called(e)).contains(person);
    }
}
