package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import uk.waymark.cases.HearingKind;
import uk.waymark.cases.TellingWords;
import uk.waymark.hearings.HearingKnown.Known;
import uk.waymark.hearings.HearingMessages.Row;
import uk.waymark.hearings.HearingStore.Part;
import uk.waymark.hearings.HearingTold.What;
import uk.waymark.notifications.NewMessage;
import uk.waymark.notifications.Outbox;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sql;
import uk.waymark.staff.WorkItems;

/**
 * What people are told of court dates: what they do not know yet, in words of its own. Whoever may believe that they have to be
 * there and has not is told so once, in time or by a call; who knows of nothing is told of nothing that is off.
 */
@Singleton
final class HearingNotices implements TellingWords {
    /** Asks for an answer. */
    static final String ASKS = "hearing_notice";
    static final String ASKS_NOTHING = "hearing_news";
    private static final java.time.Duration KEEPS = java.time.Duration.ofDays(8);

    private final HearingStore store;
    private final HearingMessages messages;
    private final HearingKnown known;
    private final NoticeTimes times;
    private final CallsNow calls;
    private final OtherCourt otherCourt;
    private final CallingOff callingOff;
    private final Outbox outbox;
    private final WorkItems workItems;
    private final Ids ids;

    HearingNotices(HearingStore store, HearingMessages messages, HearingKnown known, NoticeTimes times, CallsNow calls, OtherCourt otherCourt,
                   CallingOff callingOff, Outbox outbox, WorkItems workItems, Ids ids) {
        this.callingOff = callingOff;
        this.store = store;
        this.messages = messages;
        this.known = known;
        this.times = times;
        this.calls = calls;
        this.otherCourt = otherCourt;
        this.outbox = outbox;
        this.workItems = workItems;
        this.ids = ids;
    }

    /** Whether the words may say that somebody has to be there: neither of a list alone nor where no witness is heard. */
    static boolean needed(CourtHearing h, boolean required) {
        return required && !h.listOnly() && h.kind() != HearingKind.TRIAL_WITHOUT_WITNESSES;
    }

    @Override
    public Said tell(Connection c, News n) {
        UUID id = store.subjects(c, n.caseId()).get(n.hearing());
        CourtHearing h = id == null ? null : store.one(c, id).orElse(null);
        if (h == null || h.state() == CourtHearing.State.GONE || !HearingDay.of(h).known()) {
            return new Usual();
        }
        boolean required = store.parts(c, n.caseId()).stream()
            .anyMatch(p -> p.hearing().equals(id) && p.person().equals(n.person()) && p.required());
        Known now = withoutUntold(c, n.force(), h, n.person());
        var notice = new Notice(n, h, now);
        return h.listed() ? listed(c, notice, required) : vacated(c, notice);
    }

    private record Notice(News news, CourtHearing hearing, Known known) {
        boolean over() {
            return !HearingDay.of(hearing).over().isAfter(news.now());
        }
    }

    private Said vacated(Connection c, Notice n) {
        if (n.known().expected() || n.known().neverTried() && !n.over()) {
            return callOff(c, n, What.OFF, n.news().event());
        }
        if (n.known().what() == What.NOT_NEEDED || n.known().neverTried()) {
            return new Usual();
        }
        return new Nothing();
    }

    private Said listed(Connection c, Notice n, boolean required) {
        if (n.over()) {
            return new Usual();
        }
        CourtHearing h = n.hearing();
        boolean needed = needed(h, required);
        if (!n.known().expected()) {
            // 'you do not need to come' would be read as of the whole day
            String template = needed ? HearingDay.of(h).isWeek() ? "hearing_week_needed" : "hearing_needed"
                : required || h.listOnly() || h.kind() == HearingKind.TRIAL_WITHOUT_WITNESSES
                    || store.neededBesides(c, n.news().person(), HearingDay.of(h), h.id()) ? "hearing_date" : "hearing_not_needed";
            return say(c, n, What.NOTICE, needed, template);
        }
        if (n.known().needed() && (!required || h.kind() == HearingKind.TRIAL_WITHOUT_WITNESSES)) {
            return callOff(c, n, What.NOT_NEEDED, n.news().event());
        }
        if (needed && !n.known().needed()) {
            return say(c, n, What.NOTICE, true, HearingDay.of(h).isWeek() ? "hearing_week_needed" : "hearing_needed");
        }
        boolean elsewhere = !n.known().there() && !ReminderWords.court(h, "").isEmpty();
        if (!n.known().sure() || !n.known().day().same(HearingDay.of(h))) {
            String moved = elsewhere ? OtherCourt.MOVED_THERE : "hearing_moved_needed";
            return say(c, n, What.CHANGE, needed, needed ? moved : "hearing_moved");
        }
        if (n.known().like()) {
            return new Nothing();
        }
        return say(c, n, What.CHANGE, needed, elsewhere ? OtherCourt.THERE : "hearing_changed");
    }

