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
import uk.waymark.bridge.ListedHearing.Said;
import uk.waymark.cases.CourtNames;

/**
 * What a new edition means for one case: which hearings came, which are other than they were, which are off. Pure: what was
 * known goes in, what is known and what is to be reported comes out.
 */
final class CaseListings {
    private final List<ListedHearing> standing;
    private final List<Said> before;
    private final Set<UUID> replaced;
    private final Set<UUID> sameDocument;
    private final LocalDate today;
    private final Supplier<UUID> ids;

    /**
     * @param standing hearings of the case that are not off
     * @param before what every list says of them
     * @param replaced lists of which this is a new edition: what it leaves out is off
     * @param sameDocument other lists that the same document was before its dates were changed: what it leaves out stays,
     *     for it may be another list under an old name
     * @param today in the UK
     */
    CaseListings(List<ListedHearing> standing, List<Said> before, Set<UUID> replaced, Set<UUID> sameDocument, LocalDate today,
                 Supplier<UUID> ids) {
        this.standing = standing;
        this.before = before;
        this.replaced = replaced;
        this.sameDocument = sameDocument;
        this.today = today;
        this.ids = ids;
    }

    /** What happened to a hearing. @param difference from what it was before; NEWS where it is new or off */
    record Change(Kind kind, ListedHearing hearing, ListedHearing.Difference difference) {
        enum Kind { LISTED, CHANGED, VACATED }
    }

    /** @param said what every list says from now on, of hearings that stand; @param unchanged hearings that it says again */
    record Outcome(List<Change> changes, List<Said> said, int unchanged) { }

    /** @param now what the edition says of the case; the hearing of each is still to be found */
    Outcome take(List<Said> now) {
        var found = new LinkedHashMap<Said, ListedHearing>();
        List<Said> come = new ArrayList<>();
        for (Said one : days(now)) {
            hearingOf(one, found).ifPresentOrElse(h -> found.put(one, h), () -> come.add(one));
        }
        Set<UUID> saidElsewhere = new HashSet<>();
        before.stream().filter(s -> !replaced.contains(s.list()) && !sameDocument.contains(s.list())).forEach(s -> saidElsewhere.add(s.hearing()));
        found.values().forEach(h -> saidElsewhere.add(h.id()));
        List<ListedHearing> gone = new ArrayList<>(standing.stream()
            .filter(h -> !h.when().past(today) && !saidElsewhere.contains(h.id()) && saidBy(h).stream().anyMatch(s -> replaced.contains(s.list())
                || sameDocument.contains(s.list())))
            .sorted(Comparator.comparing(h -> h.when().firstDay())).toList());
        come.removeIf(one -> moved(one, gone).map(h -> found.put(one, h) == null).orElse(false));
        come.forEach(one -> found.put(one, besides(one, found)));
        Set<UUID> lost = new HashSet<>();
        gone.stream().filter(h -> saidBy(h).stream().allMatch(s -> replaced.contains(s.list()))).forEach(h -> lost.add(h.id()));
        return outcome(found, lost);
    }

    /** Several mentions of one day at one court, in one list, are one. */
    private static List<Said> days(List<Said> now) {
        var days = new ArrayList<Said>();
        for (Said one : now) {
            int same = -1;
            for (int i = 0; i < days.size() && same < 0; i++) {
                Listing other = days.get(i).listing();
                same = days.get(i).list().equals(one.list()) && other.when().sameDays(one.listing().when())
                    && CourtNames.fit(other.court(), one.listing().court()) ? i : -1;
            }
            if (same < 0) {
                days.add(one);
            } else {
                days.set(same, new Said(one.list(), null, one.publishedAt(), days.get(same).listing().and(one.listing())));
            }
        }
        // a day in a week that the same list names as well is what the week stands for
        return days.stream().filter(one -> days.stream().noneMatch(day -> day.list().equals(one.list())
                && day.listing().when().narrows(one.listing().when()) && CourtNames.fit(day.listing().court(), one.listing().court())))
            .sorted(Comparator.comparing(s -> s.listing().when().firstDay())).toList();
    }

