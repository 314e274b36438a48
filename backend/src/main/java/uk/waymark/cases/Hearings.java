package uk.waymark.cases;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.waymark.cases.CaseState.Hearing;
import uk.waymark.cases.CaseState.PersonKey;
import uk.waymark.cases.HearingGroup.Statement;
import uk.waymark.platform.Sources;

/**
 * The court dates of a case, as several sources tell of them. What two sources say of one UK day at a court that may be the
 * same is one hearing: it stands on the timeline once and is told once. A court list is the weakest source: a hearing with an
 * id of its own absorbs what a list said, and a list that falls silent takes back only what lists alone had said.
 *
 * <p>Events come in the order of the fold, so the outcome is the same whatever their order of arrival.
 */
final class Hearings {
    private final Map<String, HearingGroup> bySubject = new HashMap<>();
    private final List<HearingGroup> groups = new ArrayList<>();
    private final Map<UUID, Hearing> said = new HashMap<>();
    private final Map<UUID, Set<PersonKey>> needed = new HashMap<>();
    /** Events that take a list's word back: what they show is a change. */
    private final Set<UUID> restored = new HashSet<>();
    private final Map<UUID, Set<PersonKey>> called = new HashMap<>();
    private final Set<UUID> hidden = new HashSet<>();
    /** Cancellations under a name that nobody knows, which may be of any of several: they call nothing off. */
    private final List<Doubt> doubts = new ArrayList<>();

    /** @param those what it may be of, and stood when it came */
    private record Doubt(Event e, Hearing hearing, List<HearingGroup> those) { }

    /** @param e an event of the hearing line that stands, in the order of the fold */
    void takeIn(Event e) {
        String subject = e.subject().orElse("");
        HearingGroup group = bySubject.get(subject);
        if (group == null) {
            boolean off = e.type() == EventType.HEARING_VACATED;
            Optional<HearingGroup> known = off ? calledOff(e) : SameHearing.of(e, hearing(e), groups);
            if (known.isEmpty() && off && hidden.contains(e.id())) {
                return;
            }
            group = known.orElseGet(() -> {
                var anew = new HearingGroup();
                groups.add(anew);
                return anew;
            });
            bySubject.put(subject, group);
        }
        if (e.type() == EventType.HEARING_VACATED) {
            vacate(group, subject, e);
        } else {
            report(group, subject, e);
        }
        group.lastSource = e.source();
        needed.put(e.id(), group.needed);
    }

    /**
     * Which hearing a cancellation under an unknown name is of: the one at that very time, or the only one that it can be. What its source
     * has under another name is another one of its own, unless the time says that it is the same. Where nothing says which, nothing is
     * called off and a person asks: to take the first would call off a trial that stands.
     */
    private Optional<HearingGroup> calledOff(Event e) {
        Hearing hearing = hearing(e);
        List<HearingGroup> fitting = groups.stream().filter(g -> g.now != null && HearingDays.fit(g.now, hearing)
            && CourtNames.fit(g.now.court(), hearing.court())).toList();
        List<HearingGroup> exact = fitting.stream().filter(g -> hearing.startsAt() != null && HearingDays.same(g.now, hearing)).toList();
        List<HearingGroup> those = exact.isEmpty() ? fitting : exact;
        List<HearingGroup> others = those.stream().filter(g -> !g.holds(e.source())
            && !(g.vacated && e.source().equals(g.lastSource))).toList();
        Optional<HearingGroup> known = others.isEmpty() ? SameHearing.only(exact) : SameHearing.only(others);
        if (known.isEmpty() && !fitting.isEmpty()) {
            hidden.add(e.id());
            List<HearingGroup> standing = those.stream().filter(g -> !g.vacated).toList();
            if (strong(e) && !standing.isEmpty()) {
                doubts.add(new Doubt(e, hearing, standing));
            }
        }
        return known;
    }

