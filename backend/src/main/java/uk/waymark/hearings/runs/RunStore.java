package uk.waymark.hearings.runs;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import uk.waymark.hearings.CourtHearing;
import uk.waymark.hearings.HearingStore;
import uk.waymark.platform.DatabaseFailure;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** The rows of reminder runs. */
@Singleton
final class RunStore {
    private static final String CONTENT = "reminder_run_row.content";
    private static final String SAID = "reminder_run_row.said";
    private static final String IGNORED = "reminder_run.ignored";
    private static final String CONTENT_KEY = "reminder_run";
    private static final String RUN = "id, source, ignored, state, started_by, supervises, started_at, finished_at, stopped_by";
    private static final String ROW = "id, line, correction_id, corrects, content, said, state, reason, hearing_id, person_id, case_id, "
        + "version, message_id, message_key, language, how, changed_at";

    enum State { PENDING, QUEUED, SENT, DELIVERED, FAILED, UNKNOWN, BAD, STOPPED, SKIPPED, REPLACED;

        String stored() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param ignored names of columns that were not needed */
    record Run(UUID id, String source, List<String> ignored, String state, String startedBy, boolean supervises, Instant startedAt,
               Instant finishedAt, String stoppedBy) { }

    /** @param content null for what came from no file; @param said null where no message was made */
    record Row(UUID id, int line, UUID correction, UUID corrects, RunLine content, RunSaid said, State state, String reason, UUID hearing,
               UUID person, UUID caseId, int version, UUID message, String key, String language, String how, Instant changedAt) { }

    private final Sealing sealing;
    private final Ids ids;

    RunStore(Sealing sealing, Ids ids) {
        this.sealing = sealing;
        this.ids = ids;
    }

    /** The run of this file, if there was one. @param hash of all its bytes */
    Optional<UUID> ofContent(Connection c, String hash) {
        return Sql.one(c, "select id from waymark.reminder_run where content_key = any(?)", r -> Sql.uuid(r, "id"),
            (Object) sealing.keys(CONTENT_KEY, hash));
    }

    /** @param hash of the file, or null @return its id; empty where another has just begun the same */
    Optional<UUID> add(Connection c, UUID force, String hash, List<String> ignored, String by, boolean supervises, Instant now) {
        UUID id = ids.next();
        return Sql.run(c, """
            insert into waymark.reminder_run (id, force_id, source, content_key, ignored, state, started_by, supervises, started_at)
            values (?, ?, ?, ?, ?, 'running', ?, ?, ?) on conflict (force_id, content_key) do nothing""",
            id, force, hash == null ? "list" : "file", hash == null ? null : sealing.key(CONTENT_KEY, hash),
            sealing.sealText(IGNORED, id, String.join("\n", ignored)), by, supervises, now) == 1 ? Optional.of(id) : Optional.empty();
    }

