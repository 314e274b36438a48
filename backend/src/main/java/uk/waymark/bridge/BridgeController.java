package uk.waymark.bridge;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import java.util.List;
import java.util.Map;
import uk.waymark.messaging.Messaging;
import uk.waymark.platform.CurrentCaller;

/**
 * {@code POST /v1/bridge/events}. Written by hand where everything else implements a generated interface: the body is read
 * as JSON nodes, so that one bad event is refused and the others are not.
 */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured("system")
class BridgeController {
    private static final JsonMapper JSON = JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).serializationInclusion(JsonInclude.Include.NON_NULL).build();
    private final EventIntake intake;
    private final CurrentCaller caller;
    private final Messaging messaging;

    BridgeController(EventIntake intake, CurrentCaller caller, Messaging messaging) {
        this.intake = intake;
        this.caller = caller;
        this.messaging = messaging;
    }

    @Post("/v1/bridge/events")
    @Consumes(MediaType.APPLICATION_JSON)
    HttpResponse<String> receiveEvents(@Body byte[] body, @QueryValue(value = "dry_run", defaultValue = "false") boolean dryRun)
            throws JsonProcessingException {
        List<EventIntake.Result> results = dryRun ? intake.dryRun(caller.system(), body) : intake.take(caller.system(), body);
        if (!dryRun) {
            // an invitation should not arrive after the code that somebody asks for with it
            messaging.wake();
        }
        return HttpResponse.ok(JSON.writeValueAsString(Map.of("results", results))).contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
