package uk.waymark.hearings;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.callbacks.CallBackRequests;
import uk.waymark.hearings.AboutHearing.Asked;
import uk.waymark.hearings.HearingAnswers.Answer;
import uk.waymark.hearings.HearingAnswers.Entry;
import uk.waymark.hearings.HearingAnswers.Via;
import uk.waymark.messaging.AutomaticAnswers;
import uk.waymark.messaging.ReplyTaken;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * What YES, CANNOT, HELP and CALL mean to a court date that was asked about. Whatever is not certain, because the date has moved
 * since, is off or needs them no more, or no date was asked about, stays what every reply is: an item that staff read.
 */
@Singleton
final class RepliesAboutHearings implements ApplicationEventListener<ReplyTaken> {
    private final List<AboutHearing> about;
    private final HearingStore store;
    private final HearingAnswers answers;
    private final Attendance attendance;
    private final AutomaticAnswers automatic;
    private final WorkItems workItems;
    private final CallBackRequests callBacks;
    private final ReplySettings settings;
    private final CaseClock clock;

    RepliesAboutHearings(List<AboutHearing> about, HearingStore store, HearingAnswers answers, Attendance attendance,
                         AutomaticAnswers automatic, WorkItems workItems, CallBackRequests callBacks, ReplySettings settings, CaseClock clock) {
        this.about = List.copyOf(about);
        this.store = store;
        this.answers = answers;
        this.attendance = attendance;
        this.automatic = automatic;
        this.workItems = workItems;
        this.callBacks = callBacks;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The court dates that a reply is about.
     *
     * @param standing those that can be answered about as they were told
     * @param all      whether that is all that were asked about
     */
    private record Found(List<CourtHearing> standing, boolean all) {
        boolean nothingAsked() {
            return standing.isEmpty() && all;
        }
    }

    @Override
    public void onApplicationEvent(ReplyTaken reply) {
        switch (reply.reply().keyword()) {
            case YES -> answer(reply, Answer.YES, "reply_yes");
            case CANNOT -> answer(reply, Answer.CANNOT, "reply_cannot");
            case CALL -> call(reply);
            case HELP -> tell(reply, "reply_help");
            case NONE -> because(reply);
            default -> { }
        }
    }

    private void answer(ReplyTaken reply, Answer answer, String template) {
        Found found = found(reply);
        boolean confirmed = !automatic.flagged(reply.connection(), reply.person());
        if (found.nothingAsked()) {
            // after the time for replies, or to no question: somebody reads it, and in a flagged case that is all
            if (confirmed) {
                tell(reply, AutomaticAnswers.RECEIVED);
            }
            return;
        }
        for (CourtHearing hearing : found.standing()) {
            attendance.follow(reply.connection(), hearing, add(reply, hearing, answer, confirmed));
        }
        if (found.all()) {
            workItems.settle(reply.connection(), item(reply));
        }
        tell(reply, found.all() ? template : AutomaticAnswers.RECEIVED);
    }

    /** One call, however many dates were asked about; who said before that they cannot come has not taken it back. */
    private void call(ReplyTaken reply) {
        Connection c = reply.connection();
        boolean flagged = automatic.flagged(c, reply.person());
        List<CourtHearing> hearings = found(reply).standing();
        Map<UUID, Entry> known = newest(reply, hearings);
        if (!flagged) { // whoever holds the phone may ask for a call; it is no answer of hers
            hearings.stream().filter(h -> !cannot(known.get(h.id()), h)).forEach(h -> add(reply, h, Answer.NEED_TO_TALK, true));
        }
        CourtHearing first = hearings.stream().min((a, b) -> settings.begins(a) == null ? 1 : settings.begins(b) == null ? -1
            : settings.begins(a).compareTo(settings.begins(b))).orElse(null);
        String detail = flagged ? settings.text("detail.call_wanted.flagged")
            : first == null ? settings.text("detail.call_wanted.no_date")
            : settings.text("detail.call_wanted").replace("{when}", SpokenDate.of(first, "en"));
        UUID subject = first != null ? first.id()
            : reply.reply().answers() == null ? reply.reply().id() : reply.reply().answers().messageId();
        String key = Attendance.CALL + ':' + reply.reply().id() + ':' + reply.person();
        UUID caseId = first != null ? first.caseId() : reply.caseId();
        Instant due = settings.due(flagged ? "call_wanted.flagged" : Attendance.CALL, first, clock.instant());
        workItems.open(c, new NewWorkItem(Attendance.CALL, key, caseId, reply.person(), subject,
            flagged ? "reply_call_to_confirm" : "reply_call", detail, due));
        callBacks.fromText(c, reply.force(), reply.person(), caseId, key, due);
        workItems.settle(c, item(reply));
        tell(reply, "reply_call");
    }

    /** Whoever said that they cannot come was asked why: the words stand with that answer, and staff read them as any reply. */
    private void because(ReplyTaken reply) {
        List<CourtHearing> hearings = found(reply).standing();
        newest(reply, hearings).values().stream()
            .filter(e -> e.answer() == Answer.CANNOT && e.via() == Via.SMS && e.reason() == null)
            .forEach(e -> answers.because(reply.connection(), e.id(), reply.words()));
    }

    private Entry add(ReplyTaken reply, CourtHearing hearing, Answer answer, boolean confirmed) {
        var entry = new Entry(null, hearing.id(), reply.person(), hearing.caseId(), hearing.version(), answer, Via.SMS, confirmed, null,
            clock.instant(), null);
        return entry.as(answers.add(reply.connection(), reply.force(), entry));
    }

    private Found found(ReplyTaken reply) {
        if (reply.reply().answers() == null) {
            return new Found(List.of(), true);
        }
        var asked = new LinkedHashMap<UUID, Asked>();
        about.forEach(kind -> kind.of(reply.connection(), reply.reply().answers())
            .forEach(a -> asked.merge(a.hearing(), a, (x, y) -> x.version() == null ? y : x)));
        if (asked.isEmpty()) {
            return new Found(List.of(), true);
        }
        // to whoever was taken off, no date stands: what they say is read by a person
        List<UUID> theirs = Sql.list(reply.connection(), """
            select hearing_id from waymark.hearing_person
             where person_id = ? and hearing_id = any(?) and shown and (required or dewarned_at is null)""",
            r -> Sql.uuid(r, "hearing_id"), reply.person(), asked.keySet().toArray(UUID[]::new));
        var standing = new ArrayList<CourtHearing>();
        for (CourtHearing h : store.all(reply.connection(), theirs)) {
            Integer version = asked.get(h.id()).version();
            if (h.listed() && (version == null || version == h.version())) {
                standing.add(h);
            }
        }
        return new Found(standing, standing.size() == asked.size());
    }

    private Map<UUID, Entry> newest(ReplyTaken reply, List<CourtHearing> hearings) {
        return answers.newest(reply.connection(), hearings.stream().map(CourtHearing::id).toList()).stream()
            .filter(e -> e.person().equals(reply.person())).collect(Collectors.toMap(Entry::hearing, e -> e));
    }

    private static boolean cannot(Entry known, CourtHearing hearing) {
        return known != null && known.answer() == Answer.CANNOT && known.version() == hearing.version();
    }

    private void tell(ReplyTaken reply, String template) {
        automatic.answer(reply.connection(), reply.force(), reply.person(), reply.reply().id(), Objects.requireNonNull(template));
    }

    private static String item(ReplyTaken reply) {
        return "reply:" + reply.reply().id() + ':' + reply.person();
    }
}