    private void report(HearingGroup group, String subject, Event e) {
        Statement own = group.says.get(subject);
        Hearing heard = hearing(e);
        Hearing statement = own == null ? heard : merged(own.hearing(), heard, false, strong(e));
        boolean nothingNewOfTime = own != null && HearingDays.same(own.hearing(), statement)
            && CourtNames.fit(own.hearing().court(), statement.court()) && (!strong(e) || quiet(e) || !timed(heard));
        if (nothingNewOfTime && (group.vacated || !HearingDays.fit(statement, group.now))) {
            // who is not up to date brings nothing back: neither what was called off nor a day that was left
            hidden.add(e.id());
            return;
        }
        Hearing before = group.now;
        Set<PersonKey> neededBefore = group.needed;
        boolean again = group.vacated;
        boolean ofAnother = before != null && !again && !e.source().equals(group.lastSource);
        if (again) {
            group.says.clear();
            group.vacated = false;
            // whoever was called to what was called off is called again by the force, not by a list
            group.needed = strong(e) ? group.needed : Set.of();
        }
        boolean trialOfOthers = before != null && trial(before) && (own == null || !trial(own.hearing()));
        call(group, e, before, heard, trialOfOthers);
        group.says.remove(subject);
        boolean sameKind = own != null && Objects.equals(own.hearing().kind(), statement.kind());
        group.says.put(subject, new Statement(strong(e), e.source(), statement, sameKind ? own.kindBy() : e.id(), e,
            own == null || own.stays() && HearingDays.same(own.hearing(), statement)));
        if (before == null) {
            group.whenSubject = subject;
        }
        Hearing taken = trialOfOthers ? heard.ofKind(null) : heard;
        group.now = before == null ? heard : now(group, subject, before, taken, nothingNewOfTime && !again, strong(e));
        group.now = group.now.listedOnly(group.listsOnly());
        said.put(e.id(), group.now);
        boolean same = before != null && !again && HearingDays.same(before, group.now)
            && CourtNames.fit(before.court(), group.now.court());
        boolean newKind = before != null && HearingKind.of(before.kind()) != HearingKind.of(group.now.kind());
        if ((!same || newKind) && before != null && strong(e)) {
            absorb(group);
            said.put(e.id(), group.now);
        }
        if (!same && strong(e)) {
            rowsGoToTheirTime();
            said.put(e.id(), group.now);
        }
        boolean otherwise = same && (!group.needed.equals(neededBefore) || HearingKind.of(before.kind()) != HearingKind.of(group.now.kind()));
        if (otherwise) {
            // what was told of the time stands; of who is needed and what for nobody is told by itself
            group.hushed = quiet(e) ? e : null;
        }
        if (!same || group.carrier == null || !ofAnother && !quiet(e)) {
            group.carrier = e;
            group.hushed = null;
            group.alternates.clear();
        } else if (ofAnother && strong(e) && !strong(group.carrier) && group.carrier.type() == EventType.HEARING_LISTED) {
            // the listed hearing is absorbed: what is shown from now on is the source's own
            hidden.add(group.carrier.id());
            group.alternates.add(group.carrier);
            group.carrier = e;
        } else if (ofAnother) {
            hidden.add(e.id());
            group.alternates.add(e);
            said.put(group.carrier.id(), group.now);
        }
    }

    /**
     * Who named the day before this hearing came to be there told of this one: a list by itself, or another source under a name of its own,
     * where it would have been taken for this one had it come last. Either way round one hearing is left.
     */
    private void absorb(HearingGroup group) {
        if (group.now.weekCommencing() != null) {
            return;
        }
        SameHearing.which(groups.stream().filter(other -> SameHearing.alike(other, group)).toList(), group.now)
            .ifPresent(other -> take(group, other));
        SameHearing.which(groups.stream().filter(other -> SameHearing.rowOf(other, group)).toList(), group.now)
            .ifPresent(other -> take(group, other));
    }

