package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.hearings.HearingMessages.Row;
import uk.waymark.hearings.HearingTold.What;
import uk.waymark.messaging.Reservation;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.Decision;
import uk.waymark.notifications.MessageRecord;
import uk.waymark.notifications.MessageState;
import uk.waymark.notifications.NewMessage;
import uk.waymark.notifications.Outbox;
import uk.waymark.notifications.Page;
import uk.waymark.notifications.Pending;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sql;

/**
 * News of court dates at the moment of sending: what is no longer so does not go, who was called to several within a minute, or to
 * whom several have moved, is told of all in one message, and what has to be known before somebody leaves home is not left to a letter.
 */
@Singleton
final class GatheredNotices implements Reservation {
    static final String SEVERAL = "hearing_several";
    private static final String MOVED = "hearing_moved_needed";
    static final String SEVERAL_MOVED = "hearing_moved_several";
    static final String NO_LONGER_SO = "no_longer_so";
    private static final Duration KEEPS = Duration.ofDays(8);
    private final HearingStore store;
    private final HearingMessages messages;
    private final NoticeTimes times;
    private final Outbox outbox;
    private final Ids ids;
    private final CaseClock clock;
    private final OtherCourt otherCourt;
    private final CallingOff callingOff;

    GatheredNotices(HearingStore store, HearingMessages messages, NoticeTimes times, Outbox outbox, Ids ids, CaseClock clock,
                    OtherCourt otherCourt, CallingOff callingOff) {
        this.callingOff = callingOff;
        this.otherCourt = otherCourt;
        this.store = store;
        this.messages = messages;
        this.times = times;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public List<Decision> before(Connection c, List<Pending> batch) {
        Map<UUID, List<Row>> rows = rows(c, batch);
        var decisions = new ArrayList<Decision>();
        for (Pending m : batch) {
            decisions.add(ours(m) ? before(c, m, rows.getOrDefault(m.messageId(), List.of())) : null);
        }
        return decisions;
    }

    private Decision before(Connection c, Pending m, List<Row> rows) {
        if (rows.isEmpty()) {
            return new Decision.Cancel(Outbox.IN_SUMMARY);
        }
        List<Row> so = rows.stream().filter(r -> stillSo(c, r)).toList();
        if (so.size() < rows.getFirst().saidOf()) {
            messages.forget(c, rows.stream().filter(r -> !so.contains(r) && r.what() == What.NOT_NEEDED).toList());
            if (!so.isEmpty()) {
                together(c, so);
            }
            return new Decision.Cancel(NO_LONGER_SO);
        }
        Row only = so.size() == 1 ? so.getFirst() : null;
        return only != null && (only.what() == What.OFF || only.what() == What.NOT_NEEDED) ? besides(c, m, only) : null;
    }

    /** Whether another date of that day stands may have become otherwise while it waited. */
    private Decision besides(Connection c, Pending m, Row row) {
        CallingOff.Said said = callingOff.of(c, row.hearing(), row.person(), row.what(), row.day(), clock.instant());
        if (said.template().equals(m.template()) || m.expiresAt() == null) {
            return null;
        }
        String key = "notices:" + ids.next();
        UUID message = outbox.enqueue(c, new NewMessage(force(c), row.person(), m.messageClass(), said.template(), said.fields(), key,
            m.subjectRef(), clock.instant(), m.expiresAt())).id();
        messages.move(c, List.of(row), message, key);
        return new Decision.Cancel(NO_LONGER_SO);
    }

    @Override
    public List<Decision> sending(Connection c, List<Pending> batch, List<Decision.Send> sends) {
        Map<UUID, List<Row>> rows = rows(c, batch);
        Set<UUID> gone = new HashSet<>();
        var decisions = new ArrayList<Decision>();
        for (int i = 0; i < batch.size(); i++) {
            List<Row> of = rows.getOrDefault(batch.get(i).messageId(), List.of());
            decisions.add(sends.get(i) == null || of.isEmpty() ? null : sending(c, batch.get(i), of, sends.get(i), gone));
        }
        return decisions;
    }

    private Decision sending(Connection c, Pending m, List<Row> rows, Decision.Send send, Set<UUID> gone) {
        if (rows.getFirst().callsOff()) {
            Duration left = Duration.between(clock.instant(), times.leavesHome(rows.getFirst().day()));
            boolean late = send.channel() == Channel.LETTER && left.compareTo(times.letter()) < 0
                || send.channel() == Channel.CALL && left.compareTo(times.call()) < 0;
            return late && !left.isNegative() ? new Decision.Withhold(CallsNow.TOO_SOON) : null;
        }
        otherCourt.leaves(c, m, rows, send, clock.instant());
        if (gone.contains(m.messageId())) {
            return new Decision.Cancel(Outbox.IN_SUMMARY);
        }
        boolean moved = moved(m.template(), rows);
        if (!moved && !rows.stream().allMatch(Row::calls)) {
            return null;
        }
        // asked only of what would leave now: what is too late to wait is not made to
        Instant gathered = m.createdAt() == null ? null : m.createdAt().plus(times.gather());
        if (rows.getFirst().saidOf() == 1 && gathered != null && gathered.isAfter(clock.instant())) {
            return new Decision.HoldUntil(gathered, "gathering");
        }
        UUID force = force(c);
        Instant since = clock.instant().minus(KEEPS);
        List<Row> waiting = (moved ? moved(c, force, messages.changes(c, m.recipientRef(), since))
            : messages.calls(c, m.recipientRef(), since)).stream().filter(r -> r.message() != null
                && outbox.stateByKey(c, force, r.key()).filter(MessageState::waiting).isPresent())
            .filter(r -> stillSo(c, r)).toList();
        Set<UUID> all = waiting.stream().map(Row::message).collect(Collectors.toSet());
        if (all.size() < 2 || !all.contains(m.messageId())) {
            return null;
        }
        together(c, waiting);
        gone.addAll(all);
        return new Decision.Cancel(Outbox.IN_SUMMARY);
    }

    /** To another day or time of which the day is known, at the court that they know: where that is another, the words name it. */
    private static boolean moved(String template, List<Row> rows) {
        return (MOVED.equals(template) || SEVERAL_MOVED.equals(template))
            && rows.stream().allMatch(r -> r.what() == What.CHANGE && r.needed() && !r.day().isWeek());
    }

    private List<Row> moved(Connection c, UUID force, List<Row> changes) {
        List<String> keys = changes.stream().filter(r -> r.message() != null).map(Row::key).distinct().toList();
        Map<UUID, String> templates = keys.isEmpty() ? Map.of() : outbox.listByKeys(c, force, keys, Page.first(keys.size())).stream()
            .collect(Collectors.toMap(MessageRecord::id, MessageRecord::template));
        return changes.stream().filter(r -> r.message() != null && moved(templates.get(r.message()), List.of(r))).toList();
    }

    /** One message for all of these. Those that told of them singly find nothing left to say. */
    private void together(Connection c, List<Row> rows) {
        UUID force = force(c);
        Instant now = clock.instant();
        // what is over or under way when the rest is told of is no reason to be silent about the rest
        List<Row> inOrder = rows.stream().filter(r -> r.day().over().isAfter(now)).sorted(Comparator.comparing(r -> times.starts(r.day()))).toList();
        if (inOrder.isEmpty()) {
            return;
        }
        Row first = inOrder.getFirst();
        String key = "notices:" + ids.next();
        var fields = new HashMap<>(first.day().fields(now));
        boolean one = inOrder.size() == 1;
        if (!one) {
            HearingDay last = inOrder.getLast().day();
            fields.put("count", String.valueOf(inOrder.size()));
            fields.put("last_en", new HearingDay(null, last.on(), last.weekOf()).english(now));
            fields.put("last_cy", new HearingDay(null, last.on(), last.weekOf()).welsh(now));
        }
        Instant until = first.day().over().isBefore(now.plus(KEEPS)) ? first.day().over() : now.plus(KEEPS);
        String template = first.what() == What.CHANGE ? one ? MOVED : SEVERAL_MOVED
            : !one ? SEVERAL : first.day().isWeek() ? "hearing_week_needed" : "hearing_needed";
        // about the date itself: no event of the one may take the other back
        UUID message = outbox.enqueue(c, new NewMessage(force, first.person(), HearingNotices.ASKS, template, fields, key, first.hearing(),
            now, until)).id();
        messages.move(c, inOrder, message, key);
    }

    private boolean stillSo(Connection c, Row row) {
        CourtHearing h = store.one(c, row.hearing()).orElseThrow();
        boolean required = Sql.one(c, "select required from waymark.hearing_person where hearing_id = ? and person_id = ?",
            r -> r.getBoolean("required"), row.hearing(), row.person()).orElse(false);
        return switch (row.what()) {
            // a change may name the court
            case NOTICE, CHANGE -> h.listed() && (row.what() == What.NOTICE || QuietChanges.sameCourt(row.court(), row.ouCode(), h))
                && row.day().same(HearingDay.of(h)) && row.needed() == HearingNotices.needed(h, required);
            case OFF -> h.state() == CourtHearing.State.VACATED;
            // a trial that hears no witness any more needs nobody, whoever is still named
            case NOT_NEEDED -> !HearingNotices.needed(h, required);
            case REMINDER, CORRECTION -> true;
        };
    }

    private Map<UUID, List<Row>> rows(Connection c, List<Pending> batch) {
        List<UUID> ours = batch.stream().filter(GatheredNotices::ours).map(Pending::messageId).filter(Objects::nonNull).toList();
        return ours.isEmpty() ? Map.of()
            : messages.ofMessages(c, ours).stream().collect(Collectors.groupingBy(Row::message));
    }

    private static boolean ours(Pending m) {
        return HearingNotices.ASKS.equals(m.messageClass()) || HearingNotices.ASKS_NOTHING.equals(m.messageClass());
    }

    private static UUID force(Connection c) {
        return Sql.one(c, "select waymark.ctx_force() as id", r -> Sql.uuid(r, "id")).orElseThrow();
    }
}
