package uk.waymark.web.staff;

import gg.jte.generated.precompiled.Templates;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.api.model.MessageFrom;
import uk.waymark.api.model.StaffConversation;
import uk.waymark.api.model.StaffConversationList;
import uk.waymark.api.model.StaffConversationRead;
import uk.waymark.api.model.StaffMessage;
import uk.waymark.web.Answers;
import uk.waymark.web.Form;
import uk.waymark.web.Page;
import uk.waymark.web.Refused;
import uk.waymark.web.Reply;
import uk.waymark.web.Visit;
import uk.waymark.web.Visits;

/**
 * What people write, for staff: read with a reason, answered, acknowledged, handed over and marked. Opening one tells the person that
 * it was read, so it is a form and no link.
 */
@Controller("/staff/messages")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StaffMessagesController {
    private static final String COLLEAGUE = "colleague";
    private static final String COLLEAGUE_TYPED = "colleague_other";
    private static final String CONVERSATIONS = "/v1/staff/conversations";
    private static final String BODY = "body";
    private static final String SEEN = "seen_up_to";
    private static final Map<String, DeskText> DONE = Map.of("sent", DeskText.DONE_SENT, "handed", DeskText.DONE_HANDED);
    private final Visits visits;
    private final StaffRefusals refusals;
    private final Templates templates;

    StaffMessagesController(Visits visits, StaffRefusals refusals, Templates templates) {
        this.visits = visits;
        this.refusals = refusals;
        this.templates = templates;
    }

    @Get
    HttpResponse<?> list(HttpRequest<?> request, @Nullable @QueryValue String cursor, @Nullable @QueryValue String done) {
        Visit visit = visits.staff(request);
        StaffConversationList waiting = visit.api().get(CONVERSATIONS + (cursor == null ? "" : "?cursor=" + Visit.encode(cursor)),
            StaffConversationList.class).orRefuse();
        Page page = done != null && DONE.containsKey(done) ? visit.page().with(DONE.get(done)) : visit.page();
        return Answers.page(visit, templates.pagesStaffMessages(page, waiting));
    }

    /** Whoever loads it again goes back to the list. */
    @Get("/{id}")
    HttpResponse<?> again(HttpRequest<?> request, UUID id) {
        return Answers.next(visits.staff(request), "/staff/messages");
    }

    /** Another language was chosen on what answered a form. */
    @Get("/{id}/{rest:.+}")
    HttpResponse<?> again(HttpRequest<?> request, UUID id, String rest) {
        return again(request, id);
    }

    @Post("/{id}")
    HttpResponse<?> open(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        return read(visits.staff(request), id, form, List.of(), HttpStatus.OK);
    }

    @Post("/{id}/reply")
    HttpResponse<?> reply(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        return switch (visit.api().create(CONVERSATIONS + '/' + id + "/messages", answer(form), StaffMessage.class, form)) {
            case Reply.Done<StaffMessage> done -> Answers.next(visit, form.find(StaffReasons.TASK).isPresent() ? "/staff?done=sent" : "/staff/messages?done=sent");
            case Reply.No<StaffMessage> no when no.refusal().status() == 409 -> refusals.refused(visit, DeskText.NOT_DONE, no.refusal(), form);
            case Reply.No<StaffMessage> no when no.refusal().mendable() || no.refusal().status() == 413 -> read(visit, id, form,
                List.of(new Page.Fault(BODY, form.find(BODY).isEmpty() ? DeskText.BODY_MISSING : DeskText.BODY_LONG)),
                HttpStatus.UNPROCESSABLE_ENTITY);
            case Reply.No<StaffMessage> no -> throw new Refused(no.refusal());
        };
    }

    @Post("/{id}/acknowledgement")
    HttpResponse<?> acknowledge(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        return switch (visit.api().post(CONVERSATIONS + '/' + id + "/acknowledgement", null, StaffConversation.class)) {
            case Reply.Done<StaffConversation> done -> read(visit, id, form, List.of(), HttpStatus.OK);
            case Reply.No<StaffConversation> no when no.refusal().status() == 409 -> refusals.refused(visit, DeskText.NOT_DONE, no.refusal(), form);
            case Reply.No<StaffConversation> no -> throw new Refused(no.refusal());
        };
    }

    @Post("/{id}/hand-over")
    HttpResponse<?> handOver(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        var to = new LinkedHashMap<String, Object>(Map.of("to", form.text("to")));
        ColleagueChoice.of(form, COLLEAGUE, COLLEAGUE_TYPED).ifPresent(colleague -> to.put("colleague", colleague));
        return switch (visit.api().post(CONVERSATIONS + '/' + id + "/handover", to, StaffConversation.class)) {
            case Reply.Done<StaffConversation> done -> Answers.next(visit, "/staff/messages?done=handed");
            case Reply.No<StaffConversation> no when no.refusal().status() == 409 -> refusals.refused(visit, DeskText.NOT_DONE, no.refusal(), form);
            case Reply.No<StaffConversation> no when no.refusal().mendable() -> read(visit, id, form, Visit.faults(no.refusal(),
                Map.of("/colleague", ColleagueChoice.unknown(form, COLLEAGUE, COLLEAGUE_TYPED)), new Page.Fault("to", DeskText.HAND_OVER_MISSING)),
                HttpStatus.UNPROCESSABLE_ENTITY);
            case Reply.No<StaffConversation> no -> throw new Refused(no.refusal());
        };
    }

    /** @param message of the conversation that the page shows again */
    @Post("/{id}/disclosure/{message}")
    HttpResponse<?> disclose(HttpRequest<?> request, UUID id, UUID message, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        return switch (visit.api().post("/v1/staff/messages/" + message + "/disclosure",
                form.find("note").map(n -> Map.of("note", n)).orElse(Map.of()), StaffMessage.class)) {
            case Reply.Done<StaffMessage> done -> read(visit, id, form, List.of(), HttpStatus.OK);
            case Reply.No<StaffMessage> no when no.refusal().mendable() -> refusals.refused(visit, DeskText.NOT_DONE, no.refusal(), form);
            case Reply.No<StaffMessage> no -> throw new Refused(no.refusal());
        };
    }

    /** A form and no link: nothing fetches it ahead, and the reason goes with it. */
    @Post("/files/{id}")
    HttpResponse<?> file(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        return switch (visit.api().send("GET", "/v1/staff/attachments/" + id, null, byte[].class, StaffReasons.of(form))) {
            case Reply.Done<byte[]> done -> Answers.headers(HttpResponse.ok(done.body()).contentType(FileOfMessage.type(done.body()))
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Disposition", FileOfMessage.disposition(form.text("name"))));
            case Reply.No<byte[]> no when no.refusal().status() == 409 -> refusals.refused(visit, DeskText.NOT_DONE, no.refusal(), form);
            case Reply.No<byte[]> no -> throw new Refused(no.refusal());
        };
    }

    private HttpResponse<?> read(Visit visit, UUID id, Form form, List<Page.Fault> faults, HttpStatus status) {
        String cursor = form.find("cursor").map(c -> "?cursor=" + Visit.encode(c)).orElse("");
        return switch (visit.api().send("GET", CONVERSATIONS + '/' + id + cursor, null, StaffConversationRead.class, StaffReasons.of(form))) {
            case Reply.Done<StaffConversationRead> done -> Answers.page(visit, status, templates.pagesStaffMessage(
                faults.isEmpty() ? visit.page() : visit.again(faults, form), done.body(), StaffReasons.kept(form),
                cursor.isEmpty() ? newest(done.body()) : form.text(SEEN), ColleagueChoice.colleagues(visit)));
            case Reply.No<StaffConversationRead> no when no.refusal().status() == 428 && form.find(StaffReasons.REASON).isEmpty() ->
                Answers.page(visit, templates.pagesStaffReason(visit.page(), "/staff/messages/" + id, StaffReasons.choices(visit.page())));
            case Reply.No<StaffConversationRead> no when no.refusal().status() == 428 || no.refusal().mendable() -> Answers.again(visit,
                templates.pagesStaffReason(visit.again(List.of(StaffReasons.MISSING), form), "/staff/messages/" + id,
                    StaffReasons.choices(visit.page())));
            case Reply.No<StaffConversationRead> no -> throw new Refused(no.refusal());
        };
    }

    /** What came while it was written was not seen, and waits on. */
    private static Map<String, String> answer(Form form) {
        return form.find(SEEN).map(seen -> Map.of(BODY, form.text(BODY), SEEN, seen)).orElse(Map.of(BODY, form.text(BODY)));
    }

    /** Their newest message on the page; empty where they have not written. */
    private static String newest(StaffConversationRead read) {
        return read.getItems().stream().filter(m -> m.getFrom() == MessageFrom.PERSON).findFirst().map(m -> m.getId().toString()).orElse("");
    }
}
