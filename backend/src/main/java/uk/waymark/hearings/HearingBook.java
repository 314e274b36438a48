package uk.waymark.hearings;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.waymark.cases.CourtDates;
import uk.waymark.hearings.CourtHearing.State;
import uk.waymark.hearings.HearingStore.Part;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sources;

/**
 * Brings the rows of court dates in line with what the case says of them. A hearing keeps its id while one of its sources
 * calls it the same, so that answers and reminders stay with it when it moves or when a second source tells of it.
 */
@Singleton
final class HearingBook implements ApplicationEventListener<CourtDates> {
    /** How the names begin that rows of published lists have, see {@link CourtDates.Date#subjects}. */
    private static final String ROWS = "hearing|" + Sources.COURT_LISTS + '|';
    private final HearingStore store;
    private final MergedParts merged;
    private final KindsContradict kinds;
    private final Ids ids;
    private final ApplicationEventPublisher<HearingChanged> changes;

    HearingBook(HearingStore store, MergedParts merged, KindsContradict kinds, Ids ids, ApplicationEventPublisher<HearingChanged> changes) {
        this.store = store;
        this.merged = merged;
        this.kinds = kinds;
        this.ids = ids;
        this.changes = changes;
    }

    @Override
    public void onApplicationEvent(CourtDates dates) {
        Connection c = dates.connection();
        Map<UUID, CourtHearing> known = store.ofCase(c, dates.caseId());
        Map<String, UUID> subjects = store.subjects(c, dates.caseId());
        merged.people(c, dates.force(), dates.caseId(), dates.dates().stream()
            .flatMap(d -> Stream.concat(d.required().stream(), d.shownTo().stream())).collect(Collectors.toSet()));
        Map<UUID, Map<UUID, Part>> parts = new HashMap<>();
        store.parts(c, dates.caseId()).forEach(p -> parts.computeIfAbsent(p.hearing(), h -> new HashMap<>()).put(p.person(), p));

        Map<UUID, CourtDates.Date> standing = identified(dates, subjects);
        Map<String, UUID> renamed = new HashMap<>(subjects);
        standing.forEach((id, date) -> date.subjects().forEach(s -> renamed.put(s, id)));
        standing.forEach((id, date) -> align(dates, date, id, known.get(id), parts.getOrDefault(id, Map.of())));
        renamed.forEach((subject, id) -> {
            if (!id.equals(subjects.get(subject))) {
                store.name(c, dates.force(), dates.caseId(), subject, id);
            }
        });
        known.forEach((id, hearing) -> {
            if (!standing.containsKey(id) && hearing.state() != State.GONE) {
                UUID into = subjects.entrySet().stream().filter(s -> s.getValue().equals(id)).map(s -> renamed.get(s.getKey()))
                    .filter(other -> !other.equals(id)).findFirst().orElse(null);
                goes(dates, hearing, into, parts.getOrDefault(id, Map.of()));
            }
        });
    }

    /**
     * The oldest id that any of its sources' names had; where two dates share a past, the first has it. A row that goes over to another
     * date takes nothing along that is still the first one's by a name that is no row's.
     */
    private Map<UUID, CourtDates.Date> identified(CourtDates dates, Map<String, UUID> subjects) {
        var standing = new LinkedHashMap<UUID, CourtDates.Date>();
        for (CourtDates.Date date : dates.dates()) {
            Set<UUID> ofOthers = dates.dates().stream().filter(d -> d != date).flatMap(d -> d.subjects().stream())
                .filter(s -> !s.startsWith(ROWS)).map(subjects::get).filter(Objects::nonNull).collect(Collectors.toSet());
            UUID id = date.subjects().stream().filter(s -> !s.startsWith(ROWS) || !ofOthers.contains(subjects.get(s))).map(subjects::get)
                .filter(Objects::nonNull).filter(known -> !standing.containsKey(known)).min(UUID::compareTo).orElseGet(ids::next);
            standing.put(id, date);
        }
        return standing;
    }