    /**
     * A row that was taken for a hearing at another time, since nothing else stood that day, is that of the one that has come to be at its
     * very time: what the list says next would move the wrong one. Where it has moved the wrong one already, that one goes back.
     */
    private void rowsGoToTheirTime() {
        boolean again = true;
        while (again) {
            again = false;
            for (HearingGroup from : groups) {
                for (var row : new LinkedHashMap<>(from.says).entrySet()) {
                    Optional<HearingGroup> to = SameHearing.whoseTime(from, row.getKey(), row.getValue(), groups);
                    to.ifPresent(of -> goes(row.getKey(), row.getValue(), from, of));
                    again |= to.isPresent();
                }
            }
        }
    }

    private void goes(String row, Statement statement, HearingGroup from, HearingGroup to) {
        from.says.remove(row);
        to.says.put(row, statement);
        bySubject.put(row, to);
        if (row.equals(from.whenSubject)) {
            withoutLists(from);
            Event by = from.says.get(from.whenSubject).by();
            said.put(by.id(), from.now);
            if (!strong(from.carrier)) {
                hidden.add(from.carrier.id());
            }
            hidden.add(statement.by().id());
            hidden.remove(by.id());
            from.carrier = by;
            from.setBack = by;
            from.hushed = null;
            from.alternates.clear();
            from.lastSource = by.source();
        }
    }

    private void take(HearingGroup group, HearingGroup other) {
        if (!other.listsOnly()) {
            Hearing now = group.now;
            boolean vaguer = HearingDays.vaguer(now, other.now);
            HearingKind kind = HearingKind.of(now.kind());
            boolean theirKind = kind == HearingKind.OTHER || trial(other.now);
            Hearing both = merged(other.now, now, false, true);
            group.now = (vaguer ? both.at(other.now) : both).ofKind(theirKind ? other.now.kind() : now.kind()).listedOnly(false);
            group.whenSubject = vaguer ? other.whenSubject : group.whenSubject;
            // who is called by either is called: to be one takes nobody off
            group.needed = Stream.concat(group.needed.stream(), other.needed.stream()).collect(Collectors.toUnmodifiableSet());
        }
        var says = new LinkedHashMap<>(other.says);
        says.putAll(group.says);
        group.says.clear();
        group.says.putAll(says);
        bySubject.replaceAll((subject, of) -> of == other ? group : of);
        hidden.add(other.carrier.id());
        groups.remove(other);
    }

    /** Whoever repeats the time that they gave before says nothing new of it: what others said since stands. */
    private static Hearing now(HearingGroup group, String subject, Hearing before, Hearing heard, boolean nothingNewOfTime,
                               boolean strong) {
        boolean weaker = !strong && !group.listsOnly();
        boolean keepTime = nothingNewOfTime || HearingDays.vaguer(heard, before) && !subject.equals(group.whenSubject);
        if (!keepTime) {
            group.whenSubject = subject;
        }
        Hearing now = merged(before, heard, weaker, strong);
        return keepTime ? now.at(before) : now;
    }

    private void vacate(HearingGroup group, String subject, Event e) {
        Statement own = group.says.remove(subject);
        boolean ofADayThatWasLeft = own != null && group.now != null && !HearingDays.fit(own.hearing(), group.now)
            && group.says.values().stream().anyMatch(s -> s.strong() && HearingDays.fit(s.hearing(), group.now));
        if (ofADayThatWasLeft) {
            hidden.add(e.id());
            return;
        }
        if (!strong(e) && group.says.values().stream().anyMatch(s -> HearingDays.fit(s.hearing(), group.now))) {
            hidden.add(e.id());
            return;
        }
        if (!strong(e) && !group.listsOnly()) {
            takeBack(group, e);
            return;
        }
        if (group.vacated && !e.source().equals(group.lastSource)) {
            hidden.add(e.id());
            return;
        }
        said.put(e.id(), group.now == null ? hearing(e) : group.now.asAt(hearing(e).asAt()));
        group.vacated = true;
        group.carrier = e;
        group.hushed = null;
        group.alternates.clear();
    }

