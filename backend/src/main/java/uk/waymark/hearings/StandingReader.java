package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.waymark.cases.HearingKind;
import uk.waymark.hearings.HearingTold.What;
import uk.waymark.hearings.PersonStanding.Facts;
import uk.waymark.notifications.MessageState;
import uk.waymark.notifications.Outbox;
import uk.waymark.notifications.Page;
import uk.waymark.platform.Sql;
import uk.waymark.staff.ItemsAbout;
import uk.waymark.staff.ItemsAbout.About;

/** Gathers what {@link PersonStanding} is worked out from, in as many queries for two hundred people as for one. */
@Singleton
final class StandingReader {
    private static final Set<MessageState> ON_THE_WAY =
        EnumSet.of(MessageState.QUEUED, MessageState.HELD, MessageState.STARTED, MessageState.ACCEPTED);
    private static final Set<What> CALLING_OFF = EnumSet.of(What.OFF, What.NOT_NEEDED);
    private static final int KEYS_AT_ONCE = 500;
    /** What has its words in it, and its day. */
    private static final Set<String> SAYS_ITSELF = Set.of("letter_to_post", "call_to_make");

    private final HearingStore store;
    private final HearingTold told;
    private final HearingAnswers answers;
    private final ItemsAbout items;
    private final Outbox outbox;
    private final CallTimes times;
    private final Optional<HeldOut> heldOut;

    StandingReader(HearingStore store, HearingTold told, HearingAnswers answers, ItemsAbout items, Outbox outbox, CallTimes times,
                   Optional<HeldOut> heldOut) {
        this.heldOut = heldOut;
        this.store = store;
        this.told = told;
        this.answers = answers;
        this.items = items;
        this.outbox = outbox;
        this.times = times;
    }

    /** A person at a court date. */
    record Seat(UUID hearing, UUID person) { }

    /**
     * @param required    whether they have to be there, off or not
     * @param heldOut     whether an experiment leaves them without the reminders of a plan
     * @param shown       whether they may know of it as it stands
     * @param unconfirmed their newest answer about the date as it stands, where nobody has spoken to them of it and somebody is asked to;
     *                    null where there is none. Their state is as if it had not been given
     * @param versions    of the date that those of the items speak of that come from a message about it
     */
    record Row(Seat seat, CourtHearing hearing, boolean required, boolean shown, boolean heldOut, PersonStanding standing,
               HearingAnswers.Entry unconfirmed, List<About> items, Map<UUID, Integer> versions) { }

    private record Part(Seat seat, boolean required, boolean shown, Instant calledAt, Instant dewarnedAt) { }

    /** @param needed whether it says that they have to be there; of what says that they have not, that they were told so before */
    private record Message(Seat seat, UUID id, String key, int version, What what, boolean needed) {
        /** It told of the date, and that they need not come. */
        boolean callsNobody() {
            return !needed && !CALLING_OFF.contains(what);
        }
    }

    /** @param held whether an experiment can still keep it back: of a plan, and no message yet */
    private record Reminding(Seat seat, int version, boolean queued, boolean held, Instant due) { }

