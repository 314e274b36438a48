package uk.waymark.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.api.model.ConversationMessage;
import uk.waymark.api.model.ConversationView;
import uk.waymark.api.model.MessageFrom;

/** What a person and whoever looks after their case write to each other, with the files that go along. */
@Controller("/cases/{id}/messages")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class MessagesController {
    private static final Page.Fault NOTHING = new Page.Fault(MessageForm.BODY, MessagesText.BODY_MISSING);
    private static final Page.Fault TOO_LONG = new Page.Fault(MessageForm.BODY, MessagesText.BODY_LONG);
    private static final Page.Fault FILES_GONE = new Page.Fault(MessageForm.FILE, MessagesText.FILE_GONE);
    private static final Page.Fault LOST = new Page.Fault(MessageForm.FILE, MessagesText.FILE_AGAIN);
    private static final Page.Fault NO_FILE = new Page.Fault(MessageForm.FILE, MessagesText.FILE_MISSING);
    private static final String WITHOUT_FILES = "without-files";
    private final Visits visits;
    private final MessageFiles files;
    private final Templates templates;

    MessagesController(Visits visits, MessageFiles files, Templates templates) {
        this.visits = visits;
        this.files = files;
        this.templates = templates;
    }

    /**
     * The newest first. Who has loaded the newest has read what staff wrote.
     *
     * @param sent   whether something has just been sent; {@code without-files} where it went without those that it named
     * @param closed whether what to do in danger was closed
     */
    @Get
    HttpResponse<?> list(HttpRequest<?> request, UUID id, @Nullable @QueryValue String cursor, @Nullable @QueryValue String sent,
            @Nullable @QueryValue String closed) {
        Visit visit = visits.person(request);
        ConversationView view = visit.api().get(messages(id) + (cursor == null ? "" : "?cursor=" + Visit.encode(cursor)),
            ConversationView.class).orRefuse();
        if (cursor == null) {
            view.getItems().stream().filter(m -> m.getFrom() != MessageFrom.PERSON).findFirst().filter(m -> m.getReadAt() == null)
                .ifPresent(m -> visit.api().post(messages(id) + '/' + m.getId() + "/read", null, Void.class));
        }
        boolean close = closed != null || cursor != null;
        Page page = WITHOUT_FILES.equals(sent) ? visit.page().with(MessagesText.SENT_WITHOUT_FILES)
            : sent != null && (close || view.getDanger() == null) ? visit.page().with(MessagesText.SENT) : visit.page();
        return Answers.page(visit, templates.pagesMessages(page, id.toString(), view, sent != null, close, cursor != null));
    }

    @Get("/new")
    HttpResponse<?> begin(HttpRequest<?> request, UUID id) {
        Visit visit = visits.person(request);
        return Answers.page(visit, form(visit, visit.page(), id, new MessageForm(List.of())));
    }

    /** Adds a file, takes one away or sends, by the button; whatever else is wrong, what was written stays in the page. */
    @Post("/new")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    HttpResponse<?> write(HttpRequest<?> request, UUID id, @Body byte[] body) {
        Upload upload = Upload.of(request, body);
        visits.form(request, upload.form());
        Visit visit = visits.person(request);
        Form form = upload.form();
        Optional<String> dropped = form.find("drop");
        // first of all: what goes makes room, and a file that was chosen beside it is taken all the same
        MessageForm typed = dropped.map(MessageForm.of(form)::without).orElse(MessageForm.of(form));
        if (upload.lostFiles()) {
            return Answers.again(visit, form(visit, visit.again(List.of(LOST), form), id, typed));
        }
        boolean adds = form.text("do").equals("add");
        MessageFiles.Added added = files.add(visit, id, upload, typed);
        if (added.fault() != null) {
            return Answers.again(visit, form(visit, visit.again(List.of(added.fault()), form), id, added.form()));
        }
        if (dropped.isPresent()) {
            return Answers.page(visit, form(visit, visit.again(List.of(), form), id, added.form()));
        }
        if (adds) {
            return upload.files().isEmpty()
                ? Answers.again(visit, form(visit, visit.again(List.of(NO_FILE), form), id, typed))
                : Answers.page(visit, form(visit, visit.again(List.of(), form).with(MessagesText.FILE_ADDED), id, added.form()));
        }
        return send(visit, id, form, added.form());
    }

    private HttpResponse<?> send(Visit visit, UUID id, Form form, MessageForm typed) {
        String body = MessageForm.body(form);
        if (body.isBlank()) {
            return Answers.again(visit, form(visit, visit.again(List.of(NOTHING), form), id, typed));
        }
        Map<String, Object> wanted = typed.files().isEmpty() ? Map.of("body", body)
            : Map.of("body", body, "attachment_ids", typed.files().stream().map(MessageForm.Named::id).toList());
        return switch (visit.api().create(messages(id), wanted, ConversationMessage.class, form)) {
            case Reply.Done<ConversationMessage> done -> Answers.next(visit, "/cases/" + id + "/messages?sent="
                + (!typed.files().isEmpty() && done.body().getAttachments() == null ? WITHOUT_FILES : "true"));
            case Reply.No<ConversationMessage> no when no.refusal().mendable() || no.refusal().status() == 413 ->
                Answers.again(visit, form(visit, visit.again(List.of(fault(no.refusal())), form), id,
                    fault(no.refusal()) == FILES_GONE ? files.left(visit, id, typed) : typed));
            case Reply.No<ConversationMessage> no -> throw new Refused(no.refusal());
        };
    }

    /** To be kept as a file; a photo is also shown in its message, where somebody asks for it. */
    @Get("/files/{file}")
    HttpResponse<?> file(HttpRequest<?> request, UUID id, UUID file) {
        Visit visit = visits.person(request);
        return switch (visit.api().get(messages(id) + "/attachments/" + file, OwnFile.class)) {
            case Reply.Done<OwnFile> done -> done.body().answer();
            case Reply.No<OwnFile> no when no.refusal().status() == 409 -> Answers.page(visit, templates.pagesTaken(visit.page(),
                visit.page().t(MessagesText.TITLE), "", visit.page().t("being-checked".equals(no.refusal().code())
                    ? MessagesText.FILE_NOT_YET : MessagesText.FILE_NOT_KEPT), "/cases/" + id + "/messages", Map.of()));
            case Reply.No<OwnFile> no -> throw new Refused(no.refusal());
        };
    }

    private JteModel form(Visit visit, Page page, UUID id, MessageForm typed) {
        ConversationView view = visit.api().get(messages(id) + "?limit=1", ConversationView.class).orRefuse();
        return templates.pagesNewMessage(page, id.toString(), view, typed);
    }

    private static Page.Fault fault(Refusal refusal) {
        if (refusal.status() == 409) {
            return new Page.Fault(MessageForm.BODY, "too-many-waiting".equals(refusal.code()) ? MessagesText.WAITING
                : MessagesText.NOT_SENT);
        }
        if (refusal.pointers().contains("/attachment_ids")) {
            return FILES_GONE;
        }
        return refusal.status() == 413 || refusal.pointers().contains("/body") ? TOO_LONG
            : new Page.Fault(MessageForm.BODY, MessagesText.NOT_SENT);
    }

    static String messages(UUID id) {
        return "/v1/me/cases/" + id + "/messages";
    }
}
