package uk.waymark.notifications.twilio;

import com.twilio.exception.ApiException;
import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import uk.waymark.notifications.Eraser;

/**
 * Deletes messages at Twilio, sent and received, in one request each. To empty the body would leave both numbers there;
 * Twilio's own backups go after 30 days.
 */
public final class TwilioEraser implements Eraser, AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int CONNECTIONS = 50;

    private final TwilioAccounts accounts;
    private final URI baseUrl;
    private final CloseableHttpClient client;

    /** @param baseUrl where Twilio is, or null for the real one */
    public TwilioEraser(TwilioAccounts accounts, URI baseUrl) {
        this.accounts = accounts;
        this.baseUrl = baseUrl == null ? null : URI.create(baseUrl.toString().replaceAll("/+$", ""));
        this.client = TwilioSender.client(ANSWER, CONNECTIONS);
    }

    @Override
    public Result erase(UUID tenant, String providerAccount, String providerMessageId) {
        OneRequest http = new OneRequest(client, baseUrl);
        try {
            Optional<TwilioAccount> account = accounts.bySid(providerAccount);
            if (account.isEmpty()) {
                return Result.LATER;
            }
            TwilioRestClient twilio = new TwilioRestClient.Builder(providerAccount, account.get().authToken())
                .httpClient(http).build();
            return Message.deleter(providerAccount, providerMessageId).delete(twilio) ? Result.ERASED : Result.LATER;
        } catch (ApiException e) {
            return refused(http.status());
        } catch (TwilioException | OneRequest.NotSent | OneRequest.NoAnswer e) {
            return Result.LATER;
        }
    }

    /** Everything else may pass: a message still under way (code 20009), our credentials, their load. */
    private static Result refused(int status) {
        return switch (status) {
            case 404, 410 -> Result.GONE;
            case 405 -> Result.REFUSED;
            default -> Result.LATER;
        };
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
