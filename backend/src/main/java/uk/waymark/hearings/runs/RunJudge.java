package uk.waymark.hearings.runs;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import uk.waymark.cases.CourtNames;
import uk.waymark.cases.HearingKind;
import uk.waymark.cases.ReferredCases;
import uk.waymark.hearings.CannotCome;
import uk.waymark.hearings.CourtHearing;
import uk.waymark.hearings.HearingStore;
import uk.waymark.hearings.ReminderTimes;
import uk.waymark.messaging.ContactPolicy;
import uk.waymark.messaging.Standing;
import uk.waymark.messaging.Standings;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CrimeReferences;
import uk.waymark.platform.PhoneNumbers;
import uk.waymark.platform.Urns;
import uk.waymark.platform.WorkingDays;

/** What is to become of lines of a run: to whom each would go and about which court date, or why it does not go. */
@Singleton
final class RunJudge {
    static final String MESSAGE_CLASS = "reminder";
    static final String TEMPLATE = "run_reminder";
    private static final Pattern OU_CODE = Pattern.compile("[A-Za-z]\\d{2}[A-Za-z]{2}\\d{2}|[A-Za-z]\\d{2}[A-Za-z]{2}");
    private static final int LONGEST_COURT = 100;

    private final ActingAs acting;
    private final ReferredCases cases;
    private final HearingStore hearings;
    private final RunStore runs;
    private final RunTold told;
    private final CannotCome cannotCome;
    private final ContactPolicy policy;
    private final Standings standings;
    private final PhoneNumbers numbers;
    private final ReminderTimes times;

    RunJudge(ActingAs acting, ReferredCases cases, HearingStore hearings, RunStore runs, RunTold told, CannotCome cannotCome,
             ContactPolicy policy, Standings standings, PhoneNumbers numbers, ReminderTimes times) {
        this.times = times;
        this.acting = acting;
        this.cases = cases;
        this.hearings = hearings;
        this.runs = runs;
        this.told = told;
        this.cannotCome = cannotCome;
        this.policy = policy;
        this.standings = standings;
        this.numbers = numbers;
    }

    /**
     * @param line    null where the court date and the person are given, by a list of ours
     * @param hearing null for a line of a file
     */
    record Asked(RunLine line, UUID hearing, UUID person) { }

    /** @param language asked for, or null for the person's own */
    record Target(CourtHearing hearing, UUID person, String language, RunSaid said) { }

    /** One of the two is null. Of what is kept from somebody both are there. */
    record Verdict(RunReason reason, Target target) {
        static Verdict no(RunReason reason) {
            return new Verdict(reason, null);
        }
    }

    /** What the lines of a batch speak of. */
    private record Known(Map<String, Set<UUID>> byReference, Map<String, Set<UUID>> byUrn, Map<UUID, List<ReferredCases.Part>> people,
                         Map<UUID, String> numbers, Map<UUID, List<CourtHearing>> hearings, Map<UUID, Set<UUID>> required) { }

    /**
     * @param c    of a transaction, which acts for the force as a worker afterwards
     * @param by   whose run it is: what they may not see is not there
     * @param seen whom earlier lines went to, and about what; added to
     */
    List<Verdict> judge(Connection c, Caller.Staff by, List<Asked> batch, Set<String> seen, Instant now) {
        acting.goOn(c, by);
        var references = new HashSet<String>();
        var urns = new HashSet<String>();
        for (Asked a : batch) {
            if (a.line() != null) {
                (a.line().reference().isEmpty() ? urns : references).add(key(a.line()));
            }
        }
        Map<String, Set<UUID>> byReference = cases.byReference(c, references);
        Map<String, Set<UUID>> byUrn = cases.byUrn(c, urns);
        acting.goOn(c, new Caller.Worker(by.force()));
        Known known = known(c, batch, byReference, byUrn);
        List<Verdict> verdicts = new ArrayList<>(batch.stream().map(a -> a.line() == null ? given(a, known, now)
            : ofLine(a.line(), known, now)).toList());
        keptOrTold(c, verdicts, seen, now);
        return verdicts;
    }

