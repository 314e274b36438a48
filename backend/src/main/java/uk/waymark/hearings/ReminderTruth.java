package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.hearings.CourtHearing.State;
import uk.waymark.hearings.HearingAnswers.Answer;
import uk.waymark.hearings.ReminderStore.Standing;

/** Whether a reminder still says what is so. */
@Singleton
final class ReminderTruth {
    private final HearingStore hearings;
    private final ReminderStore store;
    private final HearingAnswers answers;

    ReminderTruth(HearingStore hearings, ReminderStore store, HearingAnswers answers) {
        this.hearings = hearings;
        this.store = store;
        this.answers = answers;
    }

    private record Part(UUID hearing, UUID person) { }

    /** Court dates, how people stand to them and what they answered, read at once for many reminders. */
    final class Now {
        private final Map<UUID, CourtHearing> dates;
        private final Map<Part, Standing> standings = new HashMap<>();
        private final Map<Part, HearingAnswers.Entry> answered = new HashMap<>();

        private Now(Connection c, Collection<UUID> of) {
            dates = hearings.all(c, of).stream().collect(Collectors.toMap(CourtHearing::id, h -> h));
            store.standings(c, of).forEach(s -> standings.put(new Part(s.hearing(), s.person()), s));
            answers.counting(c, of).forEach(a -> answered.put(new Part(a.hearing(), a.person()), a));
        }

        CourtHearing hearing(UUID id) {
            return dates.get(id);
        }

        boolean required(Reminder r) {
            Standing s = standings.get(new Part(r.hearing(), r.person()));
            return s != null && s.required();
        }

        /** Why it is not so any more, in a word; null where it is. */
        String whyNot(Reminder r, Instant at) {
            String why = whyNot(dates.get(r.hearing()), r);
            return why != null ? why : at.isBefore(r.uselessFrom()) ? null : "too_late";
        }

        private String whyNot(CourtHearing h, Reminder r) {
            if (h == null || h.state() == State.GONE) {
                return "gone";
            }
            if (h.state() == State.VACATED) {
                return "vacated";
            }
            if (h.version() != r.version()) {
                return "changed";
            }
            if (h.listOnly()) {
                return "list_only";
            }
            if (!h.onPhones()) {
                return "kept_off_phones";
            }
            var part = new Part(r.hearing(), r.person());
            Standing s = standings.get(part);
            if (s == null || !s.shown()) {
                return "not_shown";
            }
            if (!s.required() && (r.onlyRequired() || s.dewarnedAt() != null || h.on() == null)) {
                return "not_required";
            }
            HearingAnswers.Entry answer = answered.get(part);
            return answer != null && answer.answer() == Answer.CANNOT && answer.confirmed() && answer.version() == h.version()
                ? "answered_cannot" : null;
        }
    }

    /** @param c of a transaction that acts for the force */
    Now now(Connection c, Collection<Reminder> of) {
        return new Now(c, of.stream().map(Reminder::hearing).distinct().toList());
    }

    Now of(Connection c, CourtHearing hearing) {
        return new Now(c, List.of(hearing.id()));
    }
}
