package uk.waymark.cases;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.cases.CaseState.Hearing;
import uk.waymark.cases.CaseState.PersonKey;

/**
 * The court dates of a case, as several sources tell of them. What two sources say of one UK day at a court that may be the
 * same is one hearing: it stands on the timeline once and is told once. A court list is the weakest source: a hearing with an
 * id of its own absorbs what a list said, and a list that falls silent takes back only what lists alone had said.
 *
 * <p>Events come in the order of the fold, so the outcome is the same whatever their order of arrival.
 */
final class Hearings {
    private final Map<String, Group> bySubject = new HashMap<>();
    private final List<Group> groups = new ArrayList<>();
    private final Map<UUID, Hearing> said = new HashMap<>();
    private final Map<UUID, Set<PersonKey>> needed = new HashMap<>();
    private final Map<UUID, Set<PersonKey>> called = new HashMap<>();
    private final Set<UUID> hidden = new HashSet<>();

    /** One hearing. */
    private static final class Group {
        /** Sources that say it stands. */
        private final Set<String> standing = new TreeSet<>();
        private Hearing now;
        private Set<PersonKey> needed = Set.of();
        private boolean vacated;
        private String lastSource;
        /** The event that carries the hearing as it is now: what is shown and told. */
        private Event carrier;
        /** Others that said the same: whoever was told by one of them need not be told again. */
        private final List<Event> alternates = new ArrayList<>();

        boolean listsOnly() {
            return standing.stream().allMatch(Sources.COURT_LISTS::equals);
        }
    }

    /** @param e an event of the hearing line that stands, in the order of the fold */
    void takeIn(Event e) {
        String subject = e.subject().orElse("");
        Group group = bySubject.get(subject);
        if (group == null) {
            group = groupFor(e);
            bySubject.put(subject, group);
        }
        if (e.type() == EventType.HEARING_VACATED) {
            vacate(group, e);
        } else {
            report(group, e);
        }
        group.lastSource = e.source();
        needed.put(e.id(), group.needed);
    }

    private Group groupFor(Event e) {
        Hearing hearing = hearing(e);
        for (Group group : groups) {
            if (e.type() != EventType.HEARING_VACATED && !group.vacated && group.now != null
                    && HearingDays.fit(group.now, hearing) && CourtNames.fit(group.now.court(), hearing.court())
                    && (!group.standing.contains(e.source()) || refines(e, hearing, group.now))) {
                return group;
            }
        }
        var group = new Group();
        groups.add(group);
        return group;
    }

    /** A firm list gives the day where a warned list gave the week. Elsewhere one source's two hearings are two. */
    private static boolean refines(Event e, Hearing hearing, Hearing known) {
        return !strong(e) && known.weekCommencing() != null && hearing.weekCommencing() == null;
    }

    private void report(Group group, Event e) {
        Hearing before = group.now;
        boolean again = group.vacated;
        call(group, e);
        boolean ofAnother = before != null && !again && !e.source().equals(group.lastSource);
        boolean mayBeVague = strong(e) && group.standing.contains(e.source());
        group.vacated = false;
        group.standing.add(e.source());
        group.now = merged(before, hearing(e), mayBeVague, group.listsOnly(), strong(e)).listedOnly(group.listsOnly());
        said.put(e.id(), group.now);
        boolean same = before != null && !again && HearingDays.same(before, group.now)
            && CourtNames.fit(before.court(), group.now.court());
        if (!same || group.carrier == null || !ofAnother && !quiet(e)) {
            group.carrier = e;
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

    /** Who has to be there: as the last event that named anyone says. A list names nobody, and excuses nobody. */
    private void call(Group group, Event e) {
        if (e.data().has("required")) {
            Set<PersonKey> named = named(e);
            var before = group.needed;
            group.needed = named;
            called.put(e.id(), named.stream().filter(p -> !before.contains(p)).collect(Collectors.toSet()));
        }
    }

    static Set<PersonKey> named(Event e) {
        var named = new HashSet<PersonKey>();
        e.data().path("required").forEach(n -> named.add(new PersonKey(e.source(), n.asText())));
        return named;
    }

    private void vacate(Group group, Event e) {
        boolean othersStand = !strong(e) && !group.listsOnly();
        group.standing.remove(e.source());
        if (othersStand || group.vacated && !e.source().equals(group.lastSource)) {
            hidden.add(e.id());
            return;
        }
        said.put(e.id(), group.now == null ? hearing(e) : group.now.asAt(hearing(e).asAt()));
        group.standing.clear();
        group.vacated = true;
        group.carrier = e;
        group.alternates.clear();
    }

    /** Whether this event is what is told of its hearing now. */
    boolean carries(Event e) {
        Group group = bySubject.get(e.subject().orElse(""));
        return group != null && group.carrier == e;
    }

    /** Whether this event says through another source what is told of its hearing now. */
    boolean isAlternate(Event e) {
        Group group = bySubject.get(e.subject().orElse(""));
        return group != null && group.alternates.contains(e);
    }

    /** Events that say the same as this one, which is what is told, through other sources. */
    List<Event> alternates(Event e) {
        return carries(e) ? bySubject.get(e.subject().orElse("")).alternates : List.of();
    }

    /** Whether the person has to be there, as far as this event and those before it say. */
    boolean needs(Event e, PersonKey person) {
        return needed.getOrDefault(e.id(), Set.of()).contains(person);
    }

    /** Whether this event is the first to say that the person has to be there. */
    boolean calls(Event e, PersonKey person) {
        return called.getOrDefault(e.id(), Set.of()).contains(person);
    }

    /** Said through another source already: not shown again. */
    boolean hidden(Event e) {
        return hidden.contains(e.id());
    }

    /** The hearing as it stood after this event; null where nothing is known of it. */
    Hearing said(Event e) {
        return said.get(e.id());
    }

    private static boolean strong(Event e) {
        return !Sources.COURT_LISTS.equals(e.source());
    }

    static boolean quiet(Event e) {
        return !e.data().path("notify").asBoolean(true);
    }

    private static Hearing hearing(Event e) {
        return new Hearing(e.text("starts_at").orElse(null), e.text("starts_on").orElse(null), e.text("week_commencing").orElse(null),
            e.data().path("court").path("name").asText(null), e.data().path("court").path("room").asText(null),
            e.text("kind").map(k -> HearingKind.of(k).wireName()).orElse(null),
            e.text("received_at").orElse(e.occurredAt().toString()), null, null);
    }

    /** A change may name only what changed; who knows less takes nothing away from what was known. */
    private static Hearing merged(Hearing before, Hearing now, boolean mayBeVague, boolean listsOnly,
                                  boolean strong) {
        if (before == null) {
            return now;
        }
        boolean vaguer = HearingDays.vaguer(now, before) && !(mayBeVague && (now.startsOn() != null || now.weekCommencing() != null));
        boolean sameCourt = now.court() == null || !strong && CourtNames.fit(before.court(), now.court()) && before.court() != null;
        boolean sameKind = now.kind() == null || !strong && !listsOnly && before.kind() != null;
        return new Hearing(vaguer ? before.startsAt() : now.startsAt(), vaguer ? before.startsOn() : now.startsOn(),
            vaguer ? before.weekCommencing() : now.weekCommencing(), sameCourt ? before.court() : now.court(),
            now.room() != null || !vaguer ? now.room() : before.room(), sameKind ? before.kind() : now.kind(), now.asAt(), null, null);
    }
}