    /** A list falls silent: what it alone had said of the time goes, and what the others last said is what holds. */
    private void takeBack(HearingGroup group, Event e) {
        withoutLists(group);
        group.now = group.now.asAt(hearing(e).asAt());
        said.put(e.id(), group.now);
        restored.add(e.id());
        group.carrier = e;
        group.hushed = null;
        group.alternates.clear();
    }

    /** It stands as those with ids say, the newest word of each before an older one and the better known time before a vaguer one. */
    private static void withoutLists(HearingGroup group) {
        Hearing now = null;
        for (var one : group.says.entrySet()) {
            Hearing says = one.getValue().hearing();
            if (one.getValue().strong()) {
                boolean vaguer = now != null && HearingDays.vaguer(says, now);
                Hearing both = now == null ? says : merged(now, trial(now) ? says.ofKind(null) : says, false, true);
                group.whenSubject = vaguer ? group.whenSubject : one.getKey();
                now = vaguer ? both.at(now) : both;
            }
        }
        group.now = now;
    }

    /**
     * Who has to be there: as the last event that named anyone says. A list names nobody, and excuses nobody; but who was
     * called to a trial is not called to the sentence that it becomes, unless the force says so.
     *
     * @param trialOfOthers it is a trial by another's word than this one's
     */
    private void call(HearingGroup group, Event e, Hearing was, Hearing heard, boolean trialOfOthers) {
        if (strong(e) && was != null && trial(was) && !trialOfOthers && heard.kind() != null && !trial(heard)
                && HearingKind.of(heard.kind()) != HearingKind.OTHER) {
            group.needed = Set.of();
        }
        if (e.data().has("required")) {
            Set<PersonKey> named = named(e);
            var before = group.needed;
            group.needed = named;
            called.put(e.id(), named.stream().filter(p -> !before.contains(p)).collect(Collectors.toSet()));
        }
    }

    static boolean trial(Hearing hearing) {
        return HearingKind.of(hearing.kind()) == HearingKind.TRIAL;
    }

    static Set<PersonKey> named(Event e) {
        var named = new HashSet<PersonKey>();
        e.data().path("required").forEach(n -> named.add(new PersonKey(e.source(), n.asText())));
        return named;
    }

    /** Whether this event is what is told of its hearing now. */
    boolean carries(Event e) {
        HearingGroup group = bySubject.get(e.subject().orElse(""));
        return group != null && group.carrier == e;
    }

    /** Whether this event says through another source what is told of its hearing now. */
    boolean isAlternate(Event e) {
        HearingGroup group = bySubject.get(e.subject().orElse(""));
        return group != null && group.alternates.contains(e);
    }

    /** Events that say the same as this one, which is what is told, through other sources. */
    List<Event> alternates(Event e) {
        return carries(e) ? bySubject.get(e.subject().orElse("")).alternates : List.of();
    }

    /** Who has to be there, as far as this event and those before it say. */
    Set<PersonKey> needed(Event e) {
        return needed.getOrDefault(e.id(), Set.of());
    }

    /** Of whom this event is the first to say that they have to be there. */
    Set<PersonKey> called(Event e) {
        return called.getOrDefault(e.id(), Set.of());
    }

    /** What the event is shown as: a list that takes its own word back changes a hearing, and calls none off. */
    String kind(Event e) {
        return (restored.contains(e.id()) ? EventType.HEARING_CHANGED : e.type()).wireName();
    }

    /** Said through another source already: not shown again. */
    boolean hidden(Event e) {
        return hidden.contains(e.id());
    }

    /** The hearing as it stood after this event; null where nothing is known of it. */
    Hearing said(Event e) {
        return said.get(e.id());
    }

