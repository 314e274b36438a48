package uk.waymark.attachments;

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
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import jakarta.annotation.Nullable;
import java.util.UUID;
import uk.waymark.platform.CurrentCaller;

/** Files of messages, for staff of the own force. By hand, because they are no JSON. */
@Controller("/v1/staff")
@Secured({"witness_care", "victim_care", "officer", "supervisor"})
@ExecuteOn(TaskExecutors.BLOCKING)
class StaffAttachmentsController {
    private final Uploads uploads;
    private final Serving serving;
    private final Attachments attachments;
    private final LargeAttachments large;
    private final CurrentCaller caller;

    StaffAttachmentsController(Uploads uploads, Serving serving, Attachments attachments, LargeAttachments large,
            CurrentCaller caller) {
        this.large = large;
        this.uploads = uploads;
        this.serving = serving;
        this.attachments = attachments;
        this.caller = caller;
    }

    @Post("/cases/{id}/attachments")
    @Consumes(MediaType.ALL)
    @Produces({MediaType.APPLICATION_JSON, MyAttachmentsController.PROBLEM})
    HttpResponse<uk.waymark.api.model.Attachment> add(HttpRequest<?> request, @PathVariable UUID id, @QueryValue("person_id") UUID person,
            @Body @Nullable byte[] body, @Nullable @Header("File-Name") String name, @Nullable @Header("Idempotency-Key") String key) {
        Attachment added = uploads.byStaff(caller.staff(), id, person, new Uploads.Sent(
            large.kind(request), name, body == null ? new byte[0] : body, key));
        return HttpResponse.created(attachments.shown(added, "en"));
    }

    @Get("/attachments/{id}")
    @Produces({"image/jpeg", "image/png", "application/pdf", MyAttachmentsController.PROBLEM})
    HttpResponse<byte[]> one(@PathVariable UUID id) {
        return serving.forStaff(caller.staff(), id);
    }
}
