package uk.waymark.attachments;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import jakarta.annotation.Nullable;
import java.util.UUID;
import uk.waymark.platform.CurrentCaller;

/** Files of the signed-in person's messages. By hand, because they are no JSON. */
@Controller("/v1/me/cases/{case_id}/messages/attachments")
@Secured("person")
@ExecuteOn(TaskExecutors.BLOCKING)
class MyAttachmentsController {
    static final String PROBLEM = "application/problem+json";
    private final Uploads uploads;
    private final Serving serving;
    private final Attachments attachments;
    private final LargeAttachments large;
    private final CurrentCaller caller;

    MyAttachmentsController(Uploads uploads, Serving serving, Attachments attachments, LargeAttachments large, CurrentCaller caller) {
        this.large = large;
        this.uploads = uploads;
        this.serving = serving;
        this.attachments = attachments;
        this.caller = caller;
    }

    @Post
    @Consumes(MediaType.ALL)
    @Produces({MediaType.APPLICATION_JSON, PROBLEM})
    HttpResponse<uk.waymark.api.model.Attachment> add(HttpRequest<?> request, @PathVariable("case_id") UUID caseId,
            @Body @Nullable byte[] body, @Nullable @Header("File-Name") String name, @Nullable @Header("Idempotency-Key") String key,
            @Nullable @Header(HttpHeaders.ACCEPT_LANGUAGE) String acceptLanguage) {
        Uploads.Given added = uploads.mine(caller.person(), caseId, new Uploads.Sent(
            large.kind(request), name, body == null ? new byte[0] : body, key), acceptLanguage);
        return HttpResponse.created(attachments.shown(added.attachment(), added.language()));
    }

    @Get("/{id}")
    @Produces({"image/jpeg", "image/png", "application/pdf", PROBLEM})
    HttpResponse<byte[]> one(@PathVariable("case_id") UUID caseId, @PathVariable UUID id,
            @Nullable @Header(HttpHeaders.ACCEPT_LANGUAGE) String acceptLanguage) {
        return serving.mine(caller.person(), caseId, id, acceptLanguage);
    }
}