    /**
     * A court date as it stands once every event is taken in.
     *
     * @param quiet  the last news of it, where that is for nobody's phone; else null
     * @param needed who has to be there, as their sources name them
     * @param setBack what moved it was of another date
     * @param differing what its sources make of it, where they do not agree whether it is a trial, whether it is another one, or whether it
     *                  is the one that is off; else null
     */
    record Standing(Set<String> subjects, Hearing hearing, boolean vacated, Event carrier, Event quiet, Set<PersonKey> needed,
                    boolean setBack, CaseState.Differing differing) { }

    /** All of them, those called off too; without what nothing but a cancellation is known of. */
    List<Standing> standing() {
        var subjects = new HashMap<HearingGroup, Set<String>>();
        bySubject.forEach((subject, group) -> subjects.computeIfAbsent(group, g -> new java.util.TreeSet<>()).add(subject));
        return groups.stream().filter(g -> g.now != null && g.carrier != null && subjects.containsKey(g))
            .map(g -> new Standing(subjects.get(g), g.now, g.vacated, g.carrier,
                g.hushed != null ? g.hushed : quiet(g.carrier) ? g.carrier : null, g.needed,
                !g.vacated && g.setBack == g.carrier, differing(g))).toList();
    }

    /** Of one that is off nobody has to know what it would have been. */
    private CaseState.Differing differing(HearingGroup group) {
        if (group.vacated) {
            return null;
        }
        Optional<CaseState.Differing> doubt = doubts.stream().filter(d -> asks(d, group)).findFirst().map(d -> {
            Set<HearingKind> may = EnumSet.noneOf(HearingKind.class);
            d.those().stream().filter(groups::contains).forEach(g -> may.add(HearingKind.of(g.now.kind())));
            return new CaseState.Differing(d.e().id(), may, CourtDates.Question.WHICH_IS_OFF, d.e().receivedAt());
        });
        if (doubt.isPresent()) {
            return doubt.get();
        }
        List<Statement> said = Stream.concat(saidOf(group, group), groups.stream().filter(g -> besides(g, group)).flatMap(g -> saidOf(g, group)))
            .filter(s -> HearingKind.of(s.hearing().kind()) != HearingKind.OTHER).toList();
        Set<HearingKind> kinds = EnumSet.noneOf(HearingKind.class);
        said.forEach(s -> kinds.add(HearingKind.of(s.hearing().kind())));
        if (kinds.size() > 1 && kinds.contains(HearingKind.TRIAL)) {
            return differing(said, kinds, CourtDates.Question.TRIAL_OR_NOT, said);
        }
        // of two that may be one, the one that came up later asks
        List<HearingGroup> before = groups.subList(0, groups.indexOf(group)).stream().filter(g -> SameHearing.alike(g, group)
            || SameHearing.rowOf(g, group) || SameHearing.rowOf(group, g)).toList();
        if (before.isEmpty()) {
            return null;
        }
        Set<HearingKind> all = EnumSet.of(HearingKind.of(group.now.kind()));
        before.forEach(g -> all.add(HearingKind.of(g.now.kind())));
        // the other date may go and come back: whoever says that it does speaks of this one too
        List<Statement> heard = Stream.concat(Stream.of(group), before.stream()).flatMap(g -> g.says.values().stream())
            .filter(s -> HearingDays.fit(s.hearing(), group.now)).toList();
        return differing(group.says.values().stream().filter(s -> HearingDays.fit(s.hearing(), group.now)).toList(), all,
            CourtDates.Question.ONE_OR_TWO, heard);
    }

    /** The first of them that stands that day asks for all; nobody once one of them is off. */
    private boolean asks(Doubt doubt, HearingGroup group) {
        return doubt.those().stream().noneMatch(g -> g.vacated)
            && doubt.those().stream().filter(g -> groups.contains(g) && HearingDays.fit(g.now, doubt.hearing())).findFirst()
                .filter(g -> g == group).isPresent();
    }

