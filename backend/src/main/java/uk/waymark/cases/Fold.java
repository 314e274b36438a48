package uk.waymark.cases;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import uk.waymark.cases.CaseState.Body;
import uk.waymark.cases.CaseState.Entry;
import uk.waymark.cases.CaseState.Facts;
import uk.waymark.cases.CaseState.Hearing;
import uk.waymark.cases.CaseState.HeldText;
import uk.waymark.cases.CaseState.InPerson;
import uk.waymark.cases.CaseState.Own;
import uk.waymark.cases.CaseState.PersonKey;

/**
 * Folds the events of a case into its state. The events are first put in order (time, source, source event id) and
 * those taken back are left out, so that the same set gives the same state whatever its order of arrival.
 */
final class Fold {
    /** Counted up where a fold makes more of events than before: cases of an older one are folded anew, see {@link FoldedAnew}. */
    static final int VERSION = 2;
    private final List<Event> events;
    private final Staff staff;
    private final LocalDate today;
    private final FreeText freeText;
    private final Set<UUID> retracted;
    /** In the order of all events, those taken back too: a number once given stays that suspect's. */
    private final Map<String, Integer> suspects = new LinkedHashMap<>();
    private final Hearings hearings = new Hearings();
    private final People people = new People();
    private final Gate gate;
    private final Shown shown;
    private final List<Entry> entries = new ArrayList<>();
    private final List<HeldText> heldTexts = new ArrayList<>();
    private Facts facts = Facts.NONE;
    private boolean recorded;
    private boolean onPhones = true;
    private long suspectsKnownToAll;

    /**
     * What staff have said beside the events.
     *
     * @param decisions by event: whether they let a held text be shown
     * @param told by event: whom they have told in person
     */
    record Staff(Map<UUID, Boolean> decisions, Map<UUID, Set<PersonKey>> told) { }

    private Fold(List<Event> events, Staff staff, LocalDate today, FreeText freeText) {
        this.events = events.stream().sorted().toList();
        this.staff = staff;
        this.today = today;
        this.freeText = freeText;
        this.retracted = Retractions.of(this.events);
        this.gate = new Gate(staff.told(), people);
        this.shown = new Shown(this.events, retracted, gate, people, hearings);
    }

    /**
     * @param events all accepted events of one case, in any order
     * @param decisions by event: whether staff let a held text be shown
     */
    static CaseState of(List<Event> events, Map<UUID, Boolean> decisions, FreeText freeText) {
        return of(events, new Staff(decisions, Map.of()), LocalDate.MIN, freeText);
    }

    /** @param today by the calendar of the UK: who is 18 */
    static CaseState of(List<Event> events, Staff staff, LocalDate today, FreeText freeText) {
        return new Fold(events, staff, today, freeText).fold();
    }

    private CaseState fold() {
        List<Event> standing = events.stream().filter(e -> !retracted.contains(e.id())).toList();
        events.forEach(e -> suspect(e).ifPresent(s -> suspects.putIfAbsent(s, suspects.size() + 1)));
        standing.forEach(this::takeIn);
        people.settle(today);
        suspectsKnownToAll = gate.closed() ? knownToAll() : suspects(standing.stream());
        var tellings = new Tellings(events, standing, retracted, gate, shown, people, hearings);
        Set<String> names = people.names();
        standing.forEach(e -> show(e, names));
        String stage = Stages.of(standing);
        Facts seen = screened(facts, names);
        return new CaseState(recorded, onPhones, stage, seen, people.all(), entries, tellings.all(), heldTexts, gate.closed(),
            own(standing, stage, seen, names), inPerson(tellings), shown.unclear(entries), dated());
    }

    /** Where what a person is shown is less than what there is: the stage and the offence are of what they are shown. */
    private Map<PersonKey, Own> own(List<Event> standing, String stage, Facts seen, Set<String> names) {
        var own = new TreeMap<PersonKey, Own>();
        people.present().forEach((person, part) -> {
            List<Event> known = standing.stream().filter(e -> shown.known(e, person, part.role())).toList();
            Facts told = seen;
            if (gate.closed()) {
                told = Facts.NONE;
                for (Event e : known) {
                    told = changesFacts(e) ? CaseFacts.takeIn(told, e.data()) : told;
                }
                told = seen.of(screened(new Facts(told.offence(), null, null, null, told.urns(), seen.flags()), names));
            }
            String theirs = Stages.of(known);
            if (!theirs.equals(stage) || !told.equals(seen)) {
                own.put(person, new Own(theirs, told));
            }
        });
        return own;
    }

