package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.cases.HearingKind;
import uk.waymark.hearings.CourtHearing.State;
import uk.waymark.platform.Sql;

/** The rows of court dates and of who takes part in them. */
@Singleton
public final class HearingStore {
    /** Of an unaliased or {@code h}-aliased {@code waymark.hearing}, as {@link #hearing} reads them. */
    public static final String COLUMNS = "h.id, h.case_id, h.unit, h.starts_at, h.on_date, h.week_of, h.court, h.ou_code, h.address, h.room, "
        + "h.kind, h.state, h.list_only, h.quiet, h.on_phones, h.event_id, h.said_at, h.taken_in_at, h.version";

    /** How a person stands to a hearing. */
    record Part(UUID hearing, UUID person, boolean required, boolean shown) { }

    /** One, a gone one too; empty where the force has none of this id that the caller may see. */
    public Optional<CourtHearing> one(Connection c, UUID id) {
        return Sql.one(c, "select " + COLUMNS + " from waymark.hearing h where h.id = ?", HearingStore::hearing, id);
    }

    /** Those of them that the caller may see, in no order. */
    public List<CourtHearing> all(Connection c, Collection<UUID> ids) {
        return Sql.list(c, "select " + COLUMNS + " from waymark.hearing h where h.id = any(?)", HearingStore::hearing,
            (Object) ids.toArray(UUID[]::new));
    }

    /** As it stands now; it changes no more until the transaction ends. Whoever asks holds its case already. */
    Optional<CourtHearing> held(Connection c, UUID id) {
        return Sql.one(c, "select " + COLUMNS + " from waymark.hearing h where h.id = ? for no key update", HearingStore::hearing, id);
    }

    /** The court dates of a case by id, the gone ones too; held, in the order of ids, until the transaction ends. */
    Map<UUID, CourtHearing> ofCase(Connection c, UUID caseId) {
        var found = new LinkedHashMap<UUID, CourtHearing>();
        Sql.list(c, "select " + COLUMNS + " from waymark.hearing h where h.case_id = ? order by h.id for no key update", HearingStore::hearing, caseId)
            .forEach(h -> found.put(h.id(), h));
        return found;
    }

    Map<String, UUID> subjects(Connection c, UUID caseId) {
        var found = new HashMap<String, UUID>();
        Sql.list(c, "select subject, hearing_id from waymark.hearing_subject where case_id = ?",
            r -> found.put(r.getString("subject"), Sql.uuid(r, "hearing_id")), caseId);
        return found;
    }

    List<Part> parts(Connection c, UUID caseId) {
        return Sql.list(c, "select hearing_id, person_id, required, shown from waymark.hearing_person where case_id = ?",
            r -> new Part(Sql.uuid(r, "hearing_id"), Sql.uuid(r, "person_id"), r.getBoolean("required"), r.getBoolean("shown")), caseId);
    }

    /** @param at since when it is quiet, where it is and was not */
    void write(Connection c, UUID force, CourtHearing h, Instant at) {
        Sql.run(c, """
            insert into waymark.hearing (id, force_id, case_id, unit, starts_at, on_date, week_of, court, ou_code, address, room, kind,
                                         state, list_only, quiet, on_phones, event_id, said_at, taken_in_at, version, quiet_since)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update
               set unit = excluded.unit, starts_at = excluded.starts_at, on_date = excluded.on_date, week_of = excluded.week_of,
                   court = excluded.court, ou_code = excluded.ou_code, address = excluded.address, room = excluded.room,
                   kind = excluded.kind, state = excluded.state, list_only = excluded.list_only, quiet = excluded.quiet,
                   on_phones = excluded.on_phones, event_id = excluded.event_id, said_at = excluded.said_at,
                   taken_in_at = excluded.taken_in_at, version = excluded.version,
                   quiet_since = case when waymark.hearing.quiet and excluded.quiet then waymark.hearing.quiet_since
                                      else excluded.quiet_since end""",
            h.id(), force, h.caseId(), h.unit(), h.startsAt(), h.on(), h.weekOf(), h.court(), h.ouCode(), h.address(), h.room(),
            h.kind().wireName(), h.state().name().toLowerCase(Locale.ROOT), h.listOnly(), h.quiet(), h.onPhones(), h.event(),
            h.saidAt(), h.takenInAt(), h.version(), h.quiet() ? at : null);
    }

    /**
     * Whether they have to be at another court date, of whichever case, that day; where only the week is known, that week. Of what they
     * may not know of yet, nobody says so.
     *
     * @param day that they are told of
     * @param but the court date that is not asked about
     */
    boolean neededBesides(Connection c, UUID person, HearingDay day, UUID but) {
        LocalDate from = day.on() != null ? day.on() : day.weekOf();
        return Sql.one(c, """
            select 1 from waymark.hearing_person hp join waymark.hearing h on h.id = hp.hearing_id
             where hp.person_id = ? and hp.required and hp.shown and h.id <> ? and h.state = 'listed' and not h.list_only and h.on_phones
               and not h.quiet and h.kind <> 'trial_without_witnesses'
               and (h.on_date between ? and ? or h.on_date is null and h.week_of = ?) limit 1""", r -> true, person, but, from,
            day.on() != null ? from : from.plusDays(6), day.on() != null ? null : from).orElse(false);
    }

    void name(Connection c, UUID force, UUID caseId, String subject, UUID hearing) {
        Sql.run(c, """
            insert into waymark.hearing_subject (case_id, subject, force_id, hearing_id) values (?, ?, ?, ?)
            on conflict (case_id, subject) do update set hearing_id = excluded.hearing_id""", caseId, subject, force, hearing);
    }

    /** @param before null for who is new */
    void part(Connection c, UUID force, UUID caseId, Part before, Part now, Instant at) {
        Sql.run(c, """
            insert into waymark.hearing_person (hearing_id, person_id, force_id, case_id, required, shown, required_at)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict (hearing_id, person_id) do update
               set required = excluded.required, shown = excluded.shown,
                   -- who was called under another record of theirs was called then
                   required_at = case when not waymark.hearing_person.required and waymark.hearing_person.dewarned_at is null
                                      then coalesce(waymark.hearing_person.required_at, excluded.required_at)
                                      else coalesce(excluded.required_at, waymark.hearing_person.required_at) end,
                   dewarned_at = case when excluded.required then null
                                      when waymark.hearing_person.required then ?::timestamptz
                                      else waymark.hearing_person.dewarned_at end""",
            now.hearing(), now.person(), force, caseId, now.required(), now.shown(),
            now.required() && (before == null || !before.required()) ? at : null, at);
    }

    /** From {@link #COLUMNS}. */
    public static CourtHearing hearing(ResultSet r) throws SQLException {
        return new CourtHearing(Sql.uuid(r, "id"), Sql.uuid(r, "case_id"), r.getString("unit"), Sql.instant(r, "starts_at"),
            r.getObject("on_date", LocalDate.class), r.getObject("week_of", LocalDate.class), r.getString("court"),
            r.getString("ou_code"), r.getString("address"), r.getString("room"), HearingKind.of(r.getString("kind")),
            State.valueOf(r.getString("state").toUpperCase(Locale.ROOT)), r.getBoolean("list_only"), r.getBoolean("quiet"),
            r.getBoolean("on_phones"), Sql.uuid(r, "event_id"), Sql.instant(r, "said_at"), Sql.instant(r, "taken_in_at"),
            r.getInt("version"));
    }
}
