package uk.waymark.staff;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.text.Collator;
import java.time.LocalDate;
import java.time.Period;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Ids;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;
import uk.waymark.platform.StaffSeen;
import uk.waymark.platform.WorkingDays;

/**
 * What members of staff are called, as the claim {@code name} of their tokens says, for each other to read. Kept sealed in
 * {@code staff_name}; whether people see it is the force's to say, and decided in {@code gate_access_log}.
 */
@Singleton
public final class Colleagues implements StaffSeen {
    private static final String NAME = "staff_name.name";
    private static final Set<String> TAKING = Set.of("witness_care", "victim_care", "officer", "supervisor");
    /** Whoever has not been here for so long has left, or something like it: given to them, an item would wait. */
    private static final Period LISTED = Period.ofDays(90);
    /** As long as an item's {@code claimed_by}. */
    private static final int LONGEST_ID = 100;
    private final ActingAs acting;
    private final Sealing sealing;
    private final Ids ids;
    private final MachineClock clock;
    /** What this instance has kept, so that most requests write nothing. */
    private final Map<Member, Kept> kept = new ConcurrentHashMap<>();

    private record Member(UUID force, String subject) { }

    private record Kept(String name, boolean takes, LocalDate on) { }

    /** @param id as {@code claimed_by} names them; @param name as others know them */
    record Colleague(String id, String name) { }

    Colleagues(ActingAs acting, Sealing sealing, Ids ids, MachineClock clock) {
        this.acting = acting;
        this.sealing = sealing;
        this.ids = ids;
        this.clock = clock;
    }

    /** Keeps the name in a transaction of its own: what the request itself does may be undone. Once a day for each, or as it changes. */
    @Override
    public void seen(Caller.Staff staff) {
        if (staff.self().name() == null) {
            return;
        }
        var member = new Member(staff.force(), staff.subject());
        var now = new Kept(staff.self().name(), staff.roles().stream().anyMatch(TAKING::contains), today());
        if (!now.equals(kept.get(member))) {
            acting.as(staff, c -> {
                keep(c, staff, now);
                return null;
            });
            kept.put(member, now);
        }
    }

    private void keep(Connection c, Caller.Staff staff, Kept now) {
        UUID id = Sql.one(c, "select id from waymark.staff_name where force_id = ? and caller = ?", r -> Sql.uuid(r, "id"),
            staff.force(), staff.auditName()).orElseGet(ids::next);
        Sql.run(c, """
            insert into waymark.staff_name (force_id, caller, id, name, takes_items, seen_on) values (?, ?, ?, ?, ?, ?::date)
            on conflict (force_id, caller) do update set id = excluded.id, name = excluded.name, takes_items = excluded.takes_items,
                seen_on = excluded.seen_on""",
            staff.force(), staff.auditName(), id, sealing.sealText(NAME, id, now.name()), now.takes(), now.on());
    }

    /** Who of the own force can be given an item and was here not long ago, by name. */
    List<Colleague> all(Caller.Staff staff) {
        var collator = Collator.getInstance(Locale.UK);
        return acting.as(staff, c -> Sql.list(c, """
                select caller, id, name from waymark.staff_name where force_id = ? and takes_items and seen_on > ?::date""",
                r -> new Colleague(subject(r.getString("caller")), name(Sql.uuid(r, "id"), r.getBytes("name"))),
                staff.force(), today().minus(LISTED)))
            .stream().filter(one -> one.id().length() <= LONGEST_ID)
            .sorted(Comparator.comparing(Colleague::name, collator).thenComparing(Colleague::id)).toList();
    }

    /**
     * Names of the own force's staff.
     *
     * @param subjects as {@code claimed_by} names them, null for nobody
     * @return the names that are known, by subject
     */
    public Map<String, String> names(Caller.Staff staff, Collection<String> subjects) {
        String[] callers = subjects.stream().filter(one -> one != null).distinct().map(one -> caller(staff, one)).toArray(String[]::new);
        var names = new HashMap<String, String>();
        if (callers.length == 0) {
            return names;
        }
        acting.as(staff, c -> Sql.list(c, "select caller, id, name from waymark.staff_name where force_id = ? and caller = any (?)",
            r -> names.put(subject(r.getString("caller")), name(Sql.uuid(r, "id"), r.getBytes("name"))), staff.force(), callers));
        return names;
    }

    /** @param id of its row; @param name sealed, or null */
    public String name(UUID id, byte[] name) {
        return name == null ? null : sealing.openText(NAME, id, name);
    }

    static String caller(Caller.Staff staff, String subject) {
        return new Caller.Staff(staff.force(), subject, staff.roles()).auditName();
    }

    private static String subject(String caller) {
        return caller.substring(caller.indexOf(':') + 1);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), WorkingDays.LONDON);
    }
}
