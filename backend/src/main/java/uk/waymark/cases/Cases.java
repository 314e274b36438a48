package uk.waymark.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.waymark.account.Links;
import uk.waymark.cases.CaseState.HeldText;
import uk.waymark.cases.CaseState.Telling;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.CrimeReferences;
import uk.waymark.platform.PhoneNumbers;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * Takes in canonical events. Everything that follows from one (state, timeline, people, messages, work for staff) is in
 * the caller's transaction.
 */
@Singleton
public final class Cases {
    /** Held text waits for staff; half a working day is what a victim should at most wait for words. */
    private static final Duration TEXT_DUE = Duration.ofHours(4);

    private final CaseStore store;
    private final PeopleStore people;
    private final CaseUrns urns;
    private final Announcements announcements;
    private final EventAges ages;
    private final FreeText freeText;
    private final WorkItems workItems;
    private final InPersonStore inPerson;
    private final Invitees invitees;
    private final Leaving leaving;
    private final Links links;
    private final WorkingDays days;
    private final Sealing sealing;
    private final PhoneNumbers numbers;
    private final CaseClock clock;
    private final ApplicationEventPublisher<CaseChanged> changes;
    private final ApplicationEventPublisher<CourtDates> courtDates;

    Cases(CaseStore store, PeopleStore people, CaseUrns urns, Announcements announcements, EventAges ages,
          FreeText freeText, WorkItems workItems, InPersonStore inPerson, Invitees invitees, Leaving leaving, Links links,
          WorkingDays days, Sealing sealing, PhoneNumbers numbers, CaseClock clock, ApplicationEventPublisher<CaseChanged> changes,
          ApplicationEventPublisher<CourtDates> courtDates) {
        this.store = store;
        this.people = people;
        this.urns = urns;
        this.announcements = announcements;
        this.ages = ages;
        this.freeText = freeText;
        this.workItems = workItems;
        this.inPerson = inPerson;
        this.invitees = invitees;
        this.leaving = leaving;
        this.links = links;
        this.days = days;
        this.sealing = sealing;
        this.numbers = numbers;
        this.clock = clock;
        this.changes = changes;
        this.courtDates = courtDates;
    }

    /** Identity is (force, source, source event id); a lock on the case puts its events in a row. */
    public Acceptance accept(Connection c, UUID force, NewEvent e) {
        Instant now = clock.instant();
        // before asking whether it was seen: who waits here sees what the other transaction brought in
        CaseStore.Locked locked = store.lock(c, force, e.crimeReference(), now);
        String content = content(e);
        Optional<CaseStore.Seen> seen = store.seen(c, force, e.source(), e.sourceEventId());
        if (seen.isPresent()) {
            return again(c, force, e, seen.get(), content, now);
        }
        if (takesBackAnotherCase(c, force, e, locked)) {
            return new Acceptance.OtherCase();
        }
        boolean notifies = !e.backfill() && !e.replay() && young(e.type(), e.occurredAt(), now);
        NewEvent kept = withoutNumbers(e);
        UUID id = store.insert(c, force, locked.id(), kept, notifies, sealing.lookupKey("event", content), now);
        keepSuspectNumbers(c, force, locked.id(), id, e);
        When when = notifies ? When.NOW : e.backfill() || e.replay() ? When.BEFORE : When.LATE;
        List<Acceptance.Tell> tells = refold(c, force, locked, when, now);
        changes.publishEvent(new CaseChanged(c, force, locked.id(), id, e.type(), e.occurredAt(), now, notifies));
        return new Acceptance.Accepted(locked.id(), tells);
    }

    /** Cases that these URNs stand for; one may stand for several. @param urnKeys as {@link uk.waymark.platform.Urns#key} has them */
    public List<CaseOfUrn> ofUrns(Connection c, Collection<String> urnKeys) {
        return urns.of(c, urnKeys);
    }

    /** Holds the case's row until the transaction ends: nothing else happens to it meanwhile. @return its crime reference */
    public String hold(Connection c, UUID caseId) {
        return store.reference(c, store.lock(c, caseId).id());
    }

    /**
     * The URNs of a force by key, as the force wrote them; one that several cases have comes once.
     *
     * @param after the key of the last one of the page before; empty for the first page
     */
    public List<String> urns(Connection c, String after, int most) {
        return urns.page(c, after, most);
    }

    private boolean takesBackAnotherCase(Connection c, UUID force, NewEvent e, CaseStore.Locked locked) {
        return e.type() == EventType.EVENT_RETRACTED && e.text("source_event_id")
            .flatMap(target -> store.seen(c, force, e.source(), target))
            .filter(target -> !target.caseId().equals(locked.id())).isPresent();
    }

