package uk.waymark.hearings.runs;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import uk.waymark.hearings.HeldOut;
import uk.waymark.hearings.runs.RunJudge.Asked;
import uk.waymark.hearings.runs.RunJudge.Target;
import uk.waymark.hearings.runs.RunJudge.Verdict;
import uk.waymark.hearings.runs.RunStore.State;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Idempotency;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;

/** Reminder runs as staff begin, look at, stop and correct them. */
@Singleton
class ReminderRuns {
    private static final int LOT = 500;
    /** Who has to be where, as far as the caller may see it. */
    private static final String CHOSEN = """

          from waymark.hearing h join waymark.hearing_person p on p.hearing_id = h.id
         where h.state = 'listed' and p.required
           and (h.id = any(?) or h.on_date between ?::date and ?::date and (?::text is null or h.unit = ?))""";
    private final ActingAs acting;
    private final RunStore store;
    private final RunJudge judge;
    private final RunCorrections corrections;
    private final RunWorker worker;
    private final Idempotency idempotency;
    private final Audit audit;
    private final CaseClock clock;
    private final Optional<HeldOut> heldOut;

    ReminderRuns(ActingAs acting, RunStore store, RunJudge judge, RunCorrections corrections, RunWorker worker, Idempotency idempotency,
                 Audit audit, CaseClock clock, Optional<HeldOut> heldOut) {
        this.heldOut = heldOut;
        this.acting = acting;
        this.store = store;
        this.judge = judge;
        this.corrections = corrections;
        this.worker = worker;
        this.idempotency = idempotency;
        this.audit = audit;
        this.clock = clock;
    }

    record Seen(RunStore.Run run, Map<State, Integer> counts) { }

    /** @param reference as the line has it, or null @param heldOut whether it would remind somebody whom an experiment leaves without */
    record LineVerdict(int line, String reference, RunReason reason, boolean heldOut) {
        static LineVerdict of(int line, String reference, Verdict v, Optional<HeldOut.Without> without) {
            return new LineVerdict(line, reference, v.reason(), v.reason() == null
                && without.filter(w -> w.reminders(v.target().hearing(), v.target().person())).isPresent());
        }
    }

    /** Which court dates are meant: these, or those of some days. */
    record Choice(List<UUID> hearings, LocalDate from, LocalDate to, String unit) { }

    /** The same file again is the same run. @param key of the request, or null */
    Seen start(Caller.Staff staff, RunFile file, String key) {
        String hash = file.hash();
        return begun(staff, key, hash, c -> store.ofContent(c, hash).or(() -> store.add(c, staff.force(), hash, file.ignored(),
            staff.subject(), staff.supervises(), clock.instant()).map(id -> {
                file.lots(LOT, lot -> store.addLines(c, staff.force(), id, lot, clock.instant()));
                audit.record(c, staff, "reminder_run_started", null, null);
                return id;
            })).orElseThrow(() -> ProblemException.stillRunning(Duration.ofSeconds(2))));
    }

    /** One message to everybody who has to be at these court dates and whom the caller may see. */
    Seen start(Caller.Staff staff, Choice choice, String key) {
        return begun(staff, key, choice.toString(), c -> {
            UUID id = store.add(c, staff.force(), null, List.of(), staff.subject(), staff.supervises(), clock.instant()).orElseThrow();
            Sql.run(c, """
                insert into waymark.reminder_run_row (id, run_id, force_id, line, hearing_id, person_id, case_id, state, changed_at)
                select gen_random_uuid(), ?, ?, row_number() over (order by h.on_date, h.starts_at, h.id, p.person_id), h.id,
                       p.person_id, p.case_id, 'pending', ?""" + CHOSEN, id, staff.force(), clock.instant(),
                choice.hearings().toArray(UUID[]::new), choice.from(), choice.to(), choice.unit(), choice.unit());
            audit.record(c, staff, "reminder_run_started", null, null);
            return id;
        });
    }

    private Seen begun(Caller.Staff staff, String key, String request, Function<Connection, UUID> create) {
        Seen seen = acting.as(staff, c -> {
            return seen(c, idempotency.once(c, staff, "startReminderRun", key, request, () -> create.apply(c)).id());
        });
        worker.wake();
        return seen;
    }

