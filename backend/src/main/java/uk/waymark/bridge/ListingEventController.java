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
import java.util.Map;
import uk.waymark.messaging.Messaging;
import uk.waymark.platform.CurrentCaller;

/** Court dates from listing systems and spreadsheets. By hand, as {@link BridgeController} is: the documents are others'. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured("system")
class ListingEventController {
    private static final JsonMapper JSON = JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).serializationInclusion(JsonInclude.Include.NON_NULL).build();
    private final ListingEventIntake listing;
    private final HearingRows rows;
    private final CurrentCaller caller;
    private final Messaging messaging;

    ListingEventController(ListingEventIntake listing, HearingRows rows, CurrentCaller caller, Messaging messaging) {
        this.listing = listing;
        this.rows = rows;
        this.caller = caller;
        this.messaging = messaging;
    }

    @Post("/v1/bridge/listing-events")
    @Consumes(MediaType.APPLICATION_JSON)
    HttpResponse<String> receiveListingEvents(@Body byte[] body) throws JsonProcessingException {
        var results = listing.take(caller.system(), body);
        messaging.wake();
        return HttpResponse.ok(JSON.writeValueAsString(Map.of("results", results))).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    @Post("/v1/bridge/hearings")
    @Consumes("text/csv")
    HttpResponse<String> receiveHearingRows(@Body byte[] body, @QueryValue String source) throws JsonProcessingException {
        var results = rows.take(caller.system(), source, body);
        messaging.wake();
        return HttpResponse.ok(JSON.writeValueAsString(results)).contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
