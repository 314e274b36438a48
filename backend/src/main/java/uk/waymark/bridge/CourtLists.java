package uk.waymark.bridge;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.cases.Cases;
import uk.waymark.feeds.Feeds;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Sources;
import uk.waymark.platform.Sql;

/**
 * Takes court lists in. First the edition is noted, under a lock on its list; then each case that it concerns is
 * brought in line with it in a transaction of its own, which asks again whether the edition still is the newest: two at
 * once end as the later one. Whoever is interrupted half-way sends the same list again.
 */
@Singleton
final class CourtLists {
    private final CourtListReader reader;
    private final CourtListStore store;
    private final CourtListChanges changes;
    private final Cases cases;
    private final Audit audit;
    private final ActingAs acting;
    private final Feeds feeds;

    CourtLists(CourtListReader reader, CourtListStore store, CourtListChanges changes, Cases cases, Audit audit,
               ActingAs acting, Feeds feeds) {
        this.reader = reader;
        this.store = store;
        this.changes = changes;
        this.cases = cases;
        this.audit = audit;
        this.acting = acting;
        this.feeds = feeds;
    }

    /** The answer: counts only. Nulls are left out. */
    record Result(String format, String court, OffsetDateTime publishedAt, int hearings, int notPlaced, int unknownUrns,
                  boolean superseded, int cases, int listed, int changed, int vacated, int unchanged, List<OfForce> forces,
                  List<ListingEvent.NotTaken> notTaken) { }

    /** @param force its code */
    record OfForce(String force, int cases, int listed, int changed, int vacated, int unchanged) { }

    private record Force(UUID id, String code) { }

    /** @param cases by id, the URNs by which it is on the list; none where an earlier edition had it */
    private record Begun(Map<CourtListStore.Noted, Edition.Part> lists, Set<UUID> sameDocument, Map<UUID, Set<String>> cases,
                         int knownUrns, boolean superseded) { }

    private record Done(int knownUrns, boolean superseded, int cases, CourtListChanges.Counts counts) { }

    /** For the caller's own force. */
    Result take(Caller.System caller, byte[] body) {
        Edition edition = reader.read(body);
        Done done = take(caller, edition);
        return result(edition, done.knownUrns(), done.superseded(), done.cases(), done.counts(), null);
    }

    /** For every force that has any of the cases, one after the other. */
    Result take(Caller.NationalSystem caller, byte[] body) {
        Edition edition = reader.read(body);
        String[] urns = urns(edition).toArray(String[]::new);
        String[] keys = edition.parts().stream().map(Edition.Part::key).toArray(String[]::new);
        int known = acting.as(caller, (Connection c) -> Sql.one(c, "select waymark.gate_known_urns(?::text[]) as known",
            r -> r.getInt("known"), (Object) urns).orElse(0));
        List<Force> forces = acting.as(caller, (Connection c) -> Sql.list(c,
            "select force_id, code from waymark.gate_forces_of_list(?::text[], ?::text[])",
            r -> new Force(Sql.uuid(r, "force_id"), r.getString("code")), urns, keys));
        var ofForces = new ArrayList<OfForce>();
        var sum = CourtListChanges.Counts.NONE;
        int caseCount = 0;
        boolean superseded = !forces.isEmpty();
        for (Force force : forces) {
            Done done = take(new Caller.System(force.id(), "national:" + caller.client()), edition);
            CourtListChanges.Counts n = done.counts();
            ofForces.add(new OfForce(force.code(), done.cases(), n.listed(), n.changed(), n.vacated(), n.unchanged()));
            sum = sum.and(n);
            caseCount += done.cases();
            superseded &= done.superseded();
        }
        return result(edition, known, superseded, caseCount, sum, ofForces);
    }

