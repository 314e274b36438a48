package uk.waymark.bridge;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import uk.waymark.bridge.ListedHearing.Difference;
import uk.waymark.bridge.ListedHearing.Said;
import uk.waymark.cases.CourtNames;

/**
 * What a new edition means for one case: which hearings came, which are other than they were, which are off. Pure: what
 * was known goes in, what is known and what is to be reported comes out.
 */
final class CaseListings {
    private final List<ListedHearing> standing;
    private final List<Said> before;
    private final Set<UUID> replaced;
    private final Set<UUID> sameDocument;
    private final LocalDate today;
    private final Supplier<UUID> ids;
    /** What the edition says, with the hearing that it is about. */
    private final Map<Said, ListedHearing> found = new LinkedHashMap<>();

    /**
     * @param standing hearings of the case that are not off
     * @param before what every list says of them
     * @param replaced lists of which this is a new edition: what it leaves out is off
     * @param sameDocument other lists that the same document was before its dates were changed: what it leaves out
     *     stays, for it may be another list under an old name
     * @param today in the UK
     */
    CaseListings(List<ListedHearing> standing, List<Said> before, Set<UUID> replaced, Set<UUID> sameDocument,
                 LocalDate today, Supplier<UUID> ids) {
        this.standing = standing;
        this.before = before;
        this.replaced = replaced;
        this.sameDocument = sameDocument;
        this.today = today;
        this.ids = ids;
    }

    /** What happened to a hearing. @param difference from what it was before; NEWS where it is new or off */
    record Change(Kind kind, ListedHearing hearing, Difference difference) {
        enum Kind { LISTED, CHANGED, VACATED }
    }

    /**
     * @param said what every list says from now on, of hearings that stand
     * @param unchanged hearings that it says again
     */
    record Outcome(List<Change> changes, List<Said> said, int unchanged) { }

    /** @param now what the edition says of the case. To be called once. */
    Outcome take(List<Said> now) {
        List<Said> days = days(now);
        days.forEach(one -> asBefore(one).ifPresent(h -> found.put(one, h)));
        List<Said> come = new ArrayList<>();
        days.stream().filter(one -> !found.containsKey(one)).forEach(one ->
            hearingOf(one).ifPresentOrElse(h -> found.put(one, h), () -> come.add(one)));
        List<ListedHearing> gone = gone();
        come.removeIf(one -> {
            Optional<ListedHearing> moved = takeOneOf(gone, one);
            moved.ifPresent(h -> found.put(one, h));
            return moved.isPresent();
        });
        come.forEach(one -> found.put(one, besides(one)));
        Set<UUID> lost = new HashSet<>();
        gone.stream().filter(h -> saidBy(h).stream().allMatch(s -> replaced.contains(s.list())))
            .forEach(h -> lost.add(h.id()));
        return outcome(lost);
    }

    /** Several mentions of one day at one court, in one list, are one; a week of which it names a day says no more. */
    private static List<Said> days(List<Said> now) {
        var days = new ArrayList<Said>();
        for (Said one : now) {
            int same = 0;
            while (same < days.size() && !(days.get(same).list().equals(one.list())
                    && days.get(same).listing().sameDayAndCourt(one.listing()))) {
                same++;
            }
            if (same == days.size()) {
                days.add(one);
            } else {
                days.set(same, new Said(one.list(), null, one.publishedAt(), days.get(same).listing().and(one.listing())));
            }
        }
        return days.stream()
            .filter(one -> days.stream().noneMatch(d -> d.list().equals(one.list()) && d.listing().narrows(one.listing())))
            .sorted(Comparator.comparing(s -> s.listing().when().firstDay())).toList();
    }

    /** What this list said in the same words is what it was: names of courts fit loosely, and must not change places. */
    private Optional<ListedHearing> asBefore(Said one) {
        return before.stream().filter(s -> s.list().equals(one.list()) && s.listing().sameDay(one.listing())
                && s.listing().court().equals(one.listing().court()))
            .flatMap(s -> standing.stream().filter(h -> h.id().equals(s.hearing()))).findFirst();
    }

    /** The hearing on that day; else one of which the week was known, unless another day of it has taken it. */
    private Optional<ListedHearing> hearingOf(Said one) {
        return standing.stream().filter(h -> h.covers(one.listing()))
            .filter(h -> found.entrySet().stream().noneMatch(f -> f.getValue().id().equals(h.id())
                && (f.getKey().list().equals(one.list()) || !f.getKey().listing().sameDay(one.listing()))))
            .min(Comparator.comparing((ListedHearing h) -> !h.when().sameDays(one.listing().when()))
                .thenComparing(ListedHearing::id));
    }