    private static CaseState.Differing differing(List<Statement> said, Set<HearingKind> kinds, CourtDates.Question question,
                                                   List<Statement> heard) {
        return said.isEmpty() ? null : new CaseState.Differing(said.stream().map(Statement::kindBy).max(UUID::compareTo).orElseThrow(), kinds,
            question, heard.stream().map(Statement::heardAt).max(Instant::compareTo).orElseThrow());
    }

    /** What is still said of it as it stands. */
    private static Stream<Statement> saidOf(HearingGroup group, HearingGroup standing) {
        return group.says.values().stream().filter(s -> s.hearing().kind() != null && HearingDays.fit(s.hearing(), standing.now));
    }

    /**
     * Whether the first stands beside a trial on its day as something that excludes it, by other sources alone: an application, or bail,
     * may well be heard on the day of a trial.
     */
    private static boolean besides(HearingGroup other, HearingGroup group) {
        if (other == group || other.vacated || other.now == null || group.now == null || !trial(group.now) || other.now.kind() == null
                || !HearingDays.fit(other.now, group.now) || !CourtNames.fit(other.now.court(), group.now.court())) {
            return false;
        }
        HearingKind kind = HearingKind.of(other.now.kind());
        return kind != HearingKind.TRIAL && kind != HearingKind.APPLICATION && kind != HearingKind.BAIL
            && other.says.values().stream().noneMatch(s -> group.says.values().stream().anyMatch(o -> o.source().equals(s.source())));
    }

    static boolean strong(Event e) {
        return !Sources.COURT_LISTS.equals(e.source());
    }

    static boolean quiet(Event e) {
        return !e.data().path("notify").asBoolean(true);
    }

    private static boolean timed(Hearing hearing) {
        return hearing.startsAt() != null || hearing.startsOn() != null || hearing.weekCommencing() != null;
    }

    private static Hearing hearing(Event e) {
        return new Hearing(e.text("starts_at").orElse(null), e.text("starts_on").orElse(null), e.text("week_commencing").orElse(null),
            e.data().path("court").path("name").asText(null), e.data().path("court").path("room").asText(null),
            e.text("kind").map(k -> HearingKind.of(k).wireName()).orElse(null),
            e.text("received_at").orElse(e.occurredAt().toString()), null, null,
            e.data().path("court").path("ou_code").asText(null), e.data().path("court").path("address").asText(null));
    }

    /**
     * A change may name only what changed.
     *
     * @param weaker a list beside a hearing with an id of its own: it gives no other court, kind or room to what has them
     * @param strong no list: only a list that names its court without the room takes the room back
     */
    private static Hearing merged(Hearing before, Hearing heard, boolean weaker, boolean strong) {
        // whoever names the court once more need not give its code and address again
        boolean stillThere = before.court() != null && heard.court() != null && CourtNames.fit(before.court(), heard.court());
        // 'Leeds' after 'Leeds Crown Court' says less, and the next 'Leeds' might be another court
        boolean sameCourt = heard.court() == null || stillThere && (weaker || CourtNames.vaguer(heard.court(), before.court()));
        boolean sameKind = heard.kind() == null || weaker && before.kind() != null;
        boolean repeated = strong && stillThere && (!timed(heard) || HearingDays.fit(before, heard));
        boolean sameRoom = heard.room() == null && (heard.court() == null || weaker || repeated);
        Hearing of = timed(heard) ? heard : before;
        return new Hearing(of.startsAt(), of.startsOn(), of.weekCommencing(), sameCourt ? before.court() : heard.court(),
            sameRoom ? before.room() : heard.room(), sameKind ? before.kind() : heard.kind(), heard.asAt(), null, null,
            sameCourt || stillThere && heard.ouCode() == null ? before.ouCode() : heard.ouCode(),
            sameCourt || stillThere && heard.address() == null ? before.address() : heard.address());
    }
}
