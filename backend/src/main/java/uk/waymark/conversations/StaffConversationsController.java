package uk.waymark.conversations;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import uk.waymark.api.StaffConversationsApi;
import uk.waymark.api.model.ConversationHandover;
import uk.waymark.api.model.DisclosureMark;
import uk.waymark.api.model.MessageFrom;
import uk.waymark.api.model.FirstMessageRequest;
import uk.waymark.api.model.ReplyRequest;
import uk.waymark.api.model.MessagesGoTo;
import uk.waymark.api.model.OutOfHoursContact;
import uk.waymark.api.model.ReadReason;
import uk.waymark.api.model.StaffConversation;
import uk.waymark.api.model.StaffConversationList;
import uk.waymark.api.model.StaffConversationRead;
import uk.waymark.api.model.StaffMessage;
import uk.waymark.attachments.Attachment;
import uk.waymark.conversations.Conversation.Goes;
import uk.waymark.conversations.Conversation.Message;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.Cursor;
import uk.waymark.platform.ProblemException;

/** Conversations of the own force. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class StaffConversationsController implements StaffConversationsApi {
    private final StaffConversations conversations;
    private final Files files;
    private final CurrentCaller caller;

    StaffConversationsController(StaffConversations conversations, Files files, CurrentCaller caller) {
        this.files = files;
        this.conversations = conversations;
        this.caller = caller;
    }

    @Override
    public HttpResponse<StaffConversationList> listConversations(UUID caseId, String cursor, Integer limit) {
        ConversationStore.Place after = place(Cursor.decode(cursor, 3));
        if (caseId != null) {
            return HttpResponse.ok(new StaffConversationList(conversations.ofCase(caller.staff(), caseId).stream()
                .map(StaffConversationsController::view).toList(), null));
        }
        List<StaffConversations.Seen> found = conversations.waiting(caller.staff(), after, limit + 1);
        List<StaffConversations.Seen> page = found.stream().limit(limit).toList();
        Conversation last = page.isEmpty() ? null : page.getLast().conversation();
        return HttpResponse.ok(new StaffConversationList(page.stream().map(StaffConversationsController::view).toList(), found.size() > limit
            ? Cursor.encode(String.valueOf(!last.danger()), last.due().toString(), last.id().toString()) : null));
    }

    private static ConversationStore.Place place(String[] from) {
        try {
            return from == null ? null
                : new ConversationStore.Place(Boolean.parseBoolean(from[0]), Instant.parse(from[1]), UUID.fromString(from[2]));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw ProblemException.badRequest("/cursor", "This cursor is not one of ours. Take next_cursor from the page before.");
        }
    }

    @Override
    public HttpResponse<StaffConversationRead> getConversation(UUID id, String cursor, Integer limit, ReadReason reason, UUID reasonTask,
                                                               String reasonText) {
        String[] from = Cursor.decode(cursor, 1);
        StaffConversations.Read read = conversations.read(caller.staff(), id, from == null ? null : MyMessagesController.id(from[0]), limit + 1);
        List<Message> page = read.messages().stream().limit(limit).toList();
        return HttpResponse.ok(new StaffConversationRead(view(read.seen()), page.stream()
            .map(m -> view(m, read.files().get(m.id()))).toList(), read.messages().size() > limit ? Cursor.encode(page.getLast().id().toString()) : null));
    }

    @Override
    public HttpResponse<StaffMessage> replyToPerson(UUID id, ReplyRequest wanted, String key) {
        return HttpResponse.created(view(conversations.reply(caller.staff(), id,
            new StaffConversations.Words(wanted.getBody(), wanted.getAttachmentIds(), wanted.getSeenUpTo()), key)));
    }

    @Override
    public HttpResponse<StaffConversation> writeToPerson(UUID id, FirstMessageRequest wanted, String key) {
        return HttpResponse.created(view(conversations.begin(caller.staff(), id, wanted.getPersonId(),
            new StaffConversations.Words(wanted.getBody(), wanted.getAttachmentIds(), null), key)));
    }

    @Override
    public HttpResponse<StaffConversation> acknowledgeConversation(UUID id) {
        return HttpResponse.ok(view(conversations.acknowledge(caller.staff(), id)));
    }

    @Override
    public HttpResponse<StaffConversation> handOverConversation(UUID id, ConversationHandover wanted) {
        return HttpResponse.ok(view(conversations.handOver(caller.staff(), id, Goes.valueOf(wanted.getTo().name()), wanted.getColleague())));
    }

    @Override
    public HttpResponse<StaffMessage> discloseMessage(UUID id, DisclosureMark mark) {
        return HttpResponse.ok(view(conversations.disclose(caller.staff(), id, mark.getNote())));
    }

    private static StaffConversation view(StaffConversations.Seen seen) {
        Conversation k = seen.conversation();
        var shown = new StaffConversation(k.id(), k.caseId(), k.person(), MessagesGoTo.fromValue(Conversation.wire(k.goesTo())), k.danger(),
            seen.unread(), seen.flagged());
        shown.setUnit(k.unit());
        shown.setHeldBy(k.heldBy());
        shown.setWaitingSince(ConversationViews.utc(k.waitingSince()));
        shown.setDueAt(ConversationViews.utc(k.due()));
        shown.setOutOfOffice(seen.away() == null || seen.away().until() == null ? null : StaffAbsenceController.view(seen.away()));
        shown.setOutOfHours(seen.desk() == null ? null : new OutOfHoursContact(seen.desk().name(), seen.desk().phone()));
        return shown;
    }

    private StaffMessage view(StaffConversations.One one) {
        return view(one.message(), one.files());
    }

    private StaffMessage view(Message m, List<Attachment> attached) {
        var shown = new StaffMessage(m.id(), MessageFrom.fromValue(Conversation.wire(m.sender())), m.body() == null ? m.notice() : m.body(),
            ConversationViews.utc(m.sentAt()), m.danger());
        shown.setBy(m.by());
        shown.setAttachments(files.shown(attached, "en"));
        shown.setReadAt(ConversationViews.utc(m.readAt()));
        shown.setAcknowledgedAt(ConversationViews.utc(m.acknowledgedAt()));
        shown.setPassedOnAt(ConversationViews.utc(m.passedOnAt()));
        shown.setForDisclosureAt(ConversationViews.utc(m.disclosedAt()));
        shown.setDisclosurePassedOnAt(ConversationViews.utc(m.disclosurePassedOnAt()));
        return shown;
    }
}