    private Known known(Connection c, List<Asked> batch, Map<String, Set<UUID>> byReference, Map<String, Set<UUID>> byUrn) {
        Set<UUID> found = new HashSet<>();
        byReference.values().forEach(found::addAll);
        byUrn.values().forEach(found::addAll);
        Map<UUID, List<ReferredCases.Part>> people = cases.people(c, found).stream()
            .collect(Collectors.groupingBy(ReferredCases.Part::caseId));
        Map<UUID, Standing> standing = standings.of(c,
            people.values().stream().flatMap(List::stream).map(ReferredCases.Part::person).distinct().toArray(UUID[]::new));
        var held = new HashMap<UUID, String>();
        standing.forEach((person, s) -> held.put(person, s.number()));
        Set<LocalDate> days = batch.stream().filter(a -> a.line() != null).flatMap(a -> a.line().day().stream())
            .collect(Collectors.toSet());
        List<CourtHearing> all = new ArrayList<>(runs.listed(c, found, days));
        all.addAll(hearings.all(c, batch.stream().map(Asked::hearing).filter(Objects::nonNull).distinct().toList()));
        return new Known(byReference, byUrn, people, held, all.stream().collect(Collectors.groupingBy(CourtHearing::caseId)),
            runs.required(c, all.stream().map(CourtHearing::id).distinct().toList()));
    }

    private static String key(RunLine line) {
        return line.reference().isEmpty() ? Urns.key(line.urn()) : CrimeReferences.key(line.reference());
    }

    /** A court date and a person that a list of ours named. */
    private Verdict given(Asked a, Known known, Instant now) {
        CourtHearing h = known.hearings().values().stream().flatMap(List::stream).filter(one -> one.id().equals(a.hearing())).findFirst()
            .orElse(null);
        if (h == null || !h.listed() || h.on() == null) {
            return Verdict.no(RunReason.UNKNOWN_HEARING);
        }
        RunSaid said = RunSaid.of(h, null, null);
        if (tooLate(said.day(), said.time(), now)) {
            return Verdict.no(RunReason.PAST_DATE);
        }
        return needed(h, known, a.person()) ? unlessQuiet(new Target(h, a.person(), null, said)) : Verdict.no(RunReason.NOT_REQUIRED);
    }

    private Verdict ofLine(RunLine line, Known known, Instant now) {
        String number = numbers.parseMobile(line.mobile().startsWith("'") ? line.mobile().substring(1) : line.mobile()).orElse(null);
        LocalDate day = line.day().orElse(null);
        LocalTime time = line.time().isEmpty() ? null : line.startsAt().orElse(null);
        RunReason form = number == null ? RunReason.BAD_NUMBER : day == null ? RunReason.BAD_DATE
            : !line.time().isEmpty() && time == null ? RunReason.BAD_TIME : line.languageUnknown() ? RunReason.BAD_LANGUAGE
            : line.court().length() > LONGEST_COURT ? RunReason.BAD_COURT
            : day.isBefore(now.atZone(WorkingDays.LONDON).toLocalDate()) || time != null && tooLate(day, time, now)
                ? RunReason.PAST_DATE : null;
        if (form != null) {
            return Verdict.no(form);
        }
        Set<UUID> meant = (line.reference().isEmpty() ? known.byUrn() : known.byReference()).getOrDefault(key(line), Set.of());
        List<ReferredCases.Part> people = meant.stream().flatMap(id -> known.people().getOrDefault(id, List.of()).stream()).toList();
        Set<UUID> persons = holders(people, number, known);
        if (persons.isEmpty()) {
            return Verdict.no(RunReason.UNKNOWN_PERSON);
        }
        List<CourtHearing> thatDay = meant.stream().flatMap(id -> known.hearings().getOrDefault(id, List.of()).stream())
            .filter(h -> day.equals(h.on()) && people.stream().anyMatch(p -> persons.contains(p.person()) && p.caseId().equals(h.caseId())))
            .toList();
        return ofHearings(line, thatDay, persons, time, known, now);
    }

    /** Those who are held under the number by the force, or else those who have confirmed it since. */
    private Set<UUID> holders(List<ReferredCases.Part> people, String number, Known known) {
        List<ReferredCases.Part> held = cases.holding(people, number);
        return (held.isEmpty() ? people.stream().filter(p -> number.equals(known.numbers().get(p.person()))).toList() : held).stream()
            .map(ReferredCases.Part::person).collect(Collectors.toSet());
    }

