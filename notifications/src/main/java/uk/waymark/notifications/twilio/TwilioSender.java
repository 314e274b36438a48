package uk.waymark.notifications.twilio;

import com.twilio.exception.ApiException;
import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.type.PhoneNumber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.notifications.SendOutcome;
import uk.waymark.notifications.SendOutcome.Accepted;
import uk.waymark.notifications.SendOutcome.Rejected;
import uk.waymark.notifications.SendOutcome.Unavailable;
import uk.waymark.notifications.SendOutcome.Unknown;
import uk.waymark.notifications.SendRequest;
import uk.waymark.notifications.Sender;

/**
 * Sends text messages through Twilio's SDK, one HTTP request an attempt.
 *
 * <table>
 * <caption>From answer to outcome</caption>
 * <tr><td>2xx with a message sid</td><td>accepted</td></tr>
 * <tr><td>429; 4xx whose code concerns our account; no connection made</td>
 *     <td>unavailable: Twilio has not taken it</td></tr>
 * <tr><td>any other 4xx but 408</td><td>rejected</td></tr>
 * <tr><td>5xx</td>
 *     <td>unknown: Twilio nowhere promises that it has not taken a message it answers so</td></tr>
 * <tr><td>408, no answer in time, a reset, an answer that cannot be read</td><td>unknown</td></tr>
 * </table>
 */
public final class TwilioSender implements Sender, AutoCloseable {

    /** The provider's name on attempts and receipts. */
    public static final String PROVIDER = "twilio";
    private static final Logger LOG = LoggerFactory.getLogger(TwilioSender.class);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int CONNECTIONS = 1_500;
    /** Twilio's own bounds of ValidityPeriod, in seconds. */
    private static final long LONGEST_VALIDITY = 36_000;

    private final TwilioAccounts accounts;
    private final URI baseUrl;
    private final URI statusCallbackBase;
    private final CloseableHttpClient client;

    /**
     * @param baseUrl            where Twilio is, with a path in front of Twilio's own if need be, or null for the real one
     * @param statusCallbackBase public address of the host's webhook for receipts; {@code attempt=<id>} is added to it
     */
    public TwilioSender(TwilioAccounts accounts, URI baseUrl, URI statusCallbackBase) {
        this(accounts, baseUrl, statusCallbackBase, ANSWER);
    }

    /** With another time to wait for an answer. */
    public TwilioSender(TwilioAccounts accounts, URI baseUrl, URI statusCallbackBase, Duration answerWithin) {
        this.accounts = accounts;
        this.baseUrl = baseUrl == null ? null : URI.create(baseUrl.toString().replaceAll("/+$", ""));
        this.statusCallbackBase = statusCallbackBase;
        this.client = client(answerWithin, CONNECTIONS);
    }

    /** For requests that are made once. @param connections at most */
    static CloseableHttpClient client(Duration answerWithin, int connections) {
        var pool = PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnTotal(connections).setMaxConnPerRoute(connections)
            .setDefaultConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(CONNECT)).setSocketTimeout(Timeout.of(answerWithin))
                // a connection that Twilio has closed meanwhile would make an attempt unknown
                .setValidateAfterInactivity(TimeValue.ofSeconds(1)).setTimeToLive(TimeValue.ofMinutes(5)).build())
            .build();
        // system properties: a force may let its servers out through a proxy only
        return HttpClientBuilder.create().useSystemProperties().setConnectionManager(pool)
            .setDefaultRequestConfig(RequestConfig.custom().setConnectionRequestTimeout(Timeout.of(CONNECT))
                .setResponseTimeout(Timeout.of(answerWithin)).build())
            .disableAutomaticRetries().disableRedirectHandling().disableCookieManagement().disableAuthCaching()
            .build();
    }

    /** Sends by the account of the request's tenant, where there is no choice. */
    @Override
    public SendOutcome send(SendRequest request) {
        TwilioAccount account;
        try {
            account = accounts.forTenant(request.tenant());
        } catch (RuntimeException e) {
            LOG.error("no Twilio account for tenant {}: {}", request.tenant(), e.getClass().getName());
            return new Unavailable("no_account");
        }
        return send(account, request);
    }

    /** Sends by one account, whoever it belongs to. */
    public Sender of(TwilioAccount account) {
        return request -> send(account, request);
    }

    private SendOutcome send(TwilioAccount account, SendRequest request) {
        SendOutcome outcome = once(account, request);
        if (outcome instanceof Rejected no && TwilioErrorCodes.OPTED_OUT_MEANING.equals(no.meaning())) {
            try {
                accounts.optedOut(account, request.address());
            } catch (RuntimeException e) {
                // Twilio says so again at the next message
                LOG.error("that a phone has opted out could not be kept: {}", e.getClass().getName());
            }
        }
        return outcome;
    }

    private SendOutcome once(TwilioAccount account, SendRequest request) {
        OneRequest http = new OneRequest(client, baseUrl);
        try {
            return accepted(account, creator(account, request).create(restClient(account, http)), http);
        } catch (OneRequest.NotSent e) {
            return new Unavailable("not_sent");
        } catch (OneRequest.NoAnswer e) {
            return new Unknown("no_answer");
        } catch (ApiException e) {
            return refused(http.status(), e.getCode());
        } catch (TwilioException e) {
            return refused(http.status(), null);
        }
    }

    private TwilioRestClient restClient(TwilioAccount account, OneRequest http) {
        return new TwilioRestClient.Builder(account.accountSid(), account.authToken()).httpClient(http).build();
    }

    private MessageCreator creator(TwilioAccount account, SendRequest request) {
        PhoneNumber to = new PhoneNumber(request.address());
        MessageCreator creator = account.messagingServiceSid() == null
            ? Message.creator(to, new PhoneNumber(account.from()), request.text())
            : Message.creator(to, account.messagingServiceSid(), request.text());
        if (account.messagingServiceSid() != null && account.from() != null) {
            creator.setFrom(new PhoneNumber(account.from()));
        }
        long seconds = Math.clamp(request.validity().toSeconds(), 1, LONGEST_VALIDITY);
        return creator.setValidityPeriod((int) seconds).setStatusCallback(statusCallback(request));
    }

    private URI statusCallback(SendRequest request) {
        String base = statusCallbackBase.toString();
        return URI.create(base + (base.contains("?") ? "&" : "?") + TwilioWebhook.ATTEMPT + "=" + request.attemptId());
    }

    private static SendOutcome accepted(TwilioAccount account, Message message, OneRequest http) {
        return message == null || message.getSid() == null ? new Unknown("unreadable_answer_" + http.status())
            : new Accepted(PROVIDER, account.accountSid(), message.getSid());
    }

    /** The SDK throws for every status that is not a success, and for an answer that it cannot read. */
    private static SendOutcome refused(int status, Integer code) {
        if (status / 100 != 4 || status == 408) {
            return new Unknown(status / 100 == 5 ? "server_error_" + status : "unreadable_answer_" + status);
        }
        String number = code == null ? "http_" + status : code.toString();
        if (status == 429 || status == 401 || status == 403 && code == null || TwilioErrorCodes.passing(number)) {
            return new Unavailable(number);
        }
        return new Rejected(number, TwilioErrorCodes.meaning(number));
    }

    /** Closes all connections. */
    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