    private Said say(Connection c, Notice n, What what, boolean needed, String template) {
        News news = n.news();
        HearingDay day = HearingDay.of(n.hearing());
        Instant until = earlier(news.keeps(), day.over());
        UUID message = outbox.enqueue(c, new NewMessage(news.force(), news.person(), needed ? ASKS : ASKS_NOTHING, template,
            otherCourt.fields(c, news.force(), template, n.hearing(), news.now()), news.key(), news.event(), news.now(), until)).id();
        messages.add(c, news.force(), Row.of(message, news.key(), n.hearing(), news.person(), what, needed, day, news.now()));
        return new Told(template);
    }

    /** They have not to be there after all, on the day that they know of. @param subject of the message */
    private Said callOff(Connection c, Notice n, What what, UUID subject) {
        News news = n.news();
        HearingDay day = n.known().day();
        if (!day.ends().isAfter(news.now())) {
            // nobody can be kept from going any more
            return new Usual();
        }
        boolean believed = n.known().needed();
        boolean started = !times.starts(day).isAfter(news.now());
        if (believed && !started && !times.leavesHome(day).isAfter(news.now())) {
            String key = calls.open(c, n.hearing(), news.person(), what, day, CallsNow.TOO_SOON, null, news.now());
            messages.add(c, news.force(), Row.of(null, key, n.hearing(), news.person(), what, true, day, news.now()));
            return new Nothing();
        }
        Instant last = started ? day.ends() : believed ? times.leavesHome(day) : day.over();
        CallingOff.Said said = callingOff.of(c, n.hearing().id(), news.person(), what, day, news.now());
        UUID message = outbox.enqueue(c, new NewMessage(news.force(), news.person(), ASKS_NOTHING, said.template(), said.fields(),
            news.key(), subject, news.now(), earlier(news.keeps(), last))).id();
        messages.add(c, news.force(), Row.of(message, news.key(), n.hearing(), news.person(), what, believed, day, news.now()));
        return new Told(said.template());
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    /** What has not been told is told no more, by nobody; what left meanwhile is known. */
    private Known withoutUntold(Connection c, UUID force, CourtHearing h, UUID person) {
        Known before = known.of(c, force, h, person);
        List<Row> untold = before.untold();
        if (untold.isEmpty()) {
            return before;
        }
        outbox.cancelByKeys(c, force, untold.stream().filter(r -> r.message() != null && r.saidOf() == 1).map(Row::key).toList(),
            "no_longer_so");
        List<Row> dropped = untold.stream().filter(r -> !outbox.mayBeKnown(c, force, r.key())).toList();
        dropped.forEach(r -> workItems.settle(c, r.message() == null ? r.key() : "message:" + r.message()));
        messages.forget(c, dropped);
        return known.of(c, force, h, person).triedBefore(true);
    }

    @Override
    public void afterwards(Connection c, UUID force, UUID caseId, Set<UUID> present, Set<String> setBack, Instant now) {
        if (!setBack.isEmpty()) {
            Map<String, UUID> subjects = store.subjects(c, caseId);
            setBack.stream().map(subjects::get).filter(Objects::nonNull).distinct().sorted()
                .forEach(id -> setBack(c, force, store.one(c, id).orElseThrow(), present, now));
        }
        List<Off> off = Sql.list(c, """
            select p.hearing_id, p.person_id, p.shown,
                   exists (select 1 from waymark.participant pa where pa.case_id = p.case_id and pa.person_id = p.person_id
                              and pa.role <> 'witness') as hears
              from waymark.hearing_person p join waymark.hearing h on h.id = p.hearing_id
              join waymark.person who on who.id = p.person_id and not who.deceased and who.merged_into is null
             where h.case_id = ? and h.state = 'listed' and not h.quiet and not p.required and p.dewarned_at is not null""",
            r -> new Off(new Part(Sql.uuid(r, "hearing_id"), Sql.uuid(r, "person_id"), false, r.getBoolean("shown")), r.getBoolean("hears")),
            caseId);
        var hearings = new HashSet<UUID>();
        off.forEach(o -> hearings.add(o.part().hearing()));
        var byId = store.all(c, hearings).stream().collect(java.util.stream.Collectors.toMap(CourtHearing::id, h -> h));
        off.stream().filter(o -> present.contains(o.part().person())).forEach(o -> {
            CourtHearing h = byId.get(o.part().hearing());
            notCalled(c, force, h, o, now);
            notNeeded(c, force, h, o.part(), now);
        });
    }

    /** Whoever may believe the day to which it was moved wrongly is told the one that it has. */
    private void setBack(Connection c, UUID force, CourtHearing h, Set<UUID> present, Instant now) {
        if (!h.listed() || h.quiet() || !HearingDay.of(h).known()) {
            return;
        }
        List<Part> shown = store.parts(c, h.caseId()).stream()
            .filter(p -> p.hearing().equals(h.id()) && p.shown() && present.contains(p.person())).toList();
        for (Part p : shown) {
            Known k = known.of(c, force, h, p.person());
            boolean onItsWay = k.untold().stream().anyMatch(r -> r.day().same(HearingDay.of(h)));
            if (k.expected() && k.sure() && !k.day().same(HearingDay.of(h)) && !onItsWay) {
                News news = news(force, h, p.person(), "set_back:" + ids.next(), now);
                var notice = new Notice(news, h, withoutUntold(c, force, h, p.person()));
                if (!notice.over()) {
                    listed(c, notice, p.required());
                }
            }
        }
    }

    /** Who has not to be there. @param hears of dates that do not need them too */
    private record Off(Part part, boolean hears) { }

    /**
     * The notice that calls them waits, and another source has taken them off meanwhile: it does not go ({@link GatheredNotices}).
     * Who hears of dates anyway hears of this one without being called; nobody else knows of anything.
     */
    private void notCalled(Connection c, UUID force, CourtHearing h, Off off, Instant now) {
        UUID person = off.part().person();
        Known k = known.of(c, force, h, person);
        boolean calls = k.what() == null && !k.untold().isEmpty() && k.untold().getFirst().needed() && !k.untold().getFirst().callsOff();
        if (!calls || !off.hears() || !off.part().shown() || !HearingDay.of(h).known()) {
            return;
        }
        var notice = new Notice(news(force, h, person, "not_called:" + ids.next(), now), h, withoutUntold(c, force, h, person));
        if (notice.known().what() == null && !notice.over()) {
            listed(c, notice, false);
        }
    }

    private static News news(UUID force, CourtHearing h, UUID person, String key, Instant now) {
        return new News(force, h.caseId(), h.event(), null, person, key, now, now.plus(KEEPS));
    }

    private void notNeeded(Connection c, UUID force, CourtHearing h, Part part, Instant now) {
        Known k = known.of(c, force, h, part.person());
        if (!k.expected() || !k.needed() || !times.starts(k.day()).isAfter(now)
                || k.untold().stream().anyMatch(r -> r.what() == What.NOT_NEEDED)) {
            return;
        }
        k = withoutUntold(c, force, h, part.person());
        if (!part.shown()) {
            String key = calls.open(c, h, part.person(), What.NOT_NEEDED, k.day(), CallsNow.IN_PERSON, null, now);
            messages.add(c, force, Row.of(null, key, h, part.person(), What.NOT_NEEDED, true, k.day(), now));
            return;
        }
        String key = "not_needed:" + ids.next();
        callOff(c, new Notice(news(force, h, part.person(), key, now), h, k), What.NOT_NEEDED, h.id());
    }
}
