package uk.waymark.access;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.DataFile;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.SignInRefused;
import uk.waymark.platform.Sql;
import uk.waymark.staff.Colleagues;

/**
 * The part of the audit log that is about a person, as they read it: when, what in plain words, and who by role and unit.
 * Whoever holds the phone of a person in danger learns from it what is being done for them: it takes a
 * fresh sign-in, from everybody, since asking only those would tell who they are.
 */
@Singleton
class AccessLog {
    private static final Map<String, DataFile> WORDS = DataFile.inBoth("/access/words");
    private final ActingAs acting;
    private final Colleagues colleagues;
    private final MachineClock clock;

    /** Who it was: a member of staff, a system of the force, the person themselves, or Waymark's own work. */
    enum By { STAFF, SYSTEM, YOU, WAYMARK }

    /**
     * One time that something was looked at or changed.
     *
     * @param force  name of the force, or null for the person's own
     * @param caseId or null
     * @param roles  in words, of staff
     * @param unit   or null
     * @param name   null where the force does not show names
     */
    record Entry(long id, Instant at, String what, By by, String force, UUID caseId, List<String> roles, String unit, String name) { }

    AccessLog(ActingAs acting, Colleagues colleagues, MachineClock clock) {
        this.acting = acting;
        this.colleagues = colleagues;
        this.clock = clock;
    }

    /**
     * The newest first.
     *
     * @param before   only entries before this one, or null
     * @param language {@code en} or {@code cy}; null for the person's own
     * @throws SignInRefused where the last sign-in is more than five minutes ago
     */
    List<Entry> page(Caller.Person person, Long before, int limit, String language) {
        if (person.authTime().isBefore(clock.instant().minus(SignInRefused.FRESH))) {
            acting.as(person, () -> null); // whose session has ended is not asked for a fresh sign-in
            throw SignInRefused.tooLongAgo();
        }
        return entries(person, before, limit, language);
    }

    /** As {@link #page}, for what was asked for with a fresh sign-in already. */
    List<Entry> entries(Caller.OwnView view, Long before, int limit, String language) {
        return acting.as(view, (Connection c) -> {
            String in = language != null ? language : Sql.one(c, """
                select coalesce(min(coalesce(chosen_language, language)), 'en') as language
                  from waymark.person where id = any (waymark.ctx_persons())""", r -> r.getString("language")).orElseThrow();
            return Sql.list(c, "select * from waymark.gate_access_log(?::bigint, ?)", r -> entry(r, in), before, limit);
        });
    }

    private Entry entry(ResultSet r, String language) throws SQLException {
        By by = by(r.getString("caller"));
        String roles = r.getString("roles");
        return new Entry(r.getLong("id"), Sql.instant(r, "at"), what(r.getString("action"), language), by,
            r.getString("force_" + language), Sql.uuid(r, "case_id"),
            roles == null || roles.isEmpty() ? List.of() : List.of(roles.split(" ")).stream()
                .map(role -> WORDS.get(language).text("role." + role, role)).toList(),
            r.getString("unit_" + language), colleagues.name(Sql.uuid(r, "name_id"), r.getBytes("name")));
    }

    private static By by(String caller) {
        return switch (caller.substring(0, Math.max(0, caller.indexOf(':')))) {
            case "staff" -> By.STAFF;
            case "system", "national" -> By.SYSTEM;
            case "person" -> By.YOU;
            default -> By.WAYMARK;
        };
    }

    /** What was done, in plain words; a new action has some too, though its own are better. */
    static String what(String action, String language) {
        DataFile words = WORDS.get(language);
        return words.text(action, words.text("anything"));
    }
}