    /** Of every line, without changing anything. */
    List<LineVerdict> preview(Caller.Staff staff, RunFile file) {
        var verdicts = new ArrayList<LineVerdict>();
        var seen = new HashSet<String>();
        file.lots(LOT, lot -> {
            List<Integer> lines = lot.entrySet().stream().filter(l -> l.getValue() != null).map(Map.Entry::getKey).toList();
            acting.as(staff, c -> {
                List<Verdict> judged = judge.judge(c, staff, lines.stream().map(n -> new Asked(lot.get(n), null, null)).toList(), seen,
                    clock.instant());
                Optional<HeldOut.Without> without = without(c, judged);
                lot.forEach((number, line) -> verdicts.add(line == null ? new LineVerdict(number, null, RunReason.BAD_ROW, false)
                    : LineVerdict.of(number, line.shownReference(), judged.get(lines.indexOf(number)), without)));
                return null;
            });
        });
        return verdicts;
    }

    List<LineVerdict> preview(Caller.Staff staff, Choice choice) {
        return acting.as(staff, c -> {
            List<Asked> asked = Sql.list(c, "select h.id, p.person_id" + CHOSEN + " order by h.on_date, h.starts_at, h.id, p.person_id",
                r -> new Asked(null, Sql.uuid(r, "id"), Sql.uuid(r, "person_id")), choice.hearings().toArray(UUID[]::new),
                choice.from(), choice.to(), choice.unit(), choice.unit());
            List<Verdict> judged = judge.judge(c, staff, asked, new HashSet<>(), clock.instant());
            var verdicts = new ArrayList<LineVerdict>();
            Optional<HeldOut.Without> without = without(c, judged);
            judged.forEach(v -> verdicts.add(LineVerdict.of(verdicts.size() + 1, null, v, without)));
            return verdicts;
        });
    }

    private Optional<HeldOut.Without> without(Connection c, List<Verdict> judged) {
        return heldOut.flatMap(held -> held.standing(c, judged.stream().map(Verdict::target).filter(Objects::nonNull).map(Target::person)
            .distinct().toList()));
    }

    /** The newest first. */
    List<RunStore.Run> newest(Caller.Staff staff, Instant before, UUID id, int most) {
        return acting.as(staff, c -> store.newest(c, before, id, most));
    }

    Seen one(Caller.Staff staff, UUID id) {
        return acting.as(staff, c -> seen(c, id));
    }

    private Seen seen(Connection c, UUID id) {
        return new Seen(store.run(c, id).orElseThrow(ProblemException::notFound), store.counts(c, id));
    }

    /** Who reads whose references is written down. */
    List<RunStore.Row> results(Caller.Staff staff, UUID id, Integer afterLine, UUID after, int most) {
        return acting.as(staff, c -> {
            store.run(c, id).orElseThrow(ProblemException::notFound);
            audit.record(c, staff, "reminder_run_listed", null, null);
            return store.page(c, id, afterLine, after, most);
        });
    }

    /** What has not gone does not go; twice does no harm. @throws ProblemException 404; 409 where it is another's or has finished */
    Seen stop(Caller.Staff staff, UUID id) {
        Seen seen = acting.as(staff, c -> {
            RunStore.Run run = store.held(c, id).orElseThrow(ProblemException::notFound);
            if (!staff.supervises() && !staff.subject().equals(run.startedBy())) {
                throw ProblemException.conflict("run-of-another", "This run is somebody else's",
                    "Ask whoever started it, or a supervisor, to stop it.");
            }
            if (!"stopped".equals(run.state())) {
                store.stopPending(c, id, clock.instant());
                store.finished(c, id, "stopped", staff.subject(), clock.instant());
                audit.record(c, staff, "reminder_run_stopped", null, null);
            }
            return seen(c, id);
        });
        worker.wake();
        return seen;
    }

    /** @throws ProblemException 404; 409 while it is going on; 422 where one value is given for what was not one */
    Seen correct(Caller.Staff staff, UUID id, RunCorrections.Correction correction, String key) {
        Seen seen = acting.as(staff, c -> {
            idempotency.once(c, staff, "correctReminderRun", key, id + " " + correction, () -> {
                RunStore.Run run = store.held(c, id).orElseThrow(ProblemException::notFound);
                if ("running".equals(run.state())) {
                    throw ProblemException.conflict("run-not-finished", "This run is still going on",
                        "Stop it first, or wait until it has finished.");
                }
                UUID made = corrections.add(c, staff.force(), id, correction, staff.subject(), clock.instant());
                corrections.addRows(c, made, clock.instant());
                if (correction.time() != null || correction.court() != null) {
                    RunCorrections.fits(correction, store.saidBefore(c, made));
                }
                store.finished(c, id, "running", null, clock.instant());
                audit.record(c, staff, "reminder_run_corrected", null, null);
                return made;
            });
            return seen(c, id);
        });
        worker.wake();
        return seen;
    }
}