    private List<CaseState.Dated> dated() {
        Map<PersonKey, CaseState.Part> present = people.present();
        return hearings.standing().stream().map(h -> {
            Set<PersonKey> needed = people.withThoseWhoBring(h.needed());
            var required = new HashSet<PersonKey>();
            var shownTo = new HashSet<PersonKey>();
            present.forEach((person, part) -> {
                if (needed.contains(person)) {
                    required.add(person);
                }
                if (shown.known(h.carrier(), person, part.role())) {
                    shownTo.add(person);
                }
            });
            return new CaseState.Dated(h.subjects(), h.hearing(), h.vacated(), h.quiet() == null ? h.carrier().id() : h.quiet().id(),
                required, shownTo, h.quiet() != null,
                h.quiet() != null && h.quiet() != h.carrier() && Hearings.quiet(h.carrier()) ? h.carrier().id() : null, h.setBack(),
                h.differing());
        }).toList();
    }

    private static boolean changesFacts(Event e) {
        return switch (e.type()) {
            case CRIME_RECORDED, CASE_CHANGED, OFFICER_CHANGED, URN_ASSIGNED -> true;
            default -> false;
        };
    }

    /** What waits for an officer, for each person; of what happened long ago one thing stands for all. */
    private List<InPerson> inPerson(Tellings tellings) {
        var waits = new ArrayList<InPerson>();
        var history = new HashMap<PersonKey, Integer>();
        for (Entry entry : entries) {
            Event e = entry.event();
            shown.waits(e, retracted.contains(e.id())).stream()
                .filter(p -> !"witness".equals(people.all().get(p).role()) || tellings.audience(of(e)).contains(p))
                .forEach(p -> {
                    Integer stands = e.notifies() ? null : history.putIfAbsent(p, waits.size());
                    if (stands == null) {
                        waits.add(new InPerson(e.id(), p, entry.body().hearing() != null, e.notifies() ? null : e.receivedAt(),
                            entry.kind(), entry.body()));
                    } else {
                        waits.set(stands, waits.get(stands).andWhatCameIn(e.receivedAt()));
                    }
                });
        }
        return waits;
    }

    /** What an entry is about: of a correction, what was taken back. */
    private Event of(Event e) {
        return e.type() == EventType.EVENT_RETRACTED ? Retractions.target(events, e).orElse(e) : e;
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
        gate.takeIn(e, facts);
    }

    /** The offence's words are the force's too: none where they hold what must not be shown, nor where reporting is restricted. */
    private Facts screened(Facts facts, Set<String> names) {
        var offence = facts.offence();
        if (offence == null || !restricted() && held(offence, names).isEmpty()) {
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
                    new Body(null, null, suspectNumber(t), severalSuspects(t), null, t.type().wireName(), null),
                    shown.ofCorrection(e, t))));
            return;
        }
        if (hearings.hidden(e)) {
            return;
        }
        CaseState.Words detail = CaseFacts.words(e.data(), "explanation", "detail", "reason");
        boolean heldBack = false;
        if (detail != null) {
            String reasons = held(detail, names);
            if (restricted()) {
                reasons = reasons.isEmpty() ? Flags.REPORTING_RESTRICTION : reasons + ", " + Flags.REPORTING_RESTRICTION;
            }
            Boolean decision = staff.decisions().get(e.id());
            heldBack = !reasons.isEmpty() && !Boolean.TRUE.equals(decision);
            if (heldBack && decision == null) {
                heldTexts.add(new HeldText(e.id(), e.occurredAt(), reasons));
            }
        }
        entries.add(new Entry(e, hearings.kind(e), e.type().witnessSees(), new Body(heldBack ? null : detail,
            heldBack ? true : null, suspectNumber(e), severalSuspects(e), null, null, hearing(e)), shown.to(e)));
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
        return e.data().has("suspect_ref") && suspectsKnownToAll > 1 ? true : null;
    }

    /** That there is another suspect is news as well: while somebody has not been told of it, no entry gives it away. */
    private long knownToAll() {
        Set<PersonKey> present = people.present().keySet();
        return suspects(events.stream().filter(e -> !retracted.contains(e.id()) && present.stream().allMatch(p -> gate.opens(e, p))));
    }

    private static long suspects(Stream<Event> of) {
        return of.map(Fold::suspect).flatMap(Optional::stream).distinct().count();
    }

    private boolean restricted() {
        return facts.knownFlags().contains(Flags.REPORTING_RESTRICTION);
    }

    private static Optional<String> suspect(Event e) {
        return e.text("suspect_ref").map(ref -> e.source() + '|' + ref);
    }

    private Hearing hearing(Event e) {
        Hearing said = e.type().line() == EventType.Line.HEARING ? hearings.said(e) : null;
        return said != null && e.type() != EventType.HEARING_VACATED && HearingDays.past(said, e.receivedAt()) ? said.inThePast() : said;
    }
}