    private static Result result(Edition e, int knownUrns, boolean superseded, int cases, CourtListChanges.Counts n,
                                 List<OfForce> forces) {
        long days = e.parts().stream().flatMap(p -> p.listings().stream())
            .map(l -> l.urnKey() + '|' + l.when().on() + '|' + l.when().weekOf() + '|' + l.court()).distinct().count();
        return new Result(e.format(), e.court(), e.publishedAt().atOffset(ZoneOffset.UTC), (int) days, e.notPlaced(),
            urns(e).size() - knownUrns, superseded, cases, n.listed(), n.changed(), n.vacated(), n.unchanged(), forces,
            e.notTaken().isEmpty() ? null : e.notTaken());
    }

    private static Set<String> urns(Edition edition) {
        return edition.parts().stream().flatMap(p -> p.listings().stream()).map(Listing::urnKey)
            .collect(Collectors.toCollection(TreeSet::new));
    }

    private Done take(Caller.System caller, Edition edition) {
        Begun begun = EventIntake.retrying(() -> acting.as(caller, (Connection c) -> begin(c, caller, edition)));
        var counts = CourtListChanges.Counts.NONE;
        for (var one : begun.cases().entrySet()) {
            counts = counts.and(EventIntake.retrying(() -> acting.as(caller, (Connection c) ->
                takeCase(c, caller.force(), edition, begun, one.getKey(), one.getValue()))));
        }
        feeds.heard(caller, Sources.COURT_LISTS);
        long onList = begun.cases().values().stream().filter(urns -> !urns.isEmpty()).count();
        return new Done(begun.knownUrns(), begun.superseded(), (int) onList, counts);
    }

    private Begun begin(Connection c, Caller.System caller, Edition edition) {
        String document = sha256(edition.format() + '|' + ListedCourts.key(edition.court()) + '|' + edition.documentId());
        var lists = new LinkedHashMap<CourtListStore.Noted, Edition.Part>();
        // in one order, so that two documents that share lists queue up
        edition.parts().stream().sorted(Comparator.comparing(Edition.Part::key)).forEach(part ->
            store.note(c, caller.force(), part.key(), document, edition.publishedAt())
                .ifPresent(noted -> lists.put(noted, part)));
        List<UUID> ids = lists.keySet().stream().map(CourtListStore.Noted::id).toList();
        List<UUID> same = store.sameDocument(c, caller.force(), document, edition.publishedAt(), ids);
        var byCase = new TreeMap<UUID, Set<String>>();
        store.casesOn(c, ids).forEach(id -> byCase.put(id, new TreeSet<>()));
        var known = new TreeSet<String>();
        cases.ofUrns(c, urns(edition)).forEach(found -> {
            known.add(found.urnKey());
            byCase.computeIfAbsent(found.caseId(), id -> new TreeSet<>()).add(found.urnKey());
        });
        audit.record(c, caller, "court_list_received", null, null);
        return new Begun(lists, Set.copyOf(same), byCase, known.size(), lists.isEmpty() && !edition.parts().isEmpty());
    }

    private CourtListChanges.Counts takeCase(Connection c, UUID force, Edition edition, Begun begun, UUID caseId,
                                             Set<String> urns) {
        String reference = cases.hold(c, caseId);
        var newest = begun.lists().entrySet().stream().filter(e -> store.stillNewest(c, e.getKey())).toList();
        if (newest.isEmpty()) {
            return CourtListChanges.Counts.NONE;
        }
        var now = new ArrayList<ListedHearing.Said>();
        newest.forEach(e -> e.getValue().listings().stream().filter(l -> urns.contains(l.urnKey())).forEach(l ->
            now.add(new ListedHearing.Said(e.getKey().id(), null, edition.publishedAt(), l))));
        Set<UUID> replaced = newest.stream().map(e -> e.getKey().id()).collect(Collectors.toSet());
        var of = new CourtListChanges.OfCase(force, caseId, reference, edition.publishedAt());
        return changes.apply(c, of, now, replaced, begun.sameDocument());
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
