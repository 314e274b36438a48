package uk.waymark.cases;

import java.util.List;
import java.util.Optional;
import uk.waymark.cases.CaseState.Hearing;
import uk.waymark.cases.HearingGroup.Statement;
import uk.waymark.platform.Sources;

/** Which hearings of several sources are the same one. Where nothing says which, none is, and a person is asked. */
final class SameHearing {
    private SameHearing() { }

    /** The one that an event under a new name speaks of; empty for one of its own. @param hearing what the event says of it */
    static Optional<HearingGroup> of(Event e, Hearing hearing, List<HearingGroup> groups) {
        List<HearingGroup> fitting = groups.stream().filter(group -> !group.vacated && group.now != null && HearingDays.fit(group.now, hearing)
            && CourtNames.fit(group.now.court(), hearing.court()) && !ofAnotherKind(e, hearing, group)).toList();
        List<HearingGroup> free = fitting.stream().filter(group -> !group.holds(e.source()) || refines(e, hearing, group.now)).toList();
        List<HearingGroup> strong = (Hearings.strong(e) ? free : fitting).stream().filter(group -> !group.listsOnly()).toList();
        // a row of a list is not the one hearing that no other row has yet: which it would be, would hang on which row came first
        return which(strong.isEmpty() ? free : strong, hearing).filter(free::contains);
    }

    /**
     * An application of one source beside another's trial on that day are two hearings: whoever is needed at the trial is not called
     * off by it. Only who said the trial can say that it has become something else.
     */
    private static boolean ofAnotherKind(Event e, Hearing hearing, HearingGroup group) {
        if (!Hearings.strong(e) || group.listsOnly() || hearing.kind() == null || group.now.kind() == null) {
            return false;
        }
        return ofAnotherKind(hearing, group.now);
    }

    private static boolean ofAnotherKind(Hearing one, Hearing two) {
        HearingKind other = HearingKind.of(Hearings.trial(one) ? two.kind() : one.kind());
        return Hearings.trial(one) != Hearings.trial(two) && other != HearingKind.OTHER && other != HearingKind.TRIAL_WITHOUT_WITNESSES;
    }

    /** A firm list gives the day where a warned list gave the week. Elsewhere one source's two hearings are two. */
    private static boolean refines(Event e, Hearing hearing, Hearing known) {
        return !Hearings.strong(e) && known.weekCommencing() != null && hearing.weekCommencing() == null;
    }

    /** The hearing at whose very time a row is that was taken for another one; empty where it stays. @param row its subject */
    static Optional<HearingGroup> whoseTime(HearingGroup from, String row, Statement statement, List<HearingGroup> groups) {
        Hearing says = statement.hearing();
        if (statement.strong() || says.startsAt() == null || from.vacated || from.listsOnly()) {
            return Optional.empty();
        }
        boolean there = HearingDays.same(says, from.now);
        return only(groups.stream().filter(to -> to != from && !to.vacated && to.now != null && !to.listsOnly()
            && HearingDays.same(says, to.now) && CourtNames.fit(says.court(), to.now.court())
            && to.says.values().stream().noneMatch(s -> !s.strong() && HearingDays.same(s.hearing(), to.now))
            && (!there || statement.stays() && row.equals(from.whenSubject) && anotherTime(from, to))).toList());
    }

    /** Whether who tells of both has the first at another time that day than it stands at by a row's word. */
    private static boolean anotherTime(HearingGroup from, HearingGroup to) {
        return from.says.values().stream().anyMatch(s -> s.strong() && s.hearing().startsAt() != null
            && HearingDays.fit(s.hearing(), from.now) && !HearingDays.same(s.hearing(), from.now)
            && to.says.values().stream().anyMatch(o -> o.strong() && o.source().equals(s.source())));
    }

    /** Of several that day the one at that very time, or else the one of that kind; empty where neither says which: then a person does. */
    static Optional<HearingGroup> which(List<HearingGroup> those, Hearing hearing) {
        return only(those).or(() -> only(those.stream().filter(g -> hearing.startsAt() != null && HearingDays.same(g.now, hearing)).toList()))
            .or(() -> only(those.stream().filter(g -> HearingKind.of(hearing.kind()) != HearingKind.OTHER
                && HearingKind.of(g.now.kind()) == HearingKind.of(hearing.kind())).toList()));
    }

    static Optional<HearingGroup> only(List<HearingGroup> those) {
        return those.size() == 1 ? Optional.of(those.getFirst()) : Optional.empty();
    }

    /**
     * Two dates of sources with ids that may be one: no source tells of both as they stand, since what one source calls two hearings is
     * two, and neither is a trial beside something else.
     */
    static boolean alike(HearingGroup other, HearingGroup group) {
        return other != group && !other.vacated && !group.vacated && other.now != null && group.now != null
            && !other.listsOnly() && !group.listsOnly() && HearingDays.fit(other.now, group.now)
            && CourtNames.fit(other.now.court(), group.now.court()) && !ofAnotherKind(other.now, group.now)
            && other.says.values().stream().filter(s -> HearingDays.fit(s.hearing(), other.now)).noneMatch(s -> group.holds(s.source()));
    }

    /** Whether the first is of lists alone, and may be the other one, of which no list tells. */
    static boolean rowOf(HearingGroup other, HearingGroup group) {
        return other != group && !other.vacated && !group.vacated && other.now != null && group.now != null && other.listsOnly()
            && !group.listsOnly() && HearingDays.fit(other.now, group.now) && CourtNames.fit(other.now.court(), group.now.court())
            && !group.holds(Sources.COURT_LISTS);
    }
}
