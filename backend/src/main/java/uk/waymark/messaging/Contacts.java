package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import uk.waymark.messaging.Contact.NumberSafety;
import uk.waymark.notifications.Pending;
import uk.waymark.notifications.firebase.Registration;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.PhoneNumbers;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/**
 * Gathers what bears on a batch of messages of one force in a fixed number of queries, however large the batch. It runs
 * as a worker of that force: of persons in other forces it learns only how strict to be.
 */
@Singleton
final class Contacts {
    static final String CASE_UPDATE = "case_update";
    /** News of court dates: what asks for an answer, and what does not. */
    private static final Set<String> OF_HEARINGS = Set.of("hearing_notice", "hearing_news");
    private static final String REMINDER = "reminder";
    static final String INVITATION = "invitation";
    /** Where a Welsh force does not know the language: Welsh first. */
    static final String BOTH_LANGUAGES = "cy+en";
    /** What keyed hashes of mobile numbers are made for, wherever they are compared. */
    static final String NUMBER_KEY = "mobile";

    private final Sealing sealing;
    private final PhoneNumbers numbers;
    private final MachineClock machine;
    private final Standings standings;

    Contacts(Sealing sealing, PhoneNumbers numbers, MachineClock machine, Standings standings) {
        this.standings = standings;
        this.sealing = sealing;
        this.numbers = numbers;
        this.machine = machine;
    }

    private record Person(UUID id, String mobile, String language, boolean discreet,
                          boolean deceased, boolean merged, boolean flagged, boolean stopped, boolean ofWhoIsOut) { }

    private record Part(UUID person, UUID caseId, boolean removed, boolean visible, boolean flagged) { }

    private record Shared(UUID person, String number, boolean flagged, boolean discreet, boolean unsafe,
                          boolean suspect, boolean numberHeld) { }

    private record Announced(UUID event, UUID person, UUID caseId, boolean wanted) { }

    private record Found(Map<UUID, Person> persons, Map<UUID, List<Part>> parts, Map<UUID, Shared> accounts,
                         Map<UUID, Set<ByteBuffer>> suspects, Map<List<UUID>, Announced> announced,
                         Set<UUID> openInvitations, Map<UUID, List<Registration>> apps,
                         Map<UUID, Standing> standings, Map<UUID, NumbersByAllKeys.Held> byAllKeys, Map<UUID, UUID> hearings) { }

    /** One contact per message, in the order of the batch. @param apps by person */
    List<Contact> of(Connection c, List<Pending> batch, Map<UUID, List<Registration>> apps) {
        UUID[] persons = ids(batch, Pending::recipientRef);
        UUID[] subjects = ids(batch, Pending::subjectRef);
        Map<UUID, List<Part>> parts = parts(c, persons);
        Map<UUID, Person> known = persons(c, persons);
        Map<UUID, Shared> accounts = accounts(c, persons);
        var byAllKeys = NumbersByAllKeys.of(c, sealing, ids -> known.values().forEach(p ->
            ids.put(p.id(), accounts.containsKey(p.id()) ? accounts.get(p.id()).number() : p.mobile())));
        var found = new Found(known, parts, accounts, suspects(c, parts),
            announced(c, subjects), openInvitations(c, subjects), apps, standings.of(c, persons), byAllKeys,
            hearings(c, batch.stream().filter(Contacts::isOfHearing).toList()));
        return batch.stream().map(m -> contact(m, found)).toList();
    }

    private Contact contact(Pending message, Found found) {
        Person person = found.persons().get(message.recipientRef());
        List<Part> parts = found.parts().getOrDefault(message.recipientRef(), List.of());
        Announced announced = announced(message, found);
        List<Part> about = about(message, parts, announced);
        if (person == null) {
            return gone("person_unknown");
        }
        Shared shared = found.accounts().get(person.id());
        var account = shared == null ? null : new Contact.Account(shared.number(), shared.unsafe(), shared.numberHeld());
        String number = account == null ? person.mobile() : account.number();
        boolean flagged = person.flagged() || shared != null && shared.flagged()
            || parts.stream().anyMatch(p -> !p.removed() && p.flagged());
        var held = found.byAllKeys().getOrDefault(person.id(), NumbersByAllKeys.NOTHING);
        Standing standing = found.standings().get(person.id());
        boolean invitation = INVITATION.equals(message.messageClass());
        return new Contact(ended(message, person, about, announced, found.openInvitations()),
            about.stream().anyMatch(Part::visible), invitation, person.stopped() || held.stopped(),
            person.mobile(), person.ofWhoIsOut() ? NumberSafety.UNSAFE : standing.word(), account, flagged,
            person.discreet() || shared != null && shared.discreet(),
            held.suspect() || shared != null && shared.suspect() || heldForSuspect(number, parts, found.suspects()),
            person.language(),
            found.apps().getOrDefault(person.id(), List.of()),
            invitation ? List.of(standing.text()) : standing.order(), standing.call());
    }

