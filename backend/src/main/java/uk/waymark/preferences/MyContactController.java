package uk.waymark.preferences;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import uk.waymark.api.MyContactApi;
import uk.waymark.api.model.ContactVersion;
import uk.waymark.api.model.ContactVersionList;
import uk.waymark.messaging.ContactHistory;
import uk.waymark.messaging.Pauses;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.ActivityShown;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.SignInRefused;

/** Stopping everything, and who changed how I am contacted. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class MyContactController implements MyContactApi {
    /** What the preferences themselves show, whoever reads them. */
    private static final List<String> OPEN = List.of("language", "discreet_mode", "channels", "address", "safe_times", "quiet_hours",
        "telling", "ask_again_on", "urgent_news", "voicemail", "accessibility_needs", "interpreter_language", "paused", "texts");
    /** What they show outside discreet mode. */
    private static final List<String> OPENLY = List.of("word", "may_also_be_told", "if_somebody_else_answers", "channel_safety");

    private final ActingAs acting;
    private final CurrentCaller caller;
    private final Pauses pauses;
    private final Preferences preferences;
    private final ContactHistory history;
    private final ActivityShown activity;
    private final MachineClock clock;

    MyContactController(ActingAs acting, CurrentCaller caller, Pauses pauses, Preferences preferences, ContactHistory history,
                        ActivityShown activity, MachineClock clock) {
        this.activity = activity;
        this.clock = clock;
        this.acting = acting;
        this.caller = caller;
        this.pauses = pauses;
        this.preferences = preferences;
        this.history = history;
    }

    @Override
    public HttpResponse<Void> pauseContact() {
        pauses.pause(caller.person());
        return HttpResponse.noContent();
    }

    @Override
    public HttpResponse<Void> resumeContact() {
        pauses.resume(caller.person());
        return HttpResponse.noContent();
    }

    @Override
    public HttpResponse<ContactVersionList> getContactHistory(String cursor, Integer limit) {
        Caller.Person person = caller.person();
        List<ContactHistory.Version> found = acting.as(person, c -> {
            boolean discreet = preferences.read(c).discreet();
            if (discreet && person.authTime().isBefore(clock.instant().minus(SignInRefused.FRESH))) {
                throw SignInRefused.tooLongAgo(); // it says when she spoke with staff, and with whom
            }
            return activity.shown(c, person)
                ? history.ownPage(c, OPEN, discreet ? List.of() : OPENLY, Versions.before(cursor), limit + 1) : List.of();
        });
        return HttpResponse.ok(new ContactVersionList(found.stream().limit(limit).map(MyContactController::view).toList(),
            Versions.next(found, limit)));
    }

    private static ContactVersion view(ContactHistory.Version version) {
        var shown = new ContactVersion(version.id(), Versions.at(version), Versions.by(version), Versions.changes(version));
        shown.setRole(version.role());
        return shown;
    }
}