    /**
     * In the order of the seats; who has no part in the court date, or is not to be seen, is left out. So is who has died, and who is
     * told under another record; but not where the court still asks for the old one.
     */
    List<Row> of(Connection c, UUID force, List<Seat> seats, Instant now) {
        Set<UUID> hearings = seats.stream().map(Seat::hearing).collect(Collectors.toSet());
        Set<UUID> persons = seats.stream().map(Seat::person).collect(Collectors.toSet());
        Map<UUID, CourtHearing> dates = store.all(c, hearings).stream().collect(Collectors.toMap(CourtHearing::id, h -> h));
        Map<Seat, Part> parts = parts(c, hearings, persons);
        Map<Seat, List<HearingTold.Entry>> tellings = told.of(c, hearings).stream()
            .collect(Collectors.groupingBy(t -> new Seat(t.hearing(), t.person())));
        Map<Seat, HearingAnswers.Entry> answered = new HashMap<>();
        answers.counting(c, hearings).forEach(a -> answered.put(new Seat(a.hearing(), a.person()), a));
        Map<Seat, HearingAnswers.Entry> newest = new HashMap<>();
        answers.newest(c, hearings).forEach(a -> newest.put(new Seat(a.hearing(), a.person()), a));
        Map<Seat, List<Message>> messages = messages(c, hearings, persons).stream().collect(Collectors.groupingBy(Message::seat));
        Map<Seat, List<Reminding>> reminders = reminders(c, hearings, persons).stream().collect(Collectors.groupingBy(Reminding::seat));
        Set<UUID> onTheWay = onTheWay(c, force, messages.values().stream().flatMap(List::stream).toList());
        List<About> about = about(c, persons, dates.values(), messages, tellings);
        Map<UUID, List<About>> bySubject = about.stream().filter(i -> i.subjectId() != null)
            .collect(Collectors.groupingBy(About::subjectId));
        HeldOut.Without without = heldOut.flatMap(h -> h.standing(c, persons)).orElse(null);
        var rows = new ArrayList<Row>();
        for (Seat seat : seats) {
            CourtHearing h = dates.get(seat.hearing());
            Part part = parts.get(seat);
            if (h == null || part == null) {
                continue;
            }
            List<Message> said = messages.getOrDefault(seat, List.of());
            boolean needed = part.required() && h.listed() && h.kind() != HearingKind.TRIAL_WITHOUT_WITNESSES;
            boolean heldOut = needed && without != null && without.reminders(h, seat.person());
            List<Reminding> planned = reminders.getOrDefault(seat, List.of()).stream()
                .filter(r -> r.version() == h.version() && !(heldOut && r.held())).toList();
            List<HearingTold.Entry> theirs = asSaid(tellings.getOrDefault(seat, List.of()), needed ? List.of() : said);
            boolean underWay = said.stream().anyMatch(m -> m.id() != null && onTheWay.contains(m.id())
                && (needed ? m.version() == h.version() && !CALLING_OFF.contains(m.what()) : CALLING_OFF.contains(m.what())))
                || needed && planned.stream().anyMatch(Reminding::queued);
            Instant reminder = planned.stream().filter(r -> !r.queued()).map(Reminding::due).min(Instant::compareTo).orElse(null);
            List<About> theirItems = items(h, seat, said, theirs, bySubject);
            List<About> ofThisDay = theirItems.stream().filter(i -> !(needed && ofAnotherDay(h, i, said))).toList();
            var facts = new Facts(h, part.required(), part.shown(), part.calledAt(), part.dewarnedAt(), theirs, answered.get(seat),
                reminder, underWay, ofThisDay, times.of(h));
            rows.add(new Row(seat, h, part.required(), part.shown(), heldOut, PersonStanding.of(facts, now),
                unconfirmed(h, newest.get(seat), theirItems), theirItems, versions(theirItems, said)));
        }
        return rows;
    }

    /** Whoever was told of the date in words that do not call them knows that they are not needed. */
    private static List<HearingTold.Entry> asSaid(List<HearingTold.Entry> told, List<Message> said) {
        Set<UUID> silent = said.stream().filter(m -> m.id() != null && m.callsNobody()).map(Message::id).collect(Collectors.toSet());
        return silent.isEmpty() ? told : told.stream().map(t -> !silent.contains(t.message()) ? t : new HearingTold.Entry(t.hearing(),
            t.person(), t.caseId(), t.version(), What.NOT_NEEDED, t.how(), t.state(), t.at(), t.message(), t.by())).toList();
    }

    private static HearingAnswers.Entry unconfirmed(CourtHearing h, HearingAnswers.Entry newest, List<About> items) {
        return newest != null && !newest.confirmed() && newest.version() == h.version()
            && items.stream().anyMatch(i -> i.open() && Attendance.TO_CONFIRM.equals(i.kind())) ? newest : null;
    }

    /** About this person or about nobody, and about this court date or one of the messages about it; and what the unit decides of it. */
    private static List<About> items(CourtHearing h, Seat seat, List<Message> said, List<HearingTold.Entry> told, Map<UUID, List<About>> bySubject) {
        var subjects = new HashSet<UUID>();
        subjects.add(seat.hearing());
        said.forEach(m -> subjects.add(m.id()));
        told.forEach(t -> subjects.add(t.message()));
        subjects.remove(null);
        var decision = bySubject.getOrDefault(h.event(), List.of()).stream().filter(i -> i.key().equals(QuietChanges.key(h)));
        return Stream.concat(subjects.stream().flatMap(s -> bySubject.getOrDefault(s, List.of()).stream()), decision)
            .filter(i -> i.personId() == null || i.personId().equals(seat.person()))
            // what it is for is asked of the court, and leads to nobody's being told
            .filter(i -> !KindsContradict.KIND.equals(i.kind())).sorted((a, b) -> {
                int due = a.dueAt().compareTo(b.dueAt());
                return due != 0 ? due : a.id().compareTo(b.id());
            }).toList();
    }

