package uk.waymark.hearings.runs;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.waymark.api.model.ReminderRunLine;
import uk.waymark.api.model.ReminderRun;
import uk.waymark.api.model.ReminderRunCounts;
import uk.waymark.api.model.ReminderRunPreview;
import uk.waymark.api.model.ReminderRunResult;
import uk.waymark.api.model.ReminderRunSource;
import uk.waymark.api.model.ReminderRunState;
import uk.waymark.api.model.ReminderRunSummary;
import uk.waymark.api.model.ReminderRunRowState;
import uk.waymark.api.model.ReminderRunVerdict;
import uk.waymark.hearings.runs.RunStore.State;
import uk.waymark.platform.ProblemException;

/** Reminder runs as staff see them: never a number or a name. */
final class RunViews {
    static final String CSV_NAMES = "line,correction,state,reason,what_to_do,crime_reference,hearing_id,person_id,changed_at\r\n";

    private RunViews() { }

    static ReminderRun run(ReminderRuns.Seen seen) {
        RunStore.Run r = seen.run();
        return new ReminderRun(r.id(), ReminderRunSource.fromValue(r.source()), ReminderRunState.fromValue(r.state()), counts(seen.counts()),
            r.ignored(), r.startedBy(), utc(r.startedAt())).finishedAt(utc(r.finishedAt())).stoppedBy(r.stoppedBy());
    }

    static ReminderRunSummary summary(RunStore.Run r) {
        return new ReminderRunSummary(r.id(), ReminderRunSource.fromValue(r.source()), ReminderRunState.fromValue(r.state()), r.startedBy(),
            utc(r.startedAt())).finishedAt(utc(r.finishedAt()));
    }

    private static ReminderRunCounts counts(Map<State, Integer> counts) {
        java.util.function.ToIntFunction<State> of = s -> counts.getOrDefault(s, 0);
        return new ReminderRunCounts(counts.values().stream().mapToInt(Integer::intValue).sum(), of.applyAsInt(State.PENDING),
            of.applyAsInt(State.QUEUED), of.applyAsInt(State.SENT), of.applyAsInt(State.DELIVERED), of.applyAsInt(State.FAILED),
            of.applyAsInt(State.UNKNOWN), of.applyAsInt(State.BAD), of.applyAsInt(State.SKIPPED), of.applyAsInt(State.STOPPED),
            of.applyAsInt(State.REPLACED));
    }

    static ReminderRunPreview preview(List<ReminderRuns.LineVerdict> verdicts, List<String> ignored) {
        List<ReminderRunLine> lines = verdicts.stream().map(RunViews::verdict).toList();
        Map<ReminderRunVerdict, Long> counts = lines.stream().collect(Collectors.groupingBy(ReminderRunLine::getVerdict,
            Collectors.counting()));
        return new ReminderRunPreview(lines.size(), counts.getOrDefault(ReminderRunVerdict.WOULD_SEND, 0L).intValue(),
            counts.getOrDefault(ReminderRunVerdict.BAD, 0L).intValue(), counts.getOrDefault(ReminderRunVerdict.SKIPPED, 0L).intValue(),
            ignored, lines);
    }

    private static ReminderRunLine verdict(ReminderRuns.LineVerdict v) {
        ReminderRunVerdict verdict = v.reason() == null ? ReminderRunVerdict.WOULD_SEND
            : v.reason().skipped() ? ReminderRunVerdict.SKIPPED : ReminderRunVerdict.BAD;
        var view = new ReminderRunLine(v.line(), verdict).crimeReference(shortened(v.reference())).heldOut(v.heldOut() ? true : null);
        return v.reason() == null ? view : view.reason(v.reason().wireName()).whatToDo(RunReason.words(v.reason().wireName()));
    }

    static ReminderRunResult result(RunStore.Row row) {
        return new ReminderRunResult(row.line(), row.corrects() != null, ReminderRunRowState.fromValue(row.state().stored()), utc(row.changedAt()))
            .reason(row.reason()).whatToDo(row.reason() == null ? null : RunReason.words(row.reason())).crimeReference(reference(row))
            .hearingId(row.hearing()).personId(row.person());
    }

    /** Opens as text in any spreadsheet: no cell is taken for a formula. */
    static String csv(RunStore.Row row) {
        return Stream.of(row.line(), row.corrects() != null, row.state().stored(), row.reason(),
                row.reason() == null ? null : RunReason.words(row.reason()), reference(row), row.hearing(), row.person(), row.changedAt())
            .map(RunViews::cell).collect(Collectors.joining(",")) + "\r\n";
    }

    private static String cell(Object value) {
        String text = value == null ? "" : value.toString();
        if (!text.isEmpty() && !(value instanceof Number) && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        return text.chars().anyMatch(c -> "\",\r\n'".indexOf(c) >= 0) ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    private static String reference(RunStore.Row row) {
        return row.content() == null ? null : shortened(row.content().shownReference());
    }

    private static String shortened(String reference) {
        return reference == null || reference.isEmpty() ? null : reference.substring(0, Math.min(40, reference.length()));
    }

    static Integer line(String cursor) {
        try {
            return Integer.valueOf(cursor);
        } catch (NumberFormatException e) {
            throw notOurs();
        }
    }

    static Instant moment(String cursor) {
        try {
            return Instant.parse(cursor);
        } catch (java.time.format.DateTimeParseException e) {
            throw notOurs();
        }
    }

    static UUID id(String cursor) {
        try {
            return UUID.fromString(cursor);
        } catch (IllegalArgumentException e) {
            throw notOurs();
        }
    }

    private static ProblemException notOurs() {
        return ProblemException.badRequest("/cursor", "This cursor is not one of ours. Take next_cursor from the page before.");
    }

    private static OffsetDateTime utc(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
