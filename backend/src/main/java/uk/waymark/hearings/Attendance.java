package uk.waymark.hearings;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import uk.waymark.callbacks.CallBackRequests;
import uk.waymark.hearings.HearingAnswers.Answer;
import uk.waymark.hearings.HearingAnswers.Entry;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * What follows from an answer about a court date, whichever way it came. An answer that is not confirmed opens a question for staff
 * and does nothing else: it may be somebody else's who holds the phone.
 */
@Singleton
final class Attendance implements ApplicationEventListener<HearingChanged> {
    static final String TO_CONFIRM = "attendance_to_confirm";
    static final String CANNOT = "attendance_cannot";
    static final String CALL = "call_wanted";
    static final String TELL_OFFICER = "tell_officer";

    private final HearingAnswers answers;
    private final WorkItems workItems;
    private final CallBackRequests callBacks;
    private final ReplySettings settings;
    private final CaseClock clock;

    Attendance(HearingAnswers answers, WorkItems workItems, CallBackRequests callBacks, ReplySettings settings, CaseClock clock) {
        this.answers = answers;
        this.workItems = workItems;
        this.callBacks = callBacks;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Brings the work queue in line with an answer that has been stored.
     *
     * @param c of a transaction that acts for the force
     */
    void follow(Connection c, CourtHearing hearing, Entry answer) {
        if (!answer.confirmed()) {
            settle(c, answer, List.of(TO_CONFIRM)); // one question at a time: about what was said last
            open(c, TO_CONFIRM, hearing, answer);
            return;
        }
        boolean byStaff = answer.by() != null;
        boolean talk = answer.answer() == Answer.NEED_TO_TALK && !byStaff;
        if (byStaff) {
            earlier(c, answer).forEach(id -> callBacks.spoken(c, CALL + ':' + id));
        }
        // who asks to talk has not taken back that they cannot come
        settle(c, answer, byStaff ? List.of(TO_CONFIRM, CANNOT) : talk ? List.of() : List.of(CANNOT));
        if (answer.answer() == Answer.CANNOT) {
            open(c, byStaff ? TELL_OFFICER : CANNOT, hearing, answer);
        } else if (talk) {
            open(c, CALL, hearing, answer);
            callBacks.fromApp(c, answers.force(c, answer.id()), answer.person(), answer.caseId(), CALL + ':' + answer.id(),
                settings.due(CALL, hearing, clock.instant()));
        }
    }

    private void open(Connection c, String kind, CourtHearing hearing, Entry answer) {
        String said = settings.text("detail." + kind).replace("{when}", SpokenDate.of(hearing, "en"))
            .replace("{answer}", settings.text("answer." + answer.answer().name().toLowerCase(Locale.ROOT)));
        workItems.open(c, new NewWorkItem(kind, kind + ':' + answer.id(), answer.caseId(), answer.person(), hearing.id(),
            answer.answer().name().toLowerCase(Locale.ROOT), withWords(said, answer.reason()),
            settings.due(kind, hearing, clock.instant())));
    }

    String withWords(String said, String words) {
        return words == null ? said : said + "\n\n" + settings.text("they_say") + ' ' + words;
    }

    private void settle(Connection c, Entry answer, List<String> kinds) {
        earlier(c, answer).forEach(id -> kinds.forEach(kind -> workItems.settle(c, kind + ':' + id)));
    }

    private List<UUID> earlier(Connection c, Entry answer) {
        return answers.ids(c, answer.hearing(), answer.person()).stream().filter(id -> !id.equals(answer.id())).toList();
    }

    /** Nobody has to ask any more, or to pass on, whether somebody comes to what is off, or to what they are not needed at. */
    @Override
    public void onApplicationEvent(HearingChanged event) {
        if (event.before() == null || event.now().listed() && event.dewarned().isEmpty() || event.mergedInto() != null) {
            return; // what was answered about the same date under another name is still to be dealt with
        }
        record Moot(UUID id, UUID person) { }
        for (Moot answer : Sql.list(event.connection(), "select id, person_id from waymark.hearing_answer where hearing_id = ?",
                r -> new Moot(Sql.uuid(r, "id"), Sql.uuid(r, "person_id")), event.hearing())) {
            if (!event.now().listed() || event.dewarned().contains(answer.person())) {
                List.of(TO_CONFIRM, CANNOT, TELL_OFFICER).forEach(kind -> workItems.settle(event.connection(), kind + ':' + answer.id()));
            }
        }
    }
}