    private static Map<UUID, Integer> versions(List<About> items, List<Message> said) {
        var versions = new HashMap<UUID, Integer>();
        items.forEach(i -> said.stream().filter(m -> m.id() != null && m.id().equals(i.subjectId()))
            .forEach(m -> versions.put(i.id(), m.version())));
        return versions;
    }

    /** Words about the date as it was, to be posted or read out: whoever takes that on finds it gone, and nobody is told by it. */
    private static boolean ofAnotherDay(CourtHearing h, About item, List<Message> said) {
        return item.open() && SAYS_ITSELF.contains(item.kind())
            && said.stream().anyMatch(m -> item.subjectId().equals(m.id()) && m.version() != h.version());
    }

    private List<About> about(Connection c, Set<UUID> persons, Collection<CourtHearing> hearings, Map<Seat, List<Message>> messages,
                              Map<Seat, List<HearingTold.Entry>> tellings) {
        var subjects = new HashSet<UUID>();
        hearings.forEach(h -> subjects.addAll(List.of(h.id(), h.event())));
        messages.values().forEach(m -> m.forEach(one -> subjects.add(one.id())));
        tellings.values().forEach(t -> t.forEach(one -> subjects.add(one.message())));
        subjects.remove(null);
        return items.of(c, persons, subjects);
    }

    private static Map<Seat, Part> parts(Connection c, Collection<UUID> hearings, Collection<UUID> persons) {
        var found = new HashMap<Seat, Part>();
        Sql.list(c, """
            select hp.hearing_id, hp.person_id, hp.required, hp.shown, hp.required_at, hp.dewarned_at
              from waymark.hearing_person hp join waymark.person who on who.id = hp.person_id
             where hp.hearing_id = any(?) and hp.person_id = any(?) and not who.deceased and (hp.required or who.merged_into is null)""",
            r -> new Part(new Seat(Sql.uuid(r, "hearing_id"), Sql.uuid(r, "person_id")), r.getBoolean("required"), r.getBoolean("shown"),
                Sql.instant(r, "required_at"), Sql.instant(r, "dewarned_at")), ids(hearings), ids(persons))
            .forEach(p -> found.put(p.seat(), p));
        return found;
    }

    private static List<Message> messages(Connection c, Collection<UUID> hearings, Collection<UUID> persons) {
        return Sql.list(c, """
            select hearing_id, person_id, message_id, dedupe_key, version, what, needed from waymark.hearing_message
             where hearing_id = any(?) and person_id = any(?)""",
            r -> new Message(new Seat(Sql.uuid(r, "hearing_id"), Sql.uuid(r, "person_id")), Sql.uuid(r, "message_id"),
                r.getString("dedupe_key"), r.getInt("version"), What.valueOf(r.getString("what").toUpperCase(java.util.Locale.ROOT)),
                r.getBoolean("needed")),
            ids(hearings), ids(persons));
    }

    private static List<Reminding> reminders(Connection c, Collection<UUID> hearings, Collection<UUID> persons) {
        return Sql.list(c, """
            select hearing_id, person_id, hearing_version, state = 'queued' as queued,
                   state = 'planned' and asked_in is null as held, due_at from waymark.reminder
             where hearing_id = any(?) and person_id = any(?) and state in ('planned', 'queued')""",
            r -> new Reminding(new Seat(Sql.uuid(r, "hearing_id"), Sql.uuid(r, "person_id")), r.getInt("hearing_version"),
                r.getBoolean("queued"), r.getBoolean("held"), Sql.instant(r, "due_at")), ids(hearings), ids(persons));
    }

    private Set<UUID> onTheWay(Connection c, UUID force, List<Message> messages) {
        List<String> keys = messages.stream().filter(m -> m.id() != null).map(Message::key).filter(Objects::nonNull).distinct().toList();
        var found = new HashSet<UUID>();
        for (int i = 0; i < keys.size(); i += KEYS_AT_ONCE) {
            outbox.listByKeys(c, force, keys.subList(i, Math.min(keys.size(), i + KEYS_AT_ONCE)), Page.first(KEYS_AT_ONCE)).stream()
                .filter(m -> ON_THE_WAY.contains(m.state())).forEach(m -> found.add(m.id()));
        }
        return found;
    }

    private static UUID[] ids(Collection<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }
}
