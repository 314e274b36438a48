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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.account.Invitations;
import uk.waymark.account.Links;
import uk.waymark.cases.CaseState.HeldText;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.CrimeReferences;
import uk.waymark.platform.PhoneNumbers;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;
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
    private final Invitations invitations;
    private final Links links;
    private final Sealing sealing;
    private final PhoneNumbers numbers;
    private final CaseClock clock;
    private final ApplicationEventPublisher<CaseChanged> changes;

    Cases(CaseStore store, PeopleStore people, CaseUrns urns, Announcements announcements, EventAges ages,
          FreeText freeText, WorkItems workItems, Invitations invitations, Links links, Sealing sealing, PhoneNumbers numbers, CaseClock clock,
          ApplicationEventPublisher<CaseChanged> changes) {
        this.store = store;
        this.people = people;
        this.urns = urns;
        this.announcements = announcements;
        this.ages = ages;
        this.freeText = freeText;
        this.workItems = workItems;
        this.invitations = invitations;
        this.links = links;
        this.sealing = sealing;
        this.numbers = numbers;
        this.clock = clock;
        this.changes = changes;
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
        List<Acceptance.Tell> tells = refold(c, force, locked, notifies, now);
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
        refold(c, force, locked, false, clock.instant());
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
        refold(c, force, locked, false, now);
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

    private List<Acceptance.Tell> refold(Connection c, UUID force, CaseStore.Locked locked, boolean fresh, Instant now) {
        UUID caseId = locked.id();
        CaseStore.History history = store.history(c, caseId);
        CaseState state = Fold.of(history.events(), history.decisions(), freeText);
        store.write(c, force, caseId, state, now);
        urns.write(c, force, caseId, state.facts().urns());
        takeBackNumbers(c, caseId, history.events());
        PeopleStore.Changes changed = people.write(c, force, caseId, state.people());
        if (changed.any() || state.facts().safety() != locked.safety()) {
            people.refreshSafety(c, caseId);
        }
        for (UUID person : changed.left()) {
            announcements.cancelFor(c, force, caseId, person);
            // without its crime_recorded the case is out of sight already; it may be on its way again under a new id
            if (state.recorded() && people.gone(c, person) && links.endFor(c, person, "person_removed")) {
                inviteInstead(c, force, person, state, changed);
            }
        }
        for (UUID person : changed.died()) {
            announcements.cancelAll(c, force, person, "deceased");
            links.endFor(c, person, "deceased");
        }
        var tells = new ArrayList<>(announcements.align(c, force, caseId, state, changed.ids(), tooOld(history.events(), now), now));
        state.heldTexts().forEach(t -> openTextItem(c, caseId, t, now));
        if (fresh && state.recorded() && state.onPhones()) {
            tells.addAll(invite(c, force, locked, state, changed));
        }
        return tells;
    }

    private boolean young(EventType type, Instant occurredAt, Instant now) {
        return occurredAt.isAfter(now.minus(ages.of(type)));
    }

    private Set<UUID> tooOld(List<Event> events, Instant now) {
        return events.stream().filter(e -> !young(e.type(), e.occurredAt(), now)).map(Event::id).collect(Collectors.toSet());
    }

    /** Whoever signed up under a record that was merged into another has to take up that one's invitation. */
    private void inviteInstead(Connection c, UUID force, UUID merged, CaseState state, PeopleStore.Changes changed) {
        state.people().forEach((key, part) -> {
            if (part.mergedInto() != null && merged.equals(changed.ids().get(key))) {
                invitations.onPersonAdded(c, force, changed.ids().get(part.mergedInto()));
            }
        });
    }

    /** Everyone who takes part and has no invitation yet: at once when the case comes to phones, else those who joined. */
    private List<Acceptance.Tell> invite(Connection c, UUID force, CaseStore.Locked locked, CaseState state,
                                         PeopleStore.Changes changed) {
        boolean opened = !locked.recorded() || !locked.onPhones();
        var tells = new ArrayList<Acceptance.Tell>();
        state.people().forEach((key, part) -> {
            UUID person = changed.ids().get(key);
            if (!part.removed() && !part.facts().deceased() && part.mergedInto() == null
                    && (opened || changed.joined().contains(person))) {
                invitations.onPersonAdded(c, force, person).ifPresent(invitation -> tells.add(
                    new Acceptance.Tell(person, key.sourcePersonId(), Acceptance.INVITATION, invitation)));
            }
        });
        return tells;
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