    /** Whether it is news of a case: of that alone, and only as long as it stands. */
    static boolean isNews(Pending message) {
        return CASE_UPDATE.equals(message.messageClass()) || isOfHearing(message);
    }

    /** Reminders of court dates, whoever sends them, and what puts one right. */
    static boolean isReminder(Pending message) {
        return REMINDER.equals(message.messageClass());
    }

    static boolean isOfHearing(Pending message) {
        return OF_HEARINGS.contains(message.messageClass());
    }

    /** The person's live parts in what the message is about: one case, or any for what is about none. */
    private static List<Part> about(Pending message, List<Part> parts, Announced announced) {
        return parts.stream().filter(p -> !p.removed())
            .filter(p -> !isNews(message)
                || announced != null && p.caseId().equals(announced.caseId()))
            .toList();
    }

    /** What is said of a court date itself stands until whoever said it takes it back. */
    private static Announced announced(Pending message, Found found) {
        UUID ofDate = isOfHearing(message) ? found.hearings().get(message.subjectRef()) : null;
        return ofDate == null ? found.announced().get(key(message.subjectRef(), message.recipientRef()))
            : new Announced(message.subjectRef(), message.recipientRef(), ofDate, true);
    }

    private static String ended(Pending message, Person person, List<Part> about, Announced announced,
                                Set<UUID> invitations) {
        if (person.deceased()) {
            return "deceased";
        }
        if (person.merged()) {
            return "merged";
        }
        if (isNews(message) && (announced == null || !announced.wanted())) {
            return "overtaken";
        }
        if (about.isEmpty()) {
            return "person_removed";
        }
        boolean invited = !INVITATION.equals(message.messageClass()) || invitations.contains(message.subjectRef());
        return invited ? null : "invitation_ended";
    }

    private static Contact gone(String reason) {
        return new Contact(reason, false, false, false, null, NumberSafety.UNKNOWN, null, true, true, false, "en");
    }

    private boolean heldForSuspect(String number, List<Part> parts, Map<UUID, Set<ByteBuffer>> suspects) {
        Set<ByteBuffer> held = parts.stream().filter(p -> !p.removed())
            .flatMap(p -> suspects.getOrDefault(p.caseId(), Set.of()).stream()).collect(Collectors.toSet());
        if (number == null || held.isEmpty()) {
            return false;
        }
        for (byte[] key : sealing.keys(NUMBER_KEY, number)) {
            if (held.contains(ByteBuffer.wrap(key))) {
                return true;
            }
        }
        return false;
    }

    private Map<UUID, Person> persons(Connection c, UUID[] ids) {
        return byId(Person::id, Sql.list(c, """
            select id, mobile, case when chosen_language is null and not language_known
                                         and (select f.welsh from waymark.force f where f.id = person.force_id) then ?
                                    else coalesce(chosen_language, language) end as language,
                   coalesce(chosen_discreet, false) as discreet, deceased, merged_into is not null as merged, safety,
                   texts_stopped_at is not null or id in (select waymark.gate_stopped(?)) as stopped,
                   -- who acted for a child and is put out of the case, or contacted no longer, still has the phone that they shared
                   mobile_key is not null and exists (
                     select 1 from waymark.participant mine
                       join waymark.participant other on other.case_id = mine.case_id and (other.removed or other.quiet)
                                                     and other.role in ('parent', 'guardian', 'social_worker')
                       join waymark.person whose on whose.id = other.person_id and whose.merged_into is null
                                                and whose.id <> person.id and whose.mobile_key = person.mobile_key
                      where mine.person_id = person.id and not mine.removed and not mine.quiet
                        and mine.role not in ('parent', 'guardian', 'social_worker')) as of_who_is_out
              from waymark.person where id = any(?)""",
            r -> {
                UUID id = Sql.uuid(r, "id");
                return new Person(id, mobile("person.mobile", id, r.getBytes("mobile")),
                    r.getString("language"),
                    r.getBoolean("discreet"), r.getBoolean("deceased"), r.getBoolean("merged"), r.getBoolean("safety"),
                    r.getBoolean("stopped"), r.getBoolean("of_who_is_out"));
            }, BOTH_LANGUAGES, ids, ids));
    }

