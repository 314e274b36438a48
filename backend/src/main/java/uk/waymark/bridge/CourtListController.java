package uk.waymark.bridge;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import uk.waymark.messaging.Messaging;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.ProblemException;

/** {@code POST /v1/bridge/court-lists}. By hand, as {@link BridgeController} is: the document is another's, in six shapes. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured({"system", "national_system"})
class CourtListController {
    private static final JsonMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).serializationInclusion(JsonInclude.Include.NON_NULL).build();
    private final CourtLists lists;
    private final CurrentCaller caller;
    private final Messaging messaging;

    CourtListController(CourtLists lists, CurrentCaller caller, Messaging messaging) {
        this.lists = lists;
        this.caller = caller;
        this.messaging = messaging;
    }

    @Post("/v1/bridge/court-lists")
    @Consumes(MediaType.APPLICATION_JSON)
    HttpResponse<String> receiveCourtList(@Body byte[] body) throws JsonProcessingException {
        CourtLists.Result result = switch (caller.get()) {
            case Caller.System s -> lists.take(s, body);
            case Caller.NationalSystem n -> lists.take(n, body);
            default -> throw ProblemException.notFound();
        };
        messaging.wake();
        return HttpResponse.ok(JSON.writeValueAsString(result)).contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
