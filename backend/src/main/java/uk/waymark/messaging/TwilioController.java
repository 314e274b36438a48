package uk.waymark.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import jakarta.annotation.Nullable;
import jakarta.inject.Named;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import uk.waymark.notifications.InboundText;
import uk.waymark.notifications.Receipt;
import uk.waymark.notifications.Receipts;
import uk.waymark.notifications.twilio.TwilioWebhook;
import uk.waymark.notifications.twilio.TwilioWebhook.Read;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Settings;

/**
 * Twilio's webhooks. Written by hand and not from the generated interface, because a signature is over every field that
 * was posted, also those that the contract does not name. Whatever is not signed by the account it names gets the same
 * answer, whether we know the account or not.
 */
@Controller("/v1/webhooks/twilio")
@Secured(SecurityRule.IS_ANONYMOUS)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
class TwilioController {
    private static final String SIGNATURE = "X-Twilio-Signature";
    private static final String PROBLEM = "application/problem+json";
    private static final String NO_ANSWER = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";

    private final TwilioWebhook webhook;
    private final Receipts receipts;
    private final Replies replies;
    private final Messaging messaging;
    private final DataSource dispatcherLogin;
    private final TwilioKeywords keywords;
    private final Settings settings;
    private final CaseClock clock;
    private final MeterRegistry meters;

    TwilioController(TwilioWebhook webhook, Receipts receipts, Replies replies, Messaging messaging,
                     TwilioKeywords keywords, @Named("dispatcher") DataSource dispatcherLogin, Settings settings,
                     CaseClock clock, MeterRegistry meters) {
        this.webhook = webhook;
        this.receipts = receipts;
        this.replies = replies;
        this.messaging = messaging;
        this.dispatcherLogin = DelegatingDataSource.unwrapDataSource(dispatcherLogin);
        this.keywords = keywords;
        this.settings = settings;
        this.clock = clock;
        this.meters = meters;
    }

    @Post("/status")
    @Produces(PROBLEM)
    HttpResponse<Void> status(HttpRequest<?> request, @Nullable @Header(SIGNATURE) String signature,
                              @Body String form) {
        switch (webhook.status(calledAt(request), fields(form), signature, clock.instant())) {
            case Read.Genuine<Receipt>(var receipt) -> {
                receipts.apply(dispatcherLogin, receipt);
                messaging.wakeAfterReceipt();
            }
            case Read.Ignored<?>(String why) -> { }
            case Read.Forged<?>() -> throw forged();
        }
        return HttpResponse.noContent();
    }

    @Post("/inbound")
    @Produces({MediaType.APPLICATION_XML, PROBLEM})
    HttpResponse<String> inbound(HttpRequest<?> request, @Nullable @Header(SIGNATURE) String signature,
                                 @Body String form) {
        Map<String, String> fields = fields(form);
        switch (webhook.inbound(calledAt(request), fields, signature)) {
            case Read.Genuine<InboundText>(var text) -> {
                TwilioWebhook.takenByTwilio(fields).ifPresent(as -> keywords.taken(text, as));
                replies.take(text);
            }
            case Read.Ignored<?>(String why) -> meters.counter("waymark.inbound.ignored", "why", why).increment();
            case Read.Forged<?>() -> throw forged();
        }
        return HttpResponse.ok(NO_ANSWER).contentType(MediaType.APPLICATION_XML_TYPE);
    }

    /** The address as Twilio sees it, in front of any proxy: what it signed. */
    private String calledAt(HttpRequest<?> request) {
        String query = request.getUri().getRawQuery();
        return settings.publicUrl() + request.getUri().getRawPath() + (query == null ? "" : "?" + query);
    }

    private static Map<String, String> fields(String form) {
        var fields = new LinkedHashMap<String, String>();
        try {
            for (String pair : form.split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    fields.putIfAbsent(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
                }
            }
            return fields;
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(HttpStatus.BAD_REQUEST, "bad-request", "Check what was sent",
                "The body is not a form. Send application/x-www-form-urlencoded.");
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static ProblemException forged() {
        return ProblemException.of(HttpStatus.FORBIDDEN, "forbidden", "Not signed by an account of ours",
            "The signature does not fit the address and the fields. Check the account's secret and the address.");
    }
}