    private Verdict ofHearings(RunLine line, List<CourtHearing> thatDay, Set<UUID> persons, LocalTime time, Known known,
                                      Instant now) {
        if (thatDay.isEmpty()) {
            return Verdict.no(RunReason.UNKNOWN_HEARING);
        }
        List<CourtHearing> there = thatDay.stream().filter(h -> fits(line.court(), h)).toList();
        if (there.isEmpty()) {
            return Verdict.no(RunReason.BAD_COURT);
        }
        List<CourtHearing> then = there.stream().filter(h -> time == null || h.startsAt() == null
            || h.startsAt().atZone(WorkingDays.LONDON).toLocalTime().equals(time)).toList();
        if (then.isEmpty()) {
            return Verdict.no(RunReason.OTHER_TIME);
        }
        return then.stream().sorted(Comparator.comparing(CourtHearing::startsAt, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(CourtHearing::id))
            .flatMap(h -> persons.stream().sorted().filter(p -> needed(h, known, p)).map(p -> target(line, h, p, time)))
            .findFirst().map(t -> tooLate(t.said().day(), t.said().time(), now) ? Verdict.no(RunReason.PAST_DATE) : unlessQuiet(t))
            .orElse(Verdict.no(RunReason.NOT_REQUIRED));
    }

    /** Nobody is reminded once they have left home. */
    private boolean tooLate(LocalDate day, LocalTime time, Instant now) {
        return !times.leaves(day, time).isAfter(now);
    }

    private static Target target(RunLine line, CourtHearing h, UUID person, LocalTime time) {
        boolean code = OU_CODE.matcher(line.court()).matches() || line.court().equalsIgnoreCase(h.ouCode());
        return new Target(h, person, line.asked(), RunSaid.of(h, time, line.court().isEmpty() || code ? null : line.court()));
    }

    /** What nobody is to be told of is not told by a run either, before the unit decides. */
    private static Verdict unlessQuiet(Target t) {
        return t.hearing().quiet() ? Verdict.no(RunReason.KEPT_QUIET) : new Verdict(null, t);
    }

    /** A code that the court date does not bear out is looked at by somebody. */
    private static boolean fits(String court, CourtHearing h) {
        if (court.isEmpty() || court.equalsIgnoreCase(h.ouCode())) {
            return true;
        }
        return !OU_CODE.matcher(court).matches() && CourtNames.fit(court, h.court());
    }

    private static boolean needed(CourtHearing h, Known known, UUID person) {
        return !h.listOnly() && h.onPhones() && h.kind() != HearingKind.TRIAL_WITHOUT_WITNESSES
            && known.required().getOrDefault(h.id(), Set.of()).contains(person);
    }

    /** In the order of the lines: the first of two alike goes. */
    private void keptOrTold(Connection c, List<Verdict> verdicts, Set<String> seen, Instant now) {
        List<Target> good = verdicts.stream().map(Verdict::target).filter(Objects::nonNull).toList();
        Map<UUID, UUID> subjects = new LinkedHashMap<>();
        good.forEach(t -> subjects.putIfAbsent(t.person(), t.hearing().id()));
        Set<UUID> kept = policy.kept(c, MESSAGE_CLASS, TEMPLATE, subjects);
        seen.addAll(told.moments(c, subjects.keySet(), today(now)));
        List<UUID> dates = good.stream().map(t -> t.hearing().id()).distinct().toList();
        Set<String> reminded = told.reminded(c, dates, subjects.keySet(), today(now));
        Set<CannotCome.Said> cannot = cannotCome.of(c, dates);
        for (int i = 0; i < verdicts.size(); i++) {
            Target t = verdicts.get(i).target();
            if (t == null) {
                continue;
            }
            if (cannot.contains(new CannotCome.Said(t.person(), t.hearing().id(), t.hearing().version()))) {
                verdicts.set(i, Verdict.no(RunReason.ANSWERED_CANNOT));
            } else if (!seen.add(RunTold.once(t.person(), t.hearing().id(), t.said()))
                    || reminded.contains(RunTold.same(t.person(), t.hearing().id(), t.hearing().version()))) {
                verdicts.set(i, Verdict.no(RunReason.DUPLICATE));
            } else if (kept.contains(t.person())) {
                verdicts.set(i, new Verdict(RunReason.UNSAFE_CONTACT, t));
            }
        }
    }

    static Instant today(Instant now) {
        return now.atZone(WorkingDays.LONDON).toLocalDate().atStartOfDay(WorkingDays.LONDON).toInstant();
    }
}
