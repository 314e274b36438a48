package uk.waymark.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
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
import javax.sql.DataSource;
import uk.waymark.notifications.InboundText;
import uk.waymark.notifications.Receipt;
import uk.waymark.notifications.Receipts;
import uk.waymark.notifications.notify.NotifyWebhook;
import uk.waymark.notifications.notify.NotifyWebhook.Read;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.ProblemException;

/**
 * GOV.UK Notify's callbacks. Written by hand and not from the generated interface, because their form is Notify's, which may
 * add to it. Whatever does not carry the secret of an account of ours gets the same answer, whatever it says.
 */
@Controller("/v1/webhooks/notify")
@Secured(SecurityRule.IS_ANONYMOUS)
@Consumes(MediaType.APPLICATION_JSON)
@Produces("application/problem+json")
@ExecuteOn(TaskExecutors.BLOCKING)
class NotifyController {
    private static final String AUTHORIZATION = "Authorization";

    private final NotifyWebhook webhook;
    private final Receipts receipts;
    private final Replies replies;
    private final Messaging messaging;
    private final DataSource dispatcherLogin;
    private final CaseClock clock;
    private final MeterRegistry meters;

    NotifyController(NotifyWebhook webhook, Receipts receipts, Replies replies, Messaging messaging,
                     @Named("dispatcher") DataSource dispatcherLogin, CaseClock clock, MeterRegistry meters) {
        this.webhook = webhook;
        this.receipts = receipts;
        this.replies = replies;
        this.messaging = messaging;
        this.dispatcherLogin = DelegatingDataSource.unwrapDataSource(dispatcherLogin);
        this.clock = clock;
        this.meters = meters;
    }

    @Post("/status")
    HttpResponse<Void> status(@Nullable @Header(AUTHORIZATION) String secret, @Body byte[] body) {
        switch (webhook.status(secret, new String(body, UTF_8), clock.instant())) {
            case Read.Genuine<Receipt>(var receipt) -> {
                receipts.apply(dispatcherLogin, receipt);
                messaging.wakeAfterReceipt();
            }
            case Read.Ignored<?>() -> { }
            case Read.Forged<?>() -> throw forged();
        }
        return HttpResponse.noContent();
    }

    @Post("/inbound")
    HttpResponse<Void> inbound(@Nullable @Header(AUTHORIZATION) String secret, @Body byte[] body) {
        switch (webhook.inbound(secret, new String(body, UTF_8))) {
            case Read.Genuine<InboundText>(var text) -> replies.take(text);
            case Read.Ignored<?>() -> meters.counter("waymark.inbound.ignored", "why", "incomplete").increment();
            case Read.Forged<?>() -> throw forged();
        }
        return HttpResponse.noContent();
    }

    private static ProblemException forged() {
        return ProblemException.of(HttpStatus.FORBIDDEN, "forbidden", "Not from an account of ours",
            "The bearer token is not that of an account here. Check the token of the callback in GOV.UK Notify's settings.");
    }
}
