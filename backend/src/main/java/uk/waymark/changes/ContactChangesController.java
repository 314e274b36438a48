package uk.waymark.changes;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import uk.waymark.api.ContactChangesApi;
import uk.waymark.api.model.MyContactChange;
import uk.waymark.api.model.ContactChangeConfirmation;
import uk.waymark.api.model.ContactChangeKind;
import uk.waymark.api.model.ContactChangeList;
import uk.waymark.api.model.ContactChangeRequest;
import uk.waymark.api.model.ContactChangeState;
import uk.waymark.changes.ChangeStore.Mine;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.Cursor;
import uk.waymark.platform.Language;
import uk.waymark.platform.PhoneNumbers;
import uk.waymark.platform.ProblemException;

/** A person's own changes of number and address. Every answer is the same whatever was entered. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class ContactChangesController implements ContactChangesApi {
    private final ContactChanges changes;
    private final ChangeSettings settings;
    private final PhoneNumbers numbers;
    private final CurrentCaller caller;

    ContactChangesController(ContactChanges changes, ChangeSettings settings, PhoneNumbers numbers, CurrentCaller caller) {
        this.changes = changes;
        this.settings = settings;
        this.numbers = numbers;
        this.caller = caller;
    }

    @Override
    public HttpResponse<MyContactChange> startContactChange(ContactChangeRequest wanted, String key, String acceptLanguage) {
        Destination to = Destination.of(numbers, wanted.getMobile(), wanted.getEmail(), wanted.getPostalAddress());
        Mine begun = changes.start(caller.person(), to, !Boolean.FALSE.equals(wanted.getSignOutOtherDevices()), key);
        MyContactChange shown = view(begun);
        shown.setCodeExpiresIn((int) settings.code(begun.kind()).toSeconds());
        return said(HttpResponse.<MyContactChange>status(HttpStatus.ACCEPTED).body(shown), shown, acceptLanguage,
            "We have received this and will check it. If a code comes there, enter it here.",
            "Rydym wedi cael hyn a byddwn yn ei wirio. Os daw cod yno, rhowch ef yma.");
    }

    @Override
    public HttpResponse<ContactChangeList> listContactChanges(String cursor, Integer limit) {
        String[] from = Cursor.decode(cursor, 1);
        List<Mine> found = changes.page(caller.person(), from == null ? null : uuid(from[0]), limit + 1);
        boolean more = found.size() > limit;
        List<Mine> shown = more ? found.subList(0, limit) : found;
        return HttpResponse.ok(new ContactChangeList(shown.stream().map(ContactChangesController::view).toList(),
            more ? Cursor.encode(shown.getLast().id().toString()) : null));
    }

    @Override
    public HttpResponse<Void> cancelContactChange(UUID id) {
        changes.cancel(caller.person(), id);
        return HttpResponse.noContent();
    }

    @Override
    public HttpResponse<MyContactChange> confirmContactChange(UUID id, ContactChangeConfirmation confirmation,
                                                            String acceptLanguage) {
        MyContactChange shown = view(changes.confirm(caller.person(), id, confirmation.getCode()));
        boolean done = shown.getState() == ContactChangeState.DONE;
        return said(HttpResponse.ok(shown), shown, acceptLanguage,
            done ? "Thank you. This has been changed." : "Thank you. We will check this.",
            done ? "Diolch. Mae hyn wedi newid." : "Diolch. Byddwn yn gwirio hyn.");
    }

    private static HttpResponse<MyContactChange> said(io.micronaut.http.MutableHttpResponse<MyContactChange> answer,
                                                    MyContactChange shown, String acceptLanguage, String english, String welsh) {
        String language = Language.of(acceptLanguage, "en");
        shown.setMessage("cy".equals(language) ? welsh : english);
        return answer.header(HttpHeaders.CONTENT_LANGUAGE, language);
    }

    private static MyContactChange view(Mine change) {
        return new MyContactChange(change.id(), ContactChangeKind.fromValue(change.kind().stored()),
            ContactChangeState.fromValue(change.state()), change.startedAt().atOffset(ZoneOffset.UTC));
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("/cursor",
                "This cursor is not one of ours. Take next_cursor from the page before.");
        }
    }
}
