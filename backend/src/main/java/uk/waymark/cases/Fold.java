package uk.waymark.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.cases.CaseState.Body;
import uk.waymark.cases.CaseState.Entry;
import uk.waymark.cases.CaseState.Facts;
import uk.waymark.cases.CaseState.Hearing;
import uk.waymark.cases.CaseState.HeldText;
import uk.waymark.cases.CaseState.Telling;

/**
 * Folds the events of a case into its state. The events are first put in order (time, source, source event id) and
 * those taken back are left out, so that the same set gives the same state whatever its order of arrival.
 */
final class Fold {
    private final List<Event> events;
    private final Map<UUID, Boolean> decisions;
    private final FreeText freeText;
    private final Set<UUID> retracted;
    /** In the order of all events, those taken back too: a number once given stays that suspect's. */
    private final Map<String, Integer> suspects = new LinkedHashMap<>();
    private final Set<String> standingSuspects = new HashSet<>();
    private final Hearings hearings = new Hearings();
    private final Map<String, Event> latestOfSubject = new HashMap<>();
    private final People people = new People();
    private final List<Entry> entries = new ArrayList<>();
    private final List<HeldText> heldTexts = new ArrayList<>();
    private Facts facts = Facts.NONE;
    private boolean recorded;
    private boolean onPhones = true;

    private Fold(List<Event> events, Map<UUID, Boolean> decisions, FreeText freeText) {
        this.events = events.stream().sorted().toList();
        this.decisions = decisions;
        this.freeText = freeText;
        this.retracted = Retractions.of(this.events);
    }

    /**
     * @param events all accepted events of one case, in any order
     * @param decisions by event: whether staff let a held text be shown
     */
    static CaseState of(List<Event> events, Map<UUID, Boolean> decisions, FreeText freeText) {
        return new Fold(events, decisions, freeText).fold();
    }

    private CaseState fold() {
        List<Event> standing = events.stream().filter(e -> !retracted.contains(e.id())).toList();
        events.forEach(e -> suspect(e).ifPresent(s -> suspects.putIfAbsent(s, suspects.size() + 1)));
        standing.forEach(e -> suspect(e).ifPresent(standingSuspects::add));
        standing.forEach(this::takeIn);
        standing.forEach(e -> e.subject().ifPresent(s -> {
            if (e.type().told()) {
                latestOfSubject.put(s, e);
            }
        }));
        Set<String> names = people.names();
        standing.forEach(e -> show(e, names));
        String stage = Stages.of(standing);
        return new CaseState(recorded, onPhones, stage, screened(names), people.all(), entries, tellings(standing), heldTexts);
    }

    private void takeIn(Event e) {
        people.takeIn(e);
        if (e.type().line() == EventType.Line.HEARING) {
            hearings.takeIn(e);
        }
        switch (e.type()) {
            case CRIME_RECORDED -> {
                recorded = true;
                facts = CaseFacts.takeIn(facts, e.data());
                onPhones = e.data().path("self_service").asBoolean(onPhones);
            }
            case CASE_CHANGED -> {
                facts = CaseFacts.takeIn(facts, e.data());
                onPhones = e.data().path("self_service").asBoolean(onPhones);
            }
            case OFFICER_CHANGED, URN_ASSIGNED -> facts = CaseFacts.takeIn(facts, e.data());
            default -> { }
        }
    }

    /** The offence's plain words come from the force as well: where they hold what must not be shown, none are. */
    private Facts screened(Set<String> names) {
        var offence = facts.offence();
        if (offence == null || held(offence, names).isEmpty()) {
            return facts;
        }
        return new Facts(null, facts.officer(), facts.liaisonOfficer(), facts.unit(), facts.urns(), facts.flags());
    }

    private void show(Event e, Set<String> names) {
        if (!e.type().shown() || e.type() == EventType.CASE_CHANGED && !e.data().has("offence")) {
            return;
        }
        if (e.type() == EventType.EVENT_RETRACTED) {
            Retractions.target(events, e).filter(t -> t.type().shown() && t.type() != EventType.EVENT_RETRACTED && retracted.contains(t.id()))
                .ifPresent(t -> entries.add(new Entry(e, "correction", t.type().witnessSees(),
                    new Body(null, null, suspectNumber(t), severalSuspects(t), null, t.type().wireName(), null))));
            return;
        }
        if (hearings.hidden(e)) {
            return;
        }
        CaseState.Words detail = CaseFacts.words(e.data(), "explanation", "detail", "reason");
        boolean heldBack = false;
        if (detail != null) {
            String reasons = held(detail, names);
            Boolean decision = decisions.get(e.id());
            heldBack = !reasons.isEmpty() && !Boolean.TRUE.equals(decision);
            if (heldBack && decision == null) {
                heldTexts.add(new HeldText(e.id(), e.occurredAt(), reasons));
            }
        }
        entries.add(new Entry(e, hearings.kind(e), e.type().witnessSees(), new Body(heldBack ? null : detail,
            heldBack ? true : null, suspectNumber(e), severalSuspects(e), null, null, hearing(e))));
    }

