package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.cases.CaseState.InPerson;
import uk.waymark.cases.CaseState.Own;
import uk.waymark.cases.CaseState.PersonKey;
import uk.waymark.cases.CaseState.Telling;
import uk.waymark.messaging.UrgentNews;
import uk.waymark.platform.DataFile;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * What an officer has to tell people in person, and what staff say that they have told. Each thing that waits is an item of
 * the work queue, which goes when it was told, taken back or is nobody's any more.
 */
@Singleton
final class InPersonStore {
    static final String ITEM = "tell_in_person";
    private static final String OWN = "participant.own_state:";
    private final WorkItems workItems;
    private final WorkingDays days;
    private final CaseWords words;
    private final Sealing sealing;
    private final UrgentNews urgent;
    private final int newsDays;
    private final Duration hearing;

    InPersonStore(WorkItems workItems, WorkingDays days, CaseWords words, Sealing sealing, UrgentNews urgent) {
        this.urgent = urgent;
        this.workItems = workItems;
        this.days = days;
        this.words = words;
        this.sealing = sealing;
        DataFile due = DataFile.of("/cases/in-person.properties");
        this.newsDays = due.number("news_working_days");
        this.hearing = due.duration("hearing");
    }

    private record Key(UUID event, UUID person) { }

    /** @param upTo when the last came in of what it stands for; null where it stands for one event */
    private record Wait(String reason, String detail, Instant due, Instant upTo) {
        Wait dueBy(Instant moment) {
            return upTo != null && moment != null && moment.isBefore(due) ? new Wait(reason, detail, moment, upTo) : this;
        }
    }

    private record Open(String item, boolean history, Instant upTo) {
        /** Whoever read the item has not read of what came in later. */
        boolean covers(Wait past) {
            return upTo != null && !past.upTo().isAfter(upTo);
        }
    }