    /** Staff decided about a held text: the case is folded again with their word. */
    void decideText(Connection c, UUID force, UUID eventId, boolean show, String by) {
        UUID caseId = Sql.one(c, "select case_id from waymark.case_event where id = ?", r -> Sql.uuid(r, "case_id"), eventId)
            .orElseThrow(uk.waymark.platform.ProblemException::notFound);
        CaseStore.Locked locked = store.lock(c, caseId);
        Sql.run(c, """
            insert into waymark.text_decision (event_id, force_id, show, decided_by, decided_at) values (?, ?, ?, ?, ?)
            on conflict (event_id) do update set show = excluded.show, decided_by = excluded.decided_by,
                                                 decided_at = excluded.decided_at""",
            eventId, force, show, by, clock.instant());
        refold(c, force, locked, When.BEFORE, clock.instant());
    }

    /** Staff decided that people are told of what its source wanted kept quiet. */
    void tellAfterAll(Connection c, UUID force, UUID caseId, UUID event, String by) {
        CaseStore.Locked locked = store.lock(c, caseId);
        CaseStore.History history = store.history(c, caseId);
        CaseState before = Fold.of(history.events(), history.staff(), clock.instant().atZone(HearingDays.LONDON).toLocalDate(), freeText);
        // the decision is about the date as it stands: about the move as well that was quiet before somebody was quietly called to it
        Stream.concat(Stream.of(event), before.dated().stream().filter(d -> event.equals(d.event())).map(CaseState.Dated::quietToo)
            .filter(Objects::nonNull)).forEach(quiet -> Sql.run(c, """
            insert into waymark.notify_decision (event_id, force_id, case_id, decided_by, decided_at) values (?, ?, ?, ?, ?)
            on conflict (event_id) do nothing""", quiet, force, caseId, by, clock.instant()));
        refold(c, force, locked, When.NOW, clock.instant());
    }

    /**
     * Staff have told somebody in person: they see it from now on, and no message follows.
     *
     * @param events null for all that had come in by then
     * @param at when they were told
     * @throws uk.waymark.platform.ProblemException 404 for who takes no part in the case
     */
    void toldInPerson(Connection c, UUID force, UUID caseId, UUID person, Set<UUID> events, Instant at, String by) {
        CaseStore.Locked locked = store.lock(c, caseId);
        inPerson.told(c, force, caseId, person, events, at, by);
        refold(c, force, locked, When.BEFORE, clock.instant());
    }

    /** Looks at a case again because a day has passed: somebody in it may be 18. */
    void review(Connection c, UUID force, UUID caseId) {
        refold(c, force, store.lock(c, caseId), When.NOW, clock.instant());
    }

    /** Folds a case again that an older version has folded: what follows for the first time is history, and told to nobody. */
    void foldAnew(Connection c, UUID force, UUID caseId) {
        refold(c, force, store.lock(c, caseId), When.BEFORE, clock.instant());
    }

    /** The same identity again: a duplicate, news that people were told in person, or something else under an old name. */
    private Acceptance again(Connection c, UUID force, NewEvent e, CaseStore.Seen seen, String content, Instant now) {
        boolean same = false;
        for (byte[] key : sealing.keys("event", content)) {
            same |= java.security.MessageDigest.isEqual(key, seen.mac());
        }
        if (!same) {
            return new Acceptance.ChangedContent();
        }
        CaseStore.Locked locked = store.lock(c, seen.caseId());
        renew(c, force, e, seen, content);
        if (!e.informed().isObject() || known(seen.payload().path("informed_in_person"), e.informed())) {
            return new Acceptance.Duplicate(seen.caseId());
        }
        store.informed(c, seen, e.informed());
        refold(c, force, locked, When.BEFORE, now);
        return new Acceptance.Accepted(seen.caseId(), List.of());
    }

    /** Of a suspect's numbers only hashes are kept: said once more after a look-up key was replaced, they come under the new one. */
    private void renew(Connection c, UUID force, NewEvent e, CaseStore.Seen seen, String content) {
        Sealing.LookupKey key = sealing.lookupKey("event", content);
        if (java.security.MessageDigest.isEqual(key.value(), seen.mac())) {
            return;
        }
        Sql.run(c, "update waymark.case_event set content_mac = ?, content_mac_version = ? where id = ?", key.value(), key.version(),
            seen.eventId());
        if (e.type() == EventType.SUSPECT_CONTACTS) {
            boolean takenBack = Sql.one(c, "select bool_and(taken_back) from waymark.suspect_number where event_id = ?",
                r -> r.getBoolean(1), seen.eventId()).orElse(false);
            Sql.run(c, "delete from waymark.suspect_number where event_id = ?", seen.eventId());
            keepSuspectNumbers(c, force, seen.caseId(), seen.eventId(), e);
            Sql.run(c, "update waymark.suspect_number set taken_back = ? where event_id = ?", takenBack, seen.eventId());
        }
    }

    private static boolean known(JsonNode all, JsonNode informed) {
        for (JsonNode one : all) {
            if (one.equals(informed)) {
                return true;
            }
        }
        return false;
    }

    /** Whether people may be invited by what has happened: it is of now, of the past on purpose, or came too late. */
    private enum When { NOW, BEFORE, LATE }