    /** Hearings to come that the edition no longer says, nor any other list, the next one first. */
    private List<ListedHearing> gone() {
        Set<UUID> said = new HashSet<>();
        found.values().forEach(h -> said.add(h.id()));
        Set<UUID> saidHere = new HashSet<>();
        before.forEach(s -> (replaced.contains(s.list()) || sameDocument.contains(s.list()) ? saidHere : said)
            .add(s.hearing()));
        return new ArrayList<>(standing.stream()
            .filter(h -> !h.when().past(today) && saidHere.contains(h.id()) && !said.contains(h.id()))
            .sorted(Comparator.comparing(h -> h.when().firstDay())).toList());
    }

    /** What went in the edition in which another came has moved: at the same court rather than from another. */
    private static Optional<ListedHearing> takeOneOf(List<ListedHearing> gone, Said one) {
        var taken = gone.stream()
            .min(Comparator.comparing((ListedHearing h) -> !CourtNames.fit(h.court(), one.listing().court())));
        taken.ifPresent(gone::remove);
        return taken;
    }

    /** A new hearing, unless another list in the same document has just brought it. */
    private ListedHearing besides(Said one) {
        Set<UUID> ofThisList = new HashSet<>();
        found.forEach((said, hearing) -> {
            if (said.list().equals(one.list())) {
                ofThisList.add(hearing.id());
            }
        });
        return found.entrySet().stream().filter(f -> f.getKey().listing().sameDayAndCourt(one.listing()))
            .map(Map.Entry::getValue).filter(h -> !ofThisList.contains(h.id())).findFirst()
            .orElseGet(() -> new ListedHearing(ids.get(), one.listing().when(), null, null, null, false));
    }

    private List<Said> saidBy(ListedHearing hearing) {
        return before.stream().filter(s -> s.hearing().equals(hearing.id())).toList();
    }

    private Outcome outcome(Set<UUID> lost) {
        var hearings = new LinkedHashMap<UUID, ListedHearing>();
        standing.forEach(h -> hearings.put(h.id(), h));
        Set<UUID> touched = new HashSet<>();
        found.values().forEach(h -> {
            hearings.putIfAbsent(h.id(), h);
            touched.add(h.id());
        });
        List<Said> said = saidFromNowOn(touched);
        var changes = new ArrayList<Change>();
        int unchanged = 0;
        for (ListedHearing known : hearings.values()) {
            List<Said> of = said.stream().filter(s -> s.hearing().equals(known.id())).toList();
            Optional<Change> change = change(known, of, lost.contains(known.id()));
            change.ifPresent(changes::add);
            boolean same = change.map(c -> c.difference() == Difference.NONE).orElse(true);
            unchanged += touched.contains(known.id()) && same ? 1 : 0;
        }
        // what stood before comes first: a week that turned into a day is gone when another day of it is listed
        changes.sort(Comparator.comparing((Change c) -> c.kind() == Change.Kind.LISTED)
            .thenComparing(c -> c.hearing().when().firstDay()));
        return new Outcome(changes, said, unchanged);
    }

    /** What has just come stands first: of two published at one time, the later to arrive counts. */
    private List<Said> saidFromNowOn(Set<UUID> touched) {
        var said = new ArrayList<Said>();
        found.forEach((one, hearing) -> said.add(one.of(hearing.id())));
        before.stream().filter(s -> !replaced.contains(s.list()))
            .filter(s -> !sameDocument.contains(s.list()) || !touched.contains(s.hearing())).forEach(said::add);
        return said;
    }

    private static Optional<Change> change(ListedHearing known, List<Said> said, boolean lost) {
        if (lost) {
            return Optional.of(new Change(Change.Kind.VACATED, known, Difference.NEWS));
        }
        if (said.isEmpty()) {
            return Optional.empty();
        }
        ListedHearing now = known.as(said);
        if (known.court() == null) {
            return Optional.of(new Change(Change.Kind.LISTED, now, Difference.NEWS));
        }
        return now.equals(known) ? Optional.empty()
            : Optional.of(new Change(Change.Kind.CHANGED, now, now.from(known)));
    }
}