    private String held(CaseState.Words words, Set<String> names) {
        var reasons = new TreeSet<String>();
        for (String text : new String[] {words.en(), words.cy()}) {
            if (text != null) {
                freeText.screen(text, names).reasons().forEach(r -> reasons.add(r.name().toLowerCase(java.util.Locale.ROOT)));
            }
        }
        return String.join(", ", reasons);
    }

    private Integer suspectNumber(Event e) {
        return suspect(e).map(suspects::get).orElse(null);
    }

    private Boolean severalSuspects(Event e) {
        return e.data().has("suspect_ref") && standingSuspects.size() > 1 ? true : null;
    }

    private static Optional<String> suspect(Event e) {
        return e.text("suspect_ref").map(ref -> e.source() + '|' + ref);
    }

    private Hearing hearing(Event e) {
        Hearing said = e.type().line() == EventType.Line.HEARING ? hearings.said(e) : null;
        return said != null && e.type() != EventType.HEARING_VACATED && HearingDays.past(said, e.receivedAt()) ? said.inThePast() : said;
    }

    /** What ought to be told: to those who may see it, unless overtaken, too old, taken back or already said in person. */
    private List<Telling> tellings(List<Event> standing) {
        var tellings = new ArrayList<Telling>();
        for (Event e : standing) {
            if (e.type() == EventType.EVENT_RETRACTED) {
                Optional<Event> target = Retractions.target(events, e).filter(t -> retracted.contains(t.id()) && t.type().told());
                if (e.notifies() && target.isPresent()) {
                    audience(target.get()).stream().filter(p -> !informed(e, p))
                        .forEach(p -> tellings.add(new Telling(e.id(), p, target.get().id(), Set.of())));
                }
            } else if (e.notifies() && e.type().told() && !overtaken(e) && !quiet(e)) {
                audience(e).stream().filter(p -> !informed(e, p)).filter(p -> saysItTo(e, p))
                    .forEach(p -> tellings.add(new Telling(e.id(), p, null, alternates(e, p))));
            }
        }
        return tellings;
    }

    /** Of two events that tell of one hearing: the one that calls the person there, else the one that is shown. */
    private boolean saysItTo(Event e, CaseState.PersonKey person) {
        if (e.type().line() != EventType.Line.HEARING || hearings.calls(e, person)) {
            return true;
        }
        return hearings.carries(e) && hearings.alternates(e).stream()
            .noneMatch(a -> a.notifies() && !quiet(a) && hearings.calls(a, person));
    }

    /** Whoever is now called there is told, even of a date that they know. */
    private Set<UUID> alternates(Event e, CaseState.PersonKey person) {
        return hearings.calls(e, person) ? Set.of() : hearings.alternates(e).stream().map(Event::id).collect(Collectors.toSet());
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

    private List<CaseState.PersonKey> audience(Event e) {
        var audience = new ArrayList<CaseState.PersonKey>();
        people.present().forEach((key, part) -> {
            boolean witness = "witness".equals(part.role());
            if (!witness || e.type().witnessSees() && (e.type().line() != EventType.Line.HEARING || needed(e, key))) {
                audience.add(key);
            }
        });
        return audience;
    }

    /** A witness is told of a hearing that needs them; and that one which did was reported in error. */
    private boolean needed(Event e, CaseState.PersonKey person) {
        return retracted.contains(e.id()) ? Hearings.named(e).contains(person) : hearings.needs(e, person);
    }

    private static boolean informed(Event e, CaseState.PersonKey person) {
        for (JsonNode informed : e.informed()) {
            JsonNode who = informed.path("source_person_id");
            if (who.isMissingNode() || who.isNull()
                    || person.source().equals(e.source()) && person.sourcePersonId().equals(who.asText())) {
                return true;
            }
        }
        return false;
    }
}
