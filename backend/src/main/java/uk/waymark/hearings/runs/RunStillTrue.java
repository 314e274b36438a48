package uk.waymark.hearings.runs;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import uk.waymark.hearings.HearingTold;
import uk.waymark.messaging.Reservation;
import uk.waymark.notifications.Decision;
import uk.waymark.notifications.Pending;
import uk.waymark.platform.Sql;

/**
 * A message of a run goes only while what it says stands: the court date is listed as it was and not kept quiet, the person has to
 * be there, and nobody has stopped the run. In the language that the line asked for.
 */
@Singleton
final class RunStillTrue implements Reservation {
    private static final Set<String> TEMPLATES = Set.of(RunJudge.TEMPLATE, RunMessages.CORRECTION);

    private record Known(UUID row, boolean stopped, boolean stands, String language) { }

    @Override
    public List<Decision> before(Connection c, List<Pending> batch) {
        Map<UUID, Known> known = known(c, batch);
        return batch.stream().map(m -> {
            Known row = known.get(m.messageId());
            return row == null ? null : row.stopped() ? cancel(RunReason.RUN_STOPPED) : row.stands() ? null : cancel(RunReason.NO_LONGER_SO);
        }).toList();
    }

    private static Decision cancel(RunReason reason) {
        return new Decision.Cancel(reason.wireName());
    }

    @Override
    public List<Decision> sending(Connection c, List<Pending> batch, List<Decision.Send> sends) {
        Map<UUID, Known> known = known(c, batch);
        if (known.isEmpty()) {
            return Collections.nCopies(batch.size(), null);
        }
        return IntStream.range(0, batch.size()).mapToObj(i -> {
            Known row = known.get(batch.get(i).messageId());
            Decision.Send by = sends.get(i);
            if (row == null || by == null) {
                return null;
            }
            leaves(c, row.row(), by);
            return row.language() == null ? by.until(batch.get(i).expiresAt())
                : new Decision.Send(by.channel(), by.address(), row.language(), by.variant(), by.another(), batch.get(i).expiresAt());
        }).map(Decision.class::cast).toList();
    }

    /** Another may still hold it: whether it has left is asked of the outbox. */
    private static void leaves(Connection c, UUID row, Decision.Send by) {
        Sql.run(c, "update waymark.reminder_run_row set how = ?, variant = ? where id = ?", by.channel().name().toLowerCase(Locale.ROOT),
            by.variant(), row);
    }

    private static Map<UUID, Known> known(Connection c, List<Pending> batch) {
        UUID[] messages = batch.stream().filter(m -> TEMPLATES.contains(m.template())).map(Pending::messageId).toArray(UUID[]::new);
        var known = new HashMap<UUID, Known>();
        if (messages.length > 0) {
            Sql.list(c, """
                select w.id, w.message_id, w.language, r.stopped_by is not null and w.corrects is null as stopped,
                       h.state = 'listed' and h.version = w.version and h.on_phones and not h.quiet
                         and coalesce(p.required and p.shown, false)
                         and (select a.answer from waymark.hearing_answer a
                               where a.hearing_id = w.hearing_id and a.person_id = w.person_id and a.confirmed and a.version = h.version
                                 and (a.answer <> 'need_to_talk' or a.via = 'staff')
                                 and not\s""" + HearingTold.calledOffSince("a", "answered_at") + """
                               order by a.id desc limit 1) is distinct from 'cannot' as stands
                  from waymark.reminder_run_row w join waymark.reminder_run r on r.id = w.run_id
                  join waymark.hearing h on h.id = w.hearing_id
                  left join waymark.hearing_person p on p.hearing_id = w.hearing_id and p.person_id = w.person_id
                 where w.message_id = any(?)""",
                r -> known.put(Sql.uuid(r, "message_id"), new Known(Sql.uuid(r, "id"), r.getBoolean("stopped"), r.getBoolean("stands"),
                    r.getString("language"))), (Object) messages);
        }
        return known;
    }
}
