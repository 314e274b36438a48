package uk.waymark.messaging;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import uk.waymark.api.MyNotificationsApi;
import uk.waymark.api.model.MyNotification;
import uk.waymark.api.model.MyNotificationList;
import uk.waymark.api.model.MyNotificationState;
import uk.waymark.api.model.MyNotificationWords;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.Cursor;
import uk.waymark.platform.ProblemException;

/** What was sent to me, over HTTP. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class MyNotificationsController implements MyNotificationsApi {
    private final MyNotifications notifications;
    private final Messaging messaging;
    private final CurrentCaller caller;

    MyNotificationsController(MyNotifications notifications, Messaging messaging, CurrentCaller caller) {
        this.notifications = notifications;
        this.messaging = messaging;
        this.caller = caller;
    }

    @Override
    public HttpResponse<MyNotificationList> listMyNotifications(String cursor, Integer limit) {
        String[] from = Cursor.decode(cursor, 1);
        List<MyNotifications.Sent> found =
            notifications.page(caller.person(), from == null ? null : id(from[0]), limit + 1);
        boolean more = found.size() > limit;
        List<MyNotifications.Sent> shown = more ? found.subList(0, limit) : found;
        return HttpResponse.ok(new MyNotificationList(shown.stream().map(MyNotificationsController::view).toList(),
            more ? Cursor.encode(shown.getLast().id().toString()) : null));
    }

    @Override
    public HttpResponse<Void> readMyNotification(UUID id) {
        notifications.read(caller.person(), id);
        messaging.wakeAfterReceipt();
        return HttpResponse.noContent();
    }

    private static MyNotification view(MyNotifications.Sent sent) {
        MyNotificationWords words = !sent.kept() ? MyNotificationWords.NEVER_KEPT
            : sent.text() == null ? MyNotificationWords.WIPED : MyNotificationWords.KEPT;
        return new MyNotification(sent.id(), sent.channel(), sent.template(), sent.language(),
                MyNotificationState.fromValue(sent.state()), utc(sent.sentAt()), words)
            .caseId(sent.caseId()).settledAt(utc(sent.settledAt())).readAt(utc(sent.readAt())).text(sent.text());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("/cursor",
                "This cursor is not one of ours. Take next_cursor from the page before.");
        }
    }
}