    private List<Acceptance.Tell> refold(Connection c, UUID force, CaseStore.Locked locked, When when, Instant now) {
        UUID caseId = locked.id();
        CaseStore.History history = store.history(c, caseId);
        CaseState state = Fold.of(history.events(), history.staff(), now.atZone(HearingDays.LONDON).toLocalDate(), freeText);
        store.write(c, force, caseId, state, now);
        urns.write(c, force, caseId, state.facts().urns());
        takeBackNumbers(c, caseId, history.events());
        PeopleStore.Changes changed = people.write(c, force, caseId, state.people());
        store.writeTimeline(c, force, caseId, state, changed.ids());
        if (changed.anyOwn() || !state.own().isEmpty()) {
            inPerson.writeOwn(c, caseId, state.own(), changed.ids());
        }
        if (changed.any() || state.facts().safety() != locked.safety()) {
            people.refreshSafety(c, caseId);
        }
        // before anything is told: what is said of a court date is said by its row
        if (history.events().stream().anyMatch(e -> e.type().line() == EventType.Line.HEARING)) {
            courtDates.publishEvent(CourtDates.of(c, force, caseId, state, changed.ids(), when == When.NOW, now));
        }
        for (UUID person : changed.left()) {
            announcements.cancelFor(c, force, caseId, person);
            // without its crime_recorded the case is out of sight already; it may be on its way again under a new id
            if (state.recorded()) {
                leaving.leaves(c, force, person, state, changed, people.gone(c, person));
            }
        }
        for (UUID person : changed.died()) {
            announcements.cancelAll(c, force, person, "deceased");
            links.endFor(c, person, "deceased");
        }
        var untold = new ArrayList<Telling>();
        var tells = new ArrayList<>(announcements.align(c, force, caseId, state, changed.ids(), tooOld(history.events(), now),
            when == When.NOW, now, untold::add));
        if (state.gated() || locked.gated()) {
            tells.addAll(inPerson.align(c, force, caseId, state, untold, changed.ids(), now));
        }
        state.heldTexts().forEach(t -> openTextItem(c, caseId, t, now));
        state.unclear().forEach(u -> workItems.open(c, new NewWorkItem("whose_measures", "whose:" + u.event(), caseId, null, u.event(),
            "not_said", "The court decided about help for giving evidence, and nobody said for whom. Nobody is shown it. "
                + "Tell whom it concerns, or have it taken back and sent again with for_people.", days.after(now, 1))));
        if (state.recorded() && state.onPhones()) {
            tells.addAll(invitees.invite(c, force, locked, state, changed, when == When.NOW, when == When.LATE));
        }
        return tells;
    }

    private boolean young(EventType type, Instant occurredAt, Instant now) {
        return occurredAt.isAfter(now.minus(ages.of(type)));
    }

    private Set<UUID> tooOld(List<Event> events, Instant now) {
        return events.stream().filter(e -> !young(e.type(), e.occurredAt(), now)).map(Event::id).collect(Collectors.toSet());
    }

    private void openTextItem(Connection c, UUID caseId, HeldText text, Instant now) {
        workItems.open(c, new NewWorkItem("text_held", "text:" + text.event(), caseId, null, text.event(),
            "free_text", text.reasons(), now.plus(TEXT_DUE)));
    }

    /** Numbers held for a suspect stay as keyed hashes only. */
    private void keepSuspectNumbers(Connection c, UUID force, UUID caseId, UUID event, NewEvent e) {
        if (e.type() != EventType.SUSPECT_CONTACTS) {
            return;
        }
        e.data().path("numbers").forEach(n -> numbers.parse(n.asText()).ifPresent(number -> {
            Sealing.LookupKey key = sealing.lookupKey("mobile", number);
            Sql.run(c, """
                insert into waymark.suspect_number (event_id, number_key, force_id, case_id, number_key_version)
                values (?, ?, ?, ?, ?) on conflict do nothing""", event, key.value(), force, caseId, key.version());
        }));
    }

    private static void takeBackNumbers(Connection c, UUID caseId, List<Event> events) {
        if (events.stream().noneMatch(e -> e.type() == EventType.SUSPECT_CONTACTS)) {
            return;
        }
        UUID[] retracted = Retractions.of(events).toArray(UUID[]::new);
        Sql.run(c, """
            update waymark.suspect_number set taken_back = (event_id = any(?::uuid[]))
             where case_id = ? and taken_back <> (event_id = any(?::uuid[]))""", retracted, caseId, retracted);
    }

    private static NewEvent withoutNumbers(NewEvent e) {
        if (e.type() != EventType.SUSPECT_CONTACTS) {
            return e;
        }
        var data = CaseJson.MAPPER.createObjectNode();
        e.text("suspect_ref").ifPresent(ref -> data.put("suspect_ref", ref));
        return new NewEvent(e.source(), e.sourceEventId(), e.occurredAt(), e.crimeReference(), e.type(), e.schemaVersion(),
            e.backfill(), e.replay(), data, e.informed());
    }

    private static String content(NewEvent e) {
        return EventContent.of(e.occurredAt(), CrimeReferences.key(e.crimeReference()), e.type().wireName(), e.schemaVersion(), e.data());
    }
}
