package uk.waymark.hearings.runs;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import uk.waymark.hearings.CourtHearing;
import uk.waymark.hearings.HearingStore;
import uk.waymark.hearings.ReminderTimes;
import uk.waymark.hearings.ToldAsItStands;
import uk.waymark.hearings.runs.RunJudge.Asked;
import uk.waymark.hearings.runs.RunJudge.Target;
import uk.waymark.hearings.runs.RunJudge.Verdict;
import uk.waymark.hearings.runs.RunStore.Row;
import uk.waymark.hearings.runs.RunStore.State;
import uk.waymark.notifications.Enqueued;
import uk.waymark.notifications.Outbox;
import uk.waymark.platform.Caller;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/** Makes messages of lines, and corrections of what lines have said. */
@Singleton
final class RunLines {
    /** Somebody is to be found another way; the sooner the nearer the day is. */
    private static final Duration TELL_WITHIN = Duration.ofHours(24);
    /** Its person has it, or may have it. */
    private static final Set<State> HEARD = Set.of(State.SENT, State.DELIVERED, State.UNKNOWN);
    private final RunStore store;
    private final RunJudge judge;
    private final RunMessages messages;
    private final HearingStore hearings;
    private final RunCorrections corrections;
    private final ToldAsItStands told;
    private final ReminderTimes times;
    private final Outbox outbox;
    private final WorkItems workItems;

    RunLines(RunStore store, RunJudge judge, RunMessages messages, HearingStore hearings, RunCorrections corrections, ToldAsItStands told,
             ReminderTimes times, Outbox outbox, WorkItems workItems) {
        this.store = store;
        this.judge = judge;
        this.messages = messages;
        this.hearings = hearings;
        this.corrections = corrections;
        this.told = told;
        this.times = times;
        this.outbox = outbox;
        this.workItems = workItems;
    }

    /** @param c of a transaction that acts for the force as a worker and holds the run */
    void work(Connection c, UUID force, RunStore.Run run, List<Row> rows, Instant now) {
        List<Row> lines = rows.stream().filter(r -> r.corrects() == null).toList();
        var by = new Caller.Staff(force, run.startedBy(), Set.of(run.supervises() ? "supervisor" : "witness_care"));
        List<Verdict> verdicts = lines.isEmpty() ? List.of() : judge.judge(c, by,
            lines.stream().map(r -> new Asked(r.content(), r.hearing(), r.person())).toList(), new HashSet<>(), now);
        for (int i = 0; i < lines.size(); i++) {
            line(c, force, lines.get(i), verdicts.get(i), now);
        }
        rows.stream().filter(r -> r.corrects() != null).forEach(r -> correction(c, force, r, now));
    }

    private void line(Connection c, UUID force, Row row, Verdict verdict, Instant now) {
        Target target = verdict.target();
        if (target != null) {
            store.meant(c, row.id(), target.hearing(), target.person());
        }
        if (verdict.reason() != null) {
            refuse(c, row, verdict, now);
            return;
        }
        Instant today = RunJudge.today(now);
        switch (messages.remind(c, force, target, today, now)) {
            case Enqueued.Added added ->
                store.queued(c, row.id(), added.id(), RunMessages.key(target, today), target.said(), target.language(), now);
            case Enqueued.AlreadyThere there -> store.moved(c, row.id(), State.SKIPPED, RunReason.DUPLICATE.wireName(), now);
        }
    }

    private void refuse(Connection c, Row row, Verdict verdict, Instant now) {
        store.moved(c, row.id(), verdict.reason().skipped() ? State.SKIPPED : State.BAD, verdict.reason().wireName(), now);
        if (verdict.reason() == RunReason.UNSAFE_CONTACT) {
            Target t = verdict.target();
            Instant due = now.plus(TELL_WITHIN);
            Instant leaves = times.leaves(t.said().day(), t.said().time());
            workItems.open(c, new NewWorkItem("message_withheld", "run:" + t.person() + ':' + t.hearing().id() + ':'
                + t.hearing().version(), t.hearing().caseId(), t.person(), t.hearing().id(), verdict.reason().wireName(),
                "A reminder of a court date was not sent. Tell the person another way.",
                due.isBefore(leaves) ? due : now));
        }
    }

    /**
     * What nobody has had yet is replaced; who has, or may have, the wrong one gets one message that says so. Where a wrong correction
     * waits, it is taken back, and what came before it is what they have.
     */
    private void correction(Connection c, UUID force, Row row, Instant now) {
        Row wrong = store.row(c, row.corrects()).orElseThrow();
        RunCorrections.Correction correction = corrections.one(c, row.correction());
        CourtHearing h = hearings.one(c, wrong.hearing()).orElseThrow();
        store.meant(c, row.id(), h, wrong.person());
        Optional<RunSaid> right = correction.right(h, wrong.said());
        boolean needed = store.required(c, List.of(h.id())).getOrDefault(h.id(), Set.of()).contains(wrong.person());
        if (!h.listed() || !needed || right.isEmpty() || !times.starts(right.get().day(), right.get().time()).isAfter(now)) {
            store.moved(c, row.id(), State.SKIPPED, RunReason.NO_LONGER_SO.wireName(), now);
        } else if (!right.get().differs(wrong.said(), correction.wrong())) {
            store.moved(c, row.id(), State.SKIPPED, RunReason.WAS_RIGHT.wireName(), now);
        } else if (toldSince(c, force, h, wrong, right.get(), correction)) {
            store.moved(c, row.id(), State.SKIPPED, RunReason.TOLD_SINCE.wireName(), now);
        } else if (h.quiet()) {
            store.moved(c, row.id(), State.BAD, RunReason.KEPT_QUIET.wireName(), now);
        } else {
            boolean notGone = wrong.state() == State.QUEUED && outbox.cancelByKey(c, force, wrong.key(), "replaced");
            if (notGone) {
                store.moved(c, wrong.id(), State.REPLACED, null, now);
            }
            Row heard = notGone ? heardBefore(c, wrong) : wrong;
            Set<String> differs = heard == null ? Set.of() : right.get().differences(heard.said());
            if (heard != null && differs.isEmpty()) {
                store.moved(c, row.id(), State.SKIPPED, RunReason.WAS_RIGHT.wireName(), now);
                return;
            }
            if (heard != null) {
                store.corrects(c, row.id(), heard.id());
            }
            UUID message = messages.correct(c, force, row.id(), h, wrong.person(), right.get(), differs, now);
            store.queued(c, row.id(), message, RunMessages.key(row.id()), right.get(), wrong.language(), now);
        }
    }

    /**
     * Since it was said otherwise, a notice has told them of the date as it stands, or somebody has. What a supervisor says is right,
     * and the court date has not, no notice says.
     */
    private boolean toldSince(Connection c, UUID force, CourtHearing h, Row wrong, RunSaid right, RunCorrections.Correction correction) {
        return wrong.version() < h.version() && !right.differs(RunSaid.of(h, null, null), correction.wrong())
            && told.ever(c, force, h, wrong.person());
    }

    /** Null where nobody has had anything. */
    private Row heardBefore(Connection c, Row takenBack) {
        Row row = takenBack;
        while (row != null && !HEARD.contains(row.state())) {
            row = row.corrects() == null ? null : store.row(c, row.corrects()).orElseThrow();
        }
        return row;
    }
}
