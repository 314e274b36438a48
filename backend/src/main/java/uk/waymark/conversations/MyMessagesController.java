package uk.waymark.conversations;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.UUID;
import uk.waymark.api.MyMessagesApi;
import uk.waymark.api.model.ConversationMessage;
import uk.waymark.api.model.ConversationView;
import uk.waymark.api.model.MessageRequest;
import uk.waymark.conversations.Conversation.Message;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.Cursor;
import uk.waymark.platform.ETags;
import uk.waymark.platform.ProblemException;

/** What the signed-in person writes and reads. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class MyMessagesController implements MyMessagesApi {
    private final MyMessages messages;
    private final ConversationViews views;
    private final CurrentCaller caller;

    MyMessagesController(MyMessages messages, ConversationViews views, CurrentCaller caller) {
        this.messages = messages;
        this.views = views;
        this.caller = caller;
    }

    @Override
    public HttpResponse<ConversationMessage> sendMessage(UUID caseId, MessageRequest wanted, String acceptLanguage, String key) {
        MyMessages.Seen sent = messages.send(caller.person(), caseId, wanted.getBody(), wanted.getAttachmentIds(), key, acceptLanguage);
        return HttpResponse.created(views.sent(sent)).header(HttpHeaders.CONTENT_LANGUAGE, sent.language());
    }

    @Override
    public HttpResponse<ConversationView> listMessages(UUID caseId, String acceptLanguage, String cursor, Integer limit) {
        String[] from = Cursor.decode(cursor, 1);
        MyMessages.Seen seen = messages.list(caller.person(), caseId, from == null ? null : id(from[0]), limit + 1, acceptLanguage);
        List<Message> page = seen.messages().stream().limit(limit).toList();
        ConversationView view = views.page(seen, page, seen.messages().size() > limit ? Cursor.encode(page.getLast().id().toString()) : null);
        return HttpResponse.ok(view).header(HttpHeaders.CONTENT_LANGUAGE, seen.language()).header(HttpHeaders.ETAG, ETags.of(view));
    }

    @Override
    public HttpResponse<Void> readMessage(UUID caseId, UUID id) {
        messages.read(caller.person(), caseId, id);
        return HttpResponse.noContent();
    }

    static UUID id(String part) {
        try {
            return UUID.fromString(part);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("/cursor", "This cursor is not one of ours. Take next_cursor from the page before.");
        }
    }
}
