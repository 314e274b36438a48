package uk.waymark.hearings.runs;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import uk.waymark.hearings.CourtHearing;
import uk.waymark.platform.Ids;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;

/** What supervisors have said that a run had wrong. */
@Singleton
final class RunCorrections {
    private final Ids ids;

    RunCorrections(Ids ids) {
        this.ids = ids;
    }

    /**
     * @param wrong {@code date}, {@code time} or {@code court}
     * @param time  the right one for all; null: as each court date stands
     * @param court likewise
     */
    record Correction(Set<String> wrong, LocalTime time, String court) {
        /** What should have been said: only what was wrong is said otherwise. Empty where that is not known. */
        Optional<RunSaid> right(CourtHearing h, RunSaid said) {
            LocalTime listed = h.startsAt() == null ? null : h.startsAt().atZone(WorkingDays.LONDON).toLocalTime();
            if (h.on() == null) {
                return Optional.empty();
            }
            return Optional.of(new RunSaid(wrong.contains("date") ? h.on() : said.day(),
                !wrong.contains("time") ? said.time() : time == null ? listed : time,
                !wrong.contains("court") ? said.court() : court == null ? h.court() : court));
        }
    }

    /** @throws ProblemException 422 where one value is given for people who were told different ones: it cannot be right for all */
    static void fits(Correction correction, List<RunSaid> said) {
        if (correction.time() != null && said.stream().map(RunSaid::time).filter(t -> !correction.time().equals(t)).distinct().count() > 1) {
            throw severalWere("time");
        }
        if (correction.court() != null
                && said.stream().map(RunSaid::court).filter(t -> !correction.court().equals(t)).distinct().count() > 1) {
            throw severalWere("court");
        }
    }

    private static ProblemException severalWere(String field) {
        return ProblemException.unprocessable("/" + field, "This run gave more than one " + field + ", so one for everybody cannot be right. "
            + "Leave it out: then each person is told what their own court date has. Put that right first where it is wrong.");
    }

    UUID add(Connection c, UUID force, UUID run, Correction correction, String by, Instant now) {
        UUID id = ids.next();
        Sql.run(c, """
            insert into waymark.reminder_correction (id, run_id, force_id, wrong, starts_time, court, made_by, made_at)
            values (?, ?, ?, ?, ?, ?, ?, ?)""", id, run, force, correction.wrong().toArray(String[]::new),
            correction.time() == null ? null : correction.time().toString(), correction.court(), by, now);
        return id;
    }

    /**
     * A row for each newest message to somebody that was, or may be, wrong: who got it or may have got it, and what waits. A correction
     * may have been wrong as well; one that reached nobody leaves what was said before it. The neutral words name no place.
     */
    void addRows(Connection c, UUID correction, Instant now) {
        Sql.run(c, """
            insert into waymark.reminder_run_row (id, run_id, force_id, line, correction_id, corrects, state, hearing_id, person_id,
                                                  case_id, changed_at)
            select gen_random_uuid(), w.run_id, w.force_id, w.line, k.id, w.id, 'pending', w.hearing_id, w.person_id, w.case_id, ?
              from waymark.reminder_correction k join waymark.reminder_run r on r.id = k.run_id
              join waymark.reminder_run_row w on w.run_id = k.run_id
             where k.id = ?
               and (w.state in ('sent', 'delivered', 'unknown')
                    or w.state = 'queued' and (r.stopped_by is null or w.corrects is not null))
               and not exists (select 1 from waymark.reminder_run_row newer where newer.corrects = w.id
                                and newer.state in ('queued', 'sent', 'delivered', 'unknown'))
               and (w.state = 'queued' or w.variant is distinct from 'neutral' or k.wrong <> array['court'])""", now, correction);
    }

    Correction one(Connection c, UUID id) {
        return Sql.one(c, "select wrong, starts_time, court from waymark.reminder_correction where id = ?", RunCorrections::read, id)
            .orElseThrow();
    }

    private static Correction read(ResultSet r) throws SQLException {
        String time = r.getString("starts_time");
        return new Correction(Set.copyOf(List.of((String[]) r.getArray("wrong").getArray())), time == null ? null : LocalTime.parse(time),
            r.getString("court"));
    }
}