    private static Map<UUID, List<Part>> parts(Connection c, UUID[] persons) {
        return Sql.list(c, """
            select pa.person_id, pa.case_id, pa.removed or pa.quiet as removed, cf.recorded and cf.on_phones as visible, cf.safety
              from waymark.participant pa join waymark.case_file cf on cf.id = pa.case_id
             where pa.person_id = any(?)""",
            r -> new Part(Sql.uuid(r, "person_id"), Sql.uuid(r, "case_id"), r.getBoolean("removed"),
                r.getBoolean("visible"), r.getBoolean("safety")), (Object) persons).stream()
            .collect(Collectors.groupingBy(Part::person));
    }

    private Map<UUID, Shared> accounts(Connection c, UUID[] persons) {
        return byId(Shared::person, Sql.list(c, "select * from waymark.gate_delivery(?)",
            r -> new Shared(Sql.uuid(r, "person_id"),
                mobile("account.number", Sql.uuid(r, "account_id"), r.getBytes("number")),
                r.getBoolean("safety"), r.getBoolean("discreet"), r.getBoolean("unsafe"), r.getBoolean("suspect"),
                r.getBoolean("number_held")),
            (Object) persons));
    }

    private static Map<UUID, Set<ByteBuffer>> suspects(Connection c, Map<UUID, List<Part>> parts) {
        UUID[] cases = parts.values().stream().flatMap(List::stream).map(Part::caseId).distinct().toArray(UUID[]::new);
        var held = new HashMap<UUID, Set<ByteBuffer>>();
        Sql.list(c, "select case_id, number_key from waymark.suspect_number where case_id = any(?) and not taken_back",
            r -> held.computeIfAbsent(Sql.uuid(r, "case_id"), id -> new HashSet<>())
                .add(ByteBuffer.wrap(r.getBytes("number_key"))), (Object) cases);
        return held;
    }

    private static Map<List<UUID>, Announced> announced(Connection c, UUID[] events) {
        return Sql.list(c, """
            select event_id, person_id, case_id, wanted from waymark.announcement where event_id = any(?)""",
            r -> new Announced(Sql.uuid(r, "event_id"), Sql.uuid(r, "person_id"), Sql.uuid(r, "case_id"),
                r.getBoolean("wanted")), (Object) events).stream()
            .collect(Collectors.toMap(a -> key(a.event(), a.person()), Function.identity()));
    }

    /** The cases of the court dates that these are about, by court date. */
    private static Map<UUID, UUID> hearings(Connection c, List<Pending> batch) {
        var cases = new HashMap<UUID, UUID>();
        if (!batch.isEmpty()) {
            Sql.list(c, "select s.id, waymark.case_of_subject(s.id, null) as case_id from unnest(?::uuid[]) as s(id)",
                r -> cases.put(Sql.uuid(r, "id"), Sql.uuid(r, "case_id")), (Object) ids(batch, Pending::subjectRef));
        }
        return cases;
    }

    private Set<UUID> openInvitations(Connection c, UUID[] ids) {
        return new HashSet<>(Sql.list(c, """
            select id from waymark.invitation
             where id = any(?) and withdrawn_at is null and taken_up_at is null and expires_at > ?""",
            r -> Sql.uuid(r, "id"), ids, machine.instant()));
    }

    /** Only numbers that take texts: a force may hold a landline. */
    private String mobile(String column, UUID row, byte[] sealed) {
        return sealed == null ? null : numbers.parseMobile(sealing.openText(column, row, sealed)).orElse(null);
    }

    private static UUID[] ids(List<Pending> batch, Function<Pending, UUID> part) {
        return batch.stream().map(part).filter(Objects::nonNull).distinct().toArray(UUID[]::new);
    }

    private static List<UUID> key(UUID event, UUID person) {
        var key = new ArrayList<UUID>(2);
        key.add(event);
        key.add(person);
        return key;
    }

    private static <T> Map<UUID, T> byId(Function<T, UUID> id, List<T> rows) {
        return rows.stream().collect(Collectors.toMap(id, Function.identity(), (a, b) -> a));
    }
}