    /** The hearing on that day; else one of which only the week was known, unless another day of that week has taken it. */
    private Optional<ListedHearing> hearingOf(Said one, Map<Said, ListedHearing> found) {
        return standing.stream().filter(h -> h.covers(one.listing()))
            .filter(h -> found.entrySet().stream().noneMatch(f -> f.getValue().id().equals(h.id())
                && (f.getKey().list().equals(one.list()) || !f.getKey().listing().when().sameDays(one.listing().when()))))
            .min(Comparator.comparing((ListedHearing h) -> !h.when().sameDays(one.listing().when())).thenComparing(ListedHearing::id));
    }

    private static Optional<ListedHearing> moved(Said one, List<ListedHearing> gone) {
        var taken = gone.stream().min(Comparator.comparing((ListedHearing h) -> !CourtNames.fit(h.court(), one.listing().court())));
        taken.ifPresent(gone::remove);
        return taken;
    }

    /** A new hearing, unless another list in the same document has just brought it. */
    private ListedHearing besides(Said one, Map<Said, ListedHearing> found) {
        return found.entrySet().stream().filter(f -> !f.getKey().list().equals(one.list())
                && f.getKey().listing().when().sameDays(one.listing().when()) && CourtNames.fit(f.getKey().listing().court(), one.listing().court())
                && found.keySet().stream().noneMatch(k -> k.list().equals(one.list()) && found.get(k).id().equals(f.getValue().id())))
            .map(Map.Entry::getValue).findFirst()
            .orElseGet(() -> new ListedHearing(ids.get(), one.listing().when(), null, null, null, false));
    }

    private List<Said> saidBy(ListedHearing hearing) {
        return before.stream().filter(s -> s.hearing().equals(hearing.id())).toList();
    }

    private Outcome outcome(Map<Said, ListedHearing> found, Set<UUID> lost) {
        var touched = new HashSet<UUID>(lost);
        found.values().forEach(h -> touched.add(h.id()));
        // what has just come stands first: of two published at one time, the later to arrive counts
        var said = new ArrayList<Said>();
        found.forEach((one, hearing) -> said.add(new Said(one.list(), hearing.id(), one.publishedAt(), one.listing())));
        before.stream().filter(s -> !replaced.contains(s.list()) && !(sameDocument.contains(s.list()) && touched.contains(s.hearing())))
            .forEach(said::add);
        var changes = new ArrayList<Change>();
        int unchanged = 0;
        var hearings = new LinkedHashMap<UUID, ListedHearing>();
        standing.forEach(h -> hearings.put(h.id(), h));
        found.values().forEach(h -> hearings.putIfAbsent(h.id(), h));
        for (ListedHearing known : hearings.values()) {
            List<Said> of = said.stream().filter(s -> s.hearing().equals(known.id())).toList();
            if (lost.contains(known.id())) {
                changes.add(new Change(Change.Kind.VACATED, known, ListedHearing.Difference.NEWS));
            } else if (known.court() == null) {
                changes.add(new Change(Change.Kind.LISTED, known.as(of), ListedHearing.Difference.NEWS));
            } else if (!of.isEmpty() && !known.as(of).equals(known)) {
                ListedHearing.Difference difference = known.as(of).from(known);
                changes.add(new Change(Change.Kind.CHANGED, known.as(of), difference));
                unchanged += touched.contains(known.id()) && difference == ListedHearing.Difference.NONE ? 1 : 0;
            } else if (touched.contains(known.id())) {
                unchanged++;
            }
        }
        // what stood before comes first: a week that turned into a day is not there any more when another day is listed
        changes.sort(Comparator.comparing((Change c) -> c.kind() == Change.Kind.LISTED).thenComparing(c -> c.hearing().when().firstDay()));
        return new Outcome(changes, said, unchanged);
    }
}
