package uk.waymark.staff;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.UUID;
import uk.waymark.api.StaffNotificationsApi;
import uk.waymark.api.model.NotificationList;
import uk.waymark.api.model.NotificationRecord;
import uk.waymark.api.model.NotificationState;
import uk.waymark.api.model.ReadReason;
import uk.waymark.notifications.MessageRecord;
import uk.waymark.notifications.Page;
import uk.waymark.platform.CurrentCaller;

/** What was sent, over HTTP. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class NotificationsController implements StaffNotificationsApi {
    private final SentMessages messages;
    private final CurrentCaller caller;

    NotificationsController(SentMessages messages, CurrentCaller caller) {
        this.messages = messages;
        this.caller = caller;
    }

    @Override
    public HttpResponse<NotificationList> listNotifications(String cursor, Integer limit, UUID caseId, ReadReason reason,
                                                             UUID reasonTask, String reasonText) {
        Page page = Views.fromCursor(cursor, from -> new Page(from, limit + 1));
        List<SentMessages.Sent> sent = messages.page(caller.staff(), caseId, page);
        boolean more = sent.size() > limit;
        var shown = more ? sent.subList(0, limit) : sent;
        return HttpResponse.ok(new NotificationList(shown.stream().filter(s -> !s.hidden()).map(NotificationsController::view).toList(),
            more ? shown.getLast().message().cursor() : null));
    }

    private static NotificationRecord view(SentMessages.Sent sent) {
        MessageRecord message = sent.message();
        return new NotificationRecord(message.id(), message.recipientRef(), message.messageClass(), message.template(),
                NotificationState.fromValue(message.state().stored()), Views.utc(message.createdAt()))
            .caseId(sent.caseId()).reason(message.reason()).endedAt(Views.utc(message.endedAt()));
    }
}
