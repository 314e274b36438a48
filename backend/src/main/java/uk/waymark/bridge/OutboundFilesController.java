package uk.waymark.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import java.util.UUID;
import uk.waymark.attachments.Serving;
import uk.waymark.outbound.Arrivals;
import uk.waymark.outbound.Parcels;
import uk.waymark.outbound.Waiting;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CurrentCaller;

/** Files that what waits for a force's system names. By hand, because they are no JSON. */
@Controller
@Secured("system")
@ExecuteOn(TaskExecutors.BLOCKING)
class OutboundFilesController {
    private final Serving serving;
    private final Parcels parcels;
    private final Arrivals arrivals;
    private final CurrentCaller caller;

    OutboundFilesController(Serving serving, Parcels parcels, Arrivals arrivals, CurrentCaller caller) {
        this.serving = serving;
        this.parcels = parcels;
        this.arrivals = arrivals;
        this.caller = caller;
    }

    @Get("/v1/bridge/outbound/{id}/attachments/{attachment_id}")
    @Produces({"image/jpeg", "image/png", "application/pdf", "application/problem+json"})
    HttpResponse<byte[]> one(@PathVariable UUID id, @PathVariable("attachment_id") UUID attachment) {
        Caller.System system = caller.system();
        return serving.forSystem(system, attachment, c -> parcels.waiting(c, id)
            .filter(waiting -> names(waiting, attachment) && arrivals.mayLeave(c, waiting)).isPresent());
    }

    private static boolean names(Waiting waiting, UUID attachment) {
        if (waiting.data() != null) {
            for (JsonNode file : waiting.data().path("attachments")) {
                if (file.path("id").asText().equals(attachment.toString())) {
                    return true;
                }
            }
        }
        return false;
    }
}