    /** Lines in one round trip; nothing of them is looked at yet. @param lines by their number; null for one that cannot be read */
    void addLines(Connection c, UUID force, UUID run, Map<Integer, RunLine> lines, Instant now) {
        var rows = new UUID[lines.size()];
        var contents = new byte[lines.size()][];
        var numbers = new Integer[lines.size()];
        int at = 0;
        for (var line : new TreeMap<>(lines).entrySet()) {
            rows[at] = ids.next();
            contents[at] = line.getValue() == null ? null : sealing.sealText(CONTENT, rows[at], line.getValue().toText());
            numbers[at++] = line.getKey();
        }
        try {
            Sql.run(c, """
                insert into waymark.reminder_run_row (id, run_id, force_id, line, content, state, reason, changed_at)
                select id, ?, ?, line, content, case when content is null then 'bad' else 'pending' end,
                       case when content is null then ? end, ?
                  from unnest(?::uuid[], ?::int[], ?::bytea[]) as l(id, line, content)""",
                run, force, RunReason.BAD_ROW.wireName(), now, rows, c.createArrayOf("int4", numbers), contents);
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    Optional<Run> run(Connection c, UUID id) {
        return Sql.one(c, "select " + RUN + " from waymark.reminder_run where id = ?", this::run, id);
    }

    /** The newest first. @param before with {@code id}, the last run of the page before; null for the first page */
    List<Run> newest(Connection c, Instant before, UUID id, int most) {
        return Sql.list(c, "select " + RUN + """
             from waymark.reminder_run
            where ?::timestamptz is null or (started_at, id) < (?::timestamptz, ?::uuid) order by started_at desc, id desc limit ?""",
            this::run, before, before, id, most);
    }

    /** As {@link #run}, held until the transaction ends. */
    Optional<Run> held(Connection c, UUID id) {
        return Sql.one(c, "select " + RUN + " from waymark.reminder_run where id = ? for update", this::run, id);
    }

    /** A run with work to do that nobody has in hand, held until the transaction ends. */
    Optional<Run> next(Connection c) {
        return Sql.one(c, "select " + RUN + " from waymark.reminder_run where state = 'running' order by started_at limit 1 "
            + "for update skip locked", this::run);
    }

    List<Row> pending(Connection c, UUID run, int most) {
        return Sql.list(c, "select " + ROW + " from waymark.reminder_run_row where run_id = ? and state = 'pending' order by line, id limit ?",
            this::row, run, most);
    }

    Optional<Row> row(Connection c, UUID id) {
        return Sql.one(c, "select " + ROW + " from waymark.reminder_run_row where id = ? for update", this::row, id);
    }

    /** @param after the row of the page before, or null */
    List<Row> page(Connection c, UUID run, Integer afterLine, UUID after, int most) {
        return Sql.list(c, "select " + ROW + """
             from waymark.reminder_run_row
            where run_id = ? and (?::int is null or (line, id) > (?::int, ?::uuid)) order by line, id limit ?""",
            this::row, run, afterLine, afterLine, after, most);
    }

    Map<State, Integer> counts(Connection c, UUID run) {
        var counts = new TreeMap<State, Integer>();
        Sql.list(c, "select state, count(*) as rows from waymark.reminder_run_row where run_id = ? group by state",
            r -> counts.put(state(r), r.getInt("rows")), run);
        return counts;
    }

    void finished(Connection c, UUID run, String state, String by, Instant now) {
        Sql.run(c, "update waymark.reminder_run set state = ?, finished_at = ?, stopped_by = coalesce(?, stopped_by) where id = ?", state,
            "running".equals(state) ? null : now, by, run);
    }

    int stopPending(Connection c, UUID run, Instant now) {
        return Sql.run(c, """
            update waymark.reminder_run_row set state = 'stopped', reason = ?, changed_at = ? where run_id = ? and state = 'pending'""",
            RunReason.RUN_STOPPED.wireName(), now, run);
    }

    void moved(Connection c, UUID row, State state, String reason, Instant now) {
        Sql.run(c, "update waymark.reminder_run_row set state = ?, reason = ?, changed_at = ? where id = ?", state.stored(), reason, now,
            row);
    }

    /** @return false where it has ended meanwhile */
    boolean sent(Connection c, UUID row, Instant now) {
        return Sql.run(c, "update waymark.reminder_run_row set state = 'sent', changed_at = ? where id = ? and state = 'queued'", now,
            row) == 1;
    }

    void meant(Connection c, UUID row, CourtHearing h, UUID person) {
        Sql.run(c, "update waymark.reminder_run_row set hearing_id = ?, person_id = ?, case_id = ?, version = ? where id = ?",
            h.id(), person, h.caseId(), h.version(), row);
    }

    void queued(Connection c, UUID row, UUID message, String key, RunSaid said, String language, Instant now) {
        Sql.run(c, """
            update waymark.reminder_run_row
               set state = 'queued', message_id = ?, message_key = ?, said = ?, language = ?, queued_at = ?, changed_at = ?
             where id = ?""", message, key, sealing.sealText(SAID, row, said.toText()), language, now, now, row);
    }

    /** It is put right what they have, not what was taken back before it left. */
    void corrects(Connection c, UUID row, UUID corrected) {
        Sql.run(c, "update waymark.reminder_run_row set corrects = ? where id = ?", corrected, row);
    }

    /** What those whom a correction concerns had been told. */
    List<RunSaid> saidBefore(Connection c, UUID correction) {
        return Sql.list(c, "select w.id, w.said from waymark.reminder_run_row k join waymark.reminder_run_row w on w.id = k.corrects "
            + "where k.correction_id = ?", this::said, correction);
    }

    RunSaid said(ResultSet r) throws SQLException {
        String said = sealing.openText(SAID, Sql.uuid(r, "id"), r.getBytes("said"));
        return said == null ? null : RunSaid.ofText(said);
    }

    /** Rows whose message waits, in the order of their ids. @param stopped of runs that were stopped; else those that may have left */
    List<Row> waiting(Connection c, boolean stopped, UUID after, int most) {
        return Sql.list(c, "select " + ROW + """
             from waymark.reminder_run_row w
            where state = 'queued' and force_id = waymark.ctx_force() and (?::uuid is null or id > ?::uuid)
              and case when ? then exists (select 1 from waymark.reminder_run r where r.id = w.run_id and r.stopped_by is not null)
                              and corrects is null
                       else how is not null end
            order by id limit ?""", this::row, after, after, stopped, most);
    }

    /** Court dates of these cases on these days. */
    List<CourtHearing> listed(Connection c, Collection<UUID> cases, Collection<LocalDate> days) {
        if (cases.isEmpty() || days.isEmpty()) {
            return List.of();
        }
        try {
            return Sql.list(c, "select " + HearingStore.COLUMNS
                + " from waymark.hearing h where h.case_id = any(?) and h.on_date = any(?) and h.state = 'listed'", HearingStore::hearing,
                cases.toArray(UUID[]::new), c.createArrayOf("date", days.stream().map(Date::valueOf).toArray()));
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    /** Who has to be at each of these and may know of it. */
    Map<UUID, Set<UUID>> required(Connection c, Collection<UUID> hearings) {
        var required = new HashMap<UUID, Set<UUID>>();
        Sql.list(c, "select hearing_id, person_id from waymark.hearing_person where hearing_id = any(?) and required and shown",
            r -> required.computeIfAbsent(Sql.uuid(r, "hearing_id"), h -> new HashSet<>()).add(Sql.uuid(r, "person_id")),
            (Object) hearings.toArray(UUID[]::new));
        return required;
    }

    private Run run(ResultSet r) throws SQLException {
        UUID id = Sql.uuid(r, "id");
        String ignored = sealing.openText(IGNORED, id, r.getBytes("ignored"));
        return new Run(id, r.getString("source"), ignored == null || ignored.isEmpty() ? List.of() : List.of(ignored.split("\n")),
            r.getString("state"), r.getString("started_by"), r.getBoolean("supervises"), Sql.instant(r, "started_at"),
            Sql.instant(r, "finished_at"), r.getString("stopped_by"));
    }

    private Row row(ResultSet r) throws SQLException {
        UUID id = Sql.uuid(r, "id");
        String content = sealing.openText(CONTENT, id, r.getBytes("content"));
        String said = sealing.openText(SAID, id, r.getBytes("said"));
        return new Row(id, r.getInt("line"), Sql.uuid(r, "correction_id"), Sql.uuid(r, "corrects"),
            content == null ? null : RunLine.ofText(content), said == null ? null : RunSaid.ofText(said), state(r), r.getString("reason"),
            Sql.uuid(r, "hearing_id"), Sql.uuid(r, "person_id"), Sql.uuid(r, "case_id"), r.getInt("version"),
            Sql.uuid(r, "message_id"), r.getString("message_key"), r.getString("language"), r.getString("how"), Sql.instant(r, "changed_at"));
    }

    private static State state(ResultSet r) throws SQLException {
        return State.valueOf(r.getString("state").toUpperCase(Locale.ROOT));
    }
}