    /**
     * Brings what waits in line with the case.
     *
     * @param untold what was to be sent when an officer took over
     * @return what has come to wait now
     */
    List<Acceptance.Tell> align(Connection c, UUID force, UUID caseId, CaseState state, List<Telling> untold,
                                Map<PersonKey, UUID> ids, Instant now) {
        Instant news = days.after(now, newsDays);
        var wanted = new HashMap<Key, Wait>();
        for (InPerson wait : state.recorded() ? state.inPerson() : List.<InPerson>of()) {
            UUID person = ids.get(wait.person());
            Instant due = wait.hearing() ? earlier(now.plus(hearing), news) : news;
            String what = wait.history() ? "What has happened in this case before, from the beginning, as far as it has come in by now"
                : words.headline("en", wait.kind(), wait.body());
            wanted.put(new Key(wait.event(), person), new Wait(wait.hearing() ? "court_date" : wait.history() ? "history" : "news",
                what + ". Tell them in person and complete this with told: until then they are shown and sent nothing of it.", due,
                wait.upTo()));
        }
        untold.forEach(t -> wanted.putIfAbsent(new Key(t.event(), ids.get(t.person())), new Wait("was_to_be_sent",
            "A text about this was on its way when the officer took over, and was stopped. Tell them in person and complete this "
                + "with told.", news, null)));
        withinTheHour(c, state, wanted, now);
        Map<Key, Open> open = open(c, caseId);
        var since = new HashMap<UUID, Instant>();
        open.entrySet().removeIf(one -> {
            if (stays(c, one.getKey(), one.getValue(), wanted)) {
                return false;
            }
            // what comes in late does not put off what has waited
            (one.getValue().history() ? workItems.dueAt(c, one.getValue().item()) : Optional.<Instant>empty())
                .ifPresent(due -> since.merge(one.getKey().person(), due, InPersonStore::earlier));
            end(c, one.getKey(), now);
            workItems.settle(c, one.getValue().item());
            return true;
        });
        Map<UUID, PersonKey> names = ids.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey, (a, b) -> b));
        var opened = new ArrayList<Acceptance.Tell>();
        wanted.forEach((key, wait) -> {
            boolean there = wait.upTo() == null ? open.containsKey(key) : open.entrySet().stream().anyMatch(o ->
                o.getKey().person().equals(key.person()) && o.getValue().history() && o.getValue().covers(wait));
            if (!there) {
                Key free = open.containsKey(key) ? new Key(lastIn(c, caseId, wait.upTo()), key.person()) : key;
                open(c, force, caseId, free, wait.dueBy(since.get(key.person())), now);
                opened.add(new Acceptance.Tell(key.person(), names.get(key.person()).sourcePersonId(), Acceptance.IN_PERSON, free.event()));
            }
        });
        return opened;
    }

    /**
     * An item about the past that an officer has claimed stays as it was when it was read: they may be at the door. What came in
     * since is an item beside it.
     */
    private boolean stays(Connection c, Key key, Open open, Map<Key, Wait> wanted) {
        Wait same = wanted.get(key);
        if (!open.history() || same != null && same.upTo() == null) {
            return same != null;
        }
        Optional<Wait> past = wanted.keySet().stream().filter(k -> k.person().equals(key.person())).map(wanted::get)
            .filter(w -> w.upTo() != null).findFirst();
        return past.isPresent() && (workItems.claimed(c, open.item())
            || open.covers(past.get()) && (same != null || workItems.dueAt(c, open.item()).isPresent()));
    }

    private static UUID lastIn(Connection c, UUID caseId, Instant upTo) {
        return Sql.one(c, "select id from waymark.case_event where case_id = ? and not notifies and received_at <= ? "
            + "order by received_at desc, id desc limit 1", r -> Sql.uuid(r, "id"), caseId, upTo).orElseThrow();
    }

    /** Somebody in danger is told that somebody may be free before a working day is over, whoever has to tell it. */
    private void withinTheHour(Connection c, CaseState state, Map<Key, Wait> wanted, Instant now) {
        Set<UUID> flagged = flagged(c, state, wanted.keySet().stream().map(Key::person).distinct().toArray(UUID[]::new));
        Set<UUID> news = urgent.of(c, wanted.keySet().stream().filter(k -> flagged.contains(k.person())).map(Key::event).distinct().toList());
        wanted.replaceAll((key, wait) -> flagged.contains(key.person()) && news.contains(key.event())
            ? new Wait("urgent", "Within the hour, at any hour: somebody may be free, and there is a safety flag. " + wait.detail(),
                earlier(urgent.due(now), wait.due()), wait.upTo()) : wait);
    }

    private static Set<UUID> flagged(Connection c, CaseState state, UUID[] persons) {
        return state.facts().safety() ? Set.of(persons)
            : Set.copyOf(Sql.list(c, "select id from waymark.person where id = any(?) and safety", r -> Sql.uuid(r, "id"), (Object) persons));
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Map<Key, Open> open(Connection c, UUID caseId) {
        var open = new HashMap<Key, Open>();
        Sql.list(c, """
            select i.event_id, i.person_id, i.item_key, i.up_to, not e.notifies as history
              from waymark.in_person i join waymark.case_event e on e.id = i.event_id
             where i.case_id = ? and i.item_key is not null and i.ended_at is null""",
            r -> open.put(new Key(Sql.uuid(r, "event_id"), Sql.uuid(r, "person_id")),
                new Open(r.getString("item_key"), r.getBoolean("history"), Sql.instant(r, "up_to"))), caseId);
        return open;
    }

    private void open(Connection c, UUID force, UUID caseId, Key key, Wait wait, Instant now) {
        String item = "tell:" + key.event() + ':' + key.person() + ':' + now.toEpochMilli();
        Sql.run(c, """
            insert into waymark.in_person (event_id, person_id, force_id, case_id, item_key, up_to) values (?, ?, ?, ?, ?, ?)
            on conflict (event_id, person_id) do update set item_key = excluded.item_key, ended_at = null, up_to = excluded.up_to""",
            key.event(), key.person(), force, caseId, item, wait.upTo());
        workItems.open(c, new NewWorkItem(ITEM, item, caseId, key.person(), key.event(), wait.reason(), wait.detail(), wait.due()));
    }

    private static void end(Connection c, Key key, Instant now) {
        Sql.run(c, "update waymark.in_person set ended_at = ? where event_id = ? and person_id = ?", now, key.event(), key.person());
    }

    /**
     * @param events null for all that had come in by {@code at}
     * @param by who says so
     * @throws ProblemException 404 for who takes no part in the case, 422 for what is no event of it
     */
    void told(Connection c, UUID force, UUID caseId, UUID person, Set<UUID> events, Instant at, String by) {
        if (Sql.one(c, "select 1 from waymark.participant where case_id = ? and person_id = ? and not removed", r -> 1, caseId, person)
                .isEmpty()) {
            throw ProblemException.notFound();
        }
        List<UUID> told = new ArrayList<>(Sql.list(c, """
            select id from waymark.case_event
             where case_id = ? and case when ?::uuid[] is null then received_at <= ? else id = any (?::uuid[]) end""",
            r -> Sql.uuid(r, "id"), caseId, array(events), at, array(events)));
        if (events != null && told.size() < events.size()) {
            throw ProblemException.unprocessable("/entries", "One of these is no entry of this case. Read the case again.");
        }
        told.forEach(event -> Sql.run(c, """
            insert into waymark.in_person (event_id, person_id, force_id, case_id, told_at, told_by) values (?, ?, ?, ?, ?, ?)
            on conflict (event_id, person_id) do update
               set told_at = coalesce(in_person.told_at, excluded.told_at), told_by = coalesce(in_person.told_by, excluded.told_by)""",
            event, person, force, caseId, at, by));
    }

    private static UUID[] array(Set<UUID> events) {
        return events == null ? null : events.toArray(UUID[]::new);
    }

    private record Known(UUID person, String stage, byte[] state) { }

    /** Writes how the case stands for each who sees less of it than there is; what has not changed is left alone. */
    void writeOwn(Connection c, UUID caseId, Map<PersonKey, Own> own, Map<PersonKey, UUID> ids) {
        var wanted = new HashMap<UUID, Own>();
        own.forEach((key, one) -> wanted.put(ids.get(key), one));
        List<Known> known = Sql.list(c, """
            select person_id, own_stage, own_state from waymark.participant where case_id = ? and own_stage is not null""",
            r -> new Known(Sql.uuid(r, "person_id"), r.getString("own_stage"), r.getBytes("own_state")), caseId);
        for (Known row : known) {
            Own now = wanted.get(row.person());
            if (now == null) {
                Sql.run(c, "update waymark.participant set own_stage = null, own_state = null where case_id = ? and person_id = ?",
                    caseId, row.person());
            } else if (now.stage().equals(row.stage()) && CaseJson.write(now.facts()).equals(
                    sealing.openText(OWN + row.person(), caseId, row.state()))) {
                wanted.remove(row.person());
            }
        }
        wanted.forEach((person, one) -> Sql.run(c,
            "update waymark.participant set own_stage = ?, own_state = ? where case_id = ? and person_id = ?",
            one.stage(), sealing.sealText(OWN + person, caseId, CaseJson.write(one.facts())), caseId, person));
    }

    /** @param sealed {@code own_state} of the person in this case */
    CaseState.Facts own(UUID person, UUID caseId, byte[] sealed) {
        return CaseJson.read(sealing.openText(OWN + person, caseId, sealed), CaseState.Facts.class);
    }
}
