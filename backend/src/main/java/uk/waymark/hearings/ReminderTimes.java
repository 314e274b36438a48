package uk.waymark.hearings;

import static uk.waymark.platform.WorkingDays.LONDON;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import uk.waymark.hearings.ReminderPlan.Step;
import uk.waymark.hearings.ReminderPlan.Words;
import uk.waymark.platform.WorkingDays;

/** When a plan reminds somebody of a hearing, by the clock on the wall in London: it changes twice a year, and 10:00 stays 10:00. */
@Singleton
public final class ReminderTimes {
    private final ReminderRules rules;
    private final WorkingDays workingDays;

    ReminderTimes(ReminderRules rules, WorkingDays workingDays) {
        this.rules = rules;
        this.workingDays = workingDays;
    }

    /** @param uselessFrom when they leave home, or the next reminder is due, whichever is first: always after due */
    record Planned(Step step, Instant due, Instant uselessFrom) { }

    /**
     * What lies ahead for one person.
     *
     * @param required whether they have to be there
     */
    List<Planned> of(CourtHearing h, List<Step> steps, boolean required, Instant now) {
        Instant leaves = leaves(h);
        if (leaves == null) {
            return List.of();
        }
        List<Step> theirs = steps.stream().filter(s -> required || !s.onlyRequired())
            // of a week there are no details yet, and to whoever need not come there is nothing to say of it
            .filter(s -> h.on() != null || s.words() == Words.QUESTION && required)
            .sorted(Comparator.comparing((Step s) -> due(h, s))).toList();
        var planned = new ArrayList<Planned>();
        for (int i = 0; i < theirs.size(); i++) {
            Instant due = due(h, theirs.get(i));
            Instant next = i + 1 < theirs.size() ? due(h, theirs.get(i + 1)) : leaves;
            Instant useless = next.isBefore(leaves) ? next : leaves;
            if (due.isAfter(now) && useless.isAfter(due)) {
                planned.add(new Planned(theirs.get(i), due, useless));
            }
        }
        return planned;
    }

    /** When these steps fall due, ahead or not; of a court date whose day or week is known. */
    Set<Instant> dues(CourtHearing h, List<Step> steps) {
        return steps.stream().map(s -> due(h, s)).collect(Collectors.toSet());
    }

    private Instant due(CourtHearing h, Step step) {
        LocalDate day = h.on() == null ? h.weekOf() : h.on();
        return (step.workingDays() ? before(day, step.daysBefore()) : day.minusDays(step.daysBefore())).atTime(step.at())
            .atZone(LONDON).toInstant();
    }

    private LocalDate before(LocalDate day, int count) {
        LocalDate found = day;
        for (int left = count; left > 0;) {
            found = found.minusDays(1);
            left -= workingDays.isOne(found) ? 1 : 0;
        }
        return found;
    }

    /** When people leave home for it; null where neither day nor week is known. */
    Instant leaves(CourtHearing h) {
        LocalDate day = h.on() == null ? h.weekOf() : h.on();
        if (day == null) {
            return null;
        }
        return (h.startsAt() == null ? starts(day, null) : h.startsAt()).minus(rules.leaveHome());
    }

    /** When people leave home for what they were told of. @param time local; null where only the day is known */
    public Instant leaves(LocalDate day, LocalTime time) {
        return starts(day, time).minus(rules.leaveHome());
    }

    /** When it begins. @param time local; null where only the day is known */
    public Instant starts(LocalDate day, LocalTime time) {
        return day.atTime(time == null ? rules.starts() : time).atZone(LONDON).toInstant();
    }

    /** This moment, or the next one at which a reminder may leave. */
    Instant within(Instant moment) {
        ZonedDateTime there = moment.atZone(LONDON);
        LocalTime time = there.toLocalTime();
        if (time.isBefore(rules.from())) {
            return there.toLocalDate().atTime(rules.from()).atZone(LONDON).toInstant();
        }
        return time.isBefore(rules.to()) ? moment : there.toLocalDate().plusDays(1).atTime(rules.from()).atZone(LONDON).toInstant();
    }

    static LocalDate day(Instant moment) {
        return moment.atZone(LONDON).toLocalDate();
    }
}
