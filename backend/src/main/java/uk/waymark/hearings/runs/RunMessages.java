package uk.waymark.hearings.runs;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uk.waymark.hearings.CourtHearing;
import uk.waymark.hearings.ReminderTimes;
import uk.waymark.hearings.WelshCourts;
import uk.waymark.notifications.Enqueued;
import uk.waymark.notifications.NewMessage;
import uk.waymark.notifications.Outbox;

/** Puts reminders of runs and their corrections into the outbox. The language is known only at sending, so both are there. */
@Singleton
final class RunMessages {
    static final String CORRECTION = "run_correction";
    private static final Map<String, String> COURT = Map.of("en", "court", "cy", "y llys");
    private static final Map<String, Map<String, String>> WRONG = Map.of("en", Map.of("date", "date", "time", "time", "court", "place"),
        "cy", Map.of("date", "dyddiad", "time", "amser", "court", "lleoliad"));
    private static final Map<String, String> AND = Map.of("en", " and ", "cy", " a ");
    private static final int LONGEST_COURT = 60;

    private final WelshCourts courts;
    private final ReminderTimes times;
    private final Outbox outbox;

    RunMessages(WelshCourts courts, ReminderTimes times, Outbox outbox) {
        this.times = times;
        this.courts = courts;
        this.outbox = outbox;
    }

    /** @param today midnight: the same person is not reminded twice a day of what still stands, by whatever run */
    Enqueued remind(Connection c, UUID force, RunJudge.Target t, Instant today, Instant now) {
        return outbox.enqueue(c, message(force, t.person(), t.hearing().id(), RunJudge.TEMPLATE, fields(c, force, t.said()),
            key(t, today), now, times.leaves(t.said().day(), t.said().time())));
    }

    /**
     * Until it begins: what is wrong on somebody's phone is put right on their way there as well.
     *
     * @param row   the correction's
     * @param wrong what was; empty where nobody has had the wrong message yet, and the right one goes in its place
     */
    UUID correct(Connection c, UUID force, UUID row, CourtHearing h, UUID person, RunSaid said, Set<String> wrong, Instant now) {
        Map<String, String> fields = fields(c, force, said);
        if (!wrong.isEmpty()) {
            fields.put("wrong_en", wrong("en", wrong));
            fields.put("wrong_cy", wrong("cy", wrong));
        }
        return outbox.enqueue(c, message(force, person, h.id(), wrong.isEmpty() ? RunJudge.TEMPLATE : CORRECTION, fields,
            key(row), now, times.starts(said.day(), said.time()))).id();
    }

    static String key(RunJudge.Target t, Instant today) {
        return "run:" + t.person() + ':' + t.hearing().id() + ':' + t.hearing().version() + ':' + today;
    }

    static String key(UUID correctionRow) {
        return "run-correction:" + correctionRow;
    }

    private static NewMessage message(UUID force, UUID person, UUID hearing, String template, Map<String, String> fields, String key,
                                      Instant now, Instant until) {
        return new NewMessage(force, person, RunJudge.MESSAGE_CLASS, template, fields, key, hearing, now, until);
    }

    private Map<String, String> fields(Connection c, UUID force, RunSaid said) {
        var fields = new HashMap<String, String>();
        String welsh = said.court() == null ? null : courts.name(c, force, null, said.court());
        for (String language : COURT.keySet()) {
            fields.put("when_" + language, said.when(language));
            String court = "cy".equals(language) ? welsh : said.court();
            fields.put("court_" + language, court == null ? COURT.get(language)
                : court.substring(0, Math.min(LONGEST_COURT, court.length())));
        }
        return fields;
    }

    private static String wrong(String language, Set<String> wrong) {
        List<String> words = new ArrayList<>();
        for (String what : List.of("date", "time", "court")) {
            if (wrong.contains(what)) {
                words.add(WRONG.get(language).get(what));
            }
        }
        String last = words.removeLast();
        return words.isEmpty() ? last : String.join(", ", words) + AND.get(language) + last;
    }
}