    private void align(CourtDates dates, CourtDates.Date date, UUID id, CourtHearing before, Map<UUID, Part> parts) {
        CourtHearing said = row(dates, date, id, before);
        boolean moved = before == null || moved(before, said);
        CourtHearing now = moved ? at(said, before == null ? 1 : before.version() + 1, dates.now()) : said;
        if (!now.equals(before)) {
            store.write(dates.connection(), dates.force(), now, dates.now());
        }
        kinds.look(dates.connection(), now, date.differing(), dates.now());
        Set<UUID> called = new HashSet<>();
        Set<UUID> dewarned = new HashSet<>();
        boolean shownOtherwise = parts(dates, id, date.required(), date.shownTo(), parts, called, dewarned);
        boolean namedOtherwise = before != null && (!Objects.equals(before.court(), now.court()) || !Objects.equals(before.ouCode(), now.ouCode()));
        if (moved || namedOtherwise || shownOtherwise || now.onPhones() != before.onPhones() || now.quiet() != before.quiet() || !called.isEmpty() || !dewarned.isEmpty()) {
            publish(dates, before, now, null, called, dewarned);
        }
    }

    /** What was said of it was taken back: nobody has to be there. */
    private void goes(CourtDates dates, CourtHearing before, UUID into, Map<UUID, Part> parts) {
        CourtHearing now = at(in(before, State.GONE), before.version() + 1, dates.now());
        store.write(dates.connection(), dates.force(), now, dates.now());
        kinds.look(dates.connection(), now, null, dates.now());
        Set<UUID> dewarned = new HashSet<>();
        parts(dates, before.id(), Set.of(), Set.of(), parts, new HashSet<>(), dewarned);
        publish(dates, before, now, into, Set.of(), dewarned);
    }

    /** @return whether somebody may know of it now who might not, or the other way round */
    private boolean parts(CourtDates dates, UUID id, Set<UUID> required, Set<UUID> shown, Map<UUID, Part> parts, Set<UUID> called,
                          Set<UUID> dewarned) {
        var all = new HashSet<>(parts.keySet());
        all.addAll(required);
        all.addAll(shown);
        boolean shownOtherwise = false;
        for (UUID person : all.stream().sorted().toList()) {
            Part before = parts.get(person);
            var now = new Part(id, person, required.contains(person), shown.contains(person));
            if (!now.equals(before)) {
                store.part(dates.connection(), dates.force(), dates.caseId(), before, now, dates.now());
                shownOtherwise |= before == null || before.shown() != now.shown();
            }
            boolean was = before != null && before.required();
            if (now.required() && !was) {
                called.add(person);
            } else if (was && !now.required()) {
                dewarned.add(person);
            }
        }
        return shownOtherwise;
    }

    private void publish(CourtDates dates, CourtHearing before, CourtHearing now, UUID into, Set<UUID> called, Set<UUID> dewarned) {
        changes.publishEvent(new HearingChanged(dates.connection(), dates.force(), before, now, into,
            called.stream().collect(Collectors.toUnmodifiableSet()), dewarned.stream().collect(Collectors.toUnmodifiableSet()),
            dates.news(), dates.now()));
    }

    private static CourtHearing row(CourtDates dates, CourtDates.Date d, UUID id, CourtHearing before) {
        return new CourtHearing(id, dates.caseId(), dates.unit(), d.startsAt(), d.on(), d.weekOf(), d.court(), d.ouCode(), d.address(),
            d.room(), d.kind(), d.vacated() ? State.VACATED : State.LISTED, d.listOnly(), d.quiet(), dates.onPhones(), d.event(),
            d.saidAt(), before == null ? dates.now() : before.takenInAt(), before == null ? 1 : before.version());
    }

    /**
     * Whether it is another date than the one that people were told of: when, where, what for, or whether at all. A court that another
     * source spells otherwise is the same one, and no message names a room: what was told and answered stands.
     */
    static boolean moved(CourtHearing before, CourtHearing now) {
        return QuietChanges.isAnother(before, now);
    }

    private static CourtHearing at(CourtHearing h, int version, Instant now) {
        return new CourtHearing(h.id(), h.caseId(), h.unit(), h.startsAt(), h.on(), h.weekOf(), h.court(), h.ouCode(), h.address(),
            h.room(), h.kind(), h.state(), h.listOnly(), h.quiet(), h.onPhones(), h.event(), h.saidAt(), now, version);
    }

    private static CourtHearing in(CourtHearing h, State state) {
        return new CourtHearing(h.id(), h.caseId(), h.unit(), h.startsAt(), h.on(), h.weekOf(), h.court(), h.ouCode(), h.address(),
            h.room(), h.kind(), state, h.listOnly(), h.quiet(), h.onPhones(), h.event(), h.saidAt(), h.takenInAt(), h.version());
    }
}
