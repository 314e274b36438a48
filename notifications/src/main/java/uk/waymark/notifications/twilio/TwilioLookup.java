package uk.waymark.notifications.twilio;

import com.twilio.base.Page;
import com.twilio.exception.ApiException;
import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageReader;
import com.twilio.type.PhoneNumber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.notifications.Lookup;
import uk.waymark.notifications.Receipt;

/**
 * Looks an attempt up in Twilio's list of messages. Twilio does not give our mark back there, so what fits is what went to the
 * same number in the same words from our sender, no sooner than the attempt was started. The list is asked for by number
 * alone: the date that it can be narrowed by is {@code date_sent}, which a message that waits does not have yet. Whatever
 * cannot be compared for certain is undecided, never absent.
 */
public final class TwilioLookup implements Lookup, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TwilioLookup.class);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int CONNECTIONS = 20;
    private static final int PAGE = 200;
    /** A number with more messages than this many pages hold is not ours alone. */
    private static final int PAGES = 20;

    private final TwilioAccounts accounts;
    private final URI baseUrl;
    private final CloseableHttpClient client;
    private final int pageSize;

    /** @param baseUrl as for {@link TwilioSender} */
    public TwilioLookup(TwilioAccounts accounts, URI baseUrl) {
        this(accounts, baseUrl, ANSWER, PAGE);
    }

    /** With another time to wait for each page, and pages of another size. */
    public TwilioLookup(TwilioAccounts accounts, URI baseUrl, Duration answerWithin, int pageSize) {
        this.accounts = accounts;
        this.baseUrl = baseUrl == null ? null : URI.create(baseUrl.toString().replaceAll("/+$", ""));
        this.client = TwilioSender.client(answerWithin, CONNECTIONS);
        this.pageSize = pageSize;
    }

    @Override
    public Answer ask(Asked attempt) {
        return asking(attempt.account(), attempt.tenant(), attempt.attemptId(),
            (account, twilio) -> search(attempt, account, twilio));
    }

    /** One request; there is nothing to compare. */
    @Override
    public Answer status(String account, UUID tenant, String providerMessageId, UUID attemptId) {
        return asking(account, tenant, attemptId, (ours, twilio) -> {
            Message message = Message.fetcher(ours.accountSid(), providerMessageId).fetch(twilio);
            return !providerMessageId.equals(message.getSid()) || message.getDateCreated() == null
                ? new Answer.Undecided("unreadable_answer")
                : candidate(attemptId, ours, message).<Answer>map(c -> new Answer.Taken(c.receipt()))
                    .orElseGet(() -> new Answer.Undecided("unreadable_answer"));
        });
    }

    private Answer asking(String sid, UUID tenant, UUID attempt, BiFunction<TwilioAccount, TwilioRestClient, Answer> question) {
        TwilioAccount account;
        try {
            account = accounts.bySid(sid).orElseGet(() -> accounts.forTenant(tenant));
        } catch (RuntimeException e) {
            LOG.error("no Twilio account to look attempt {} up with: {}", attempt, e.getClass().getName());
            return new Answer.Undecided("no_account");
        }
        OneRequest http = new OneRequest(client, baseUrl);
        try {
            return question.apply(account,
                new TwilioRestClient.Builder(account.accountSid(), account.authToken()).httpClient(http).build());
        } catch (OneRequest.NotSent | OneRequest.NoAnswer e) {
            return new Answer.Undecided("no_answer");
        } catch (ApiException e) {
            return new Answer.Undecided("http_" + http.status());
        } catch (TwilioException | NullPointerException | ClassCastException e) {
            // the SDK takes for granted that an answer has the parts that it should have
            return new Answer.Undecided("unreadable_answer");
        }
    }

    private Answer search(Asked attempt, TwilioAccount account, TwilioRestClient twilio) {
        MessageReader reader = Message.reader(account.accountSid()).setTo(new PhoneNumber(attempt.address()))
            .setPageSize((long) pageSize);
        List<Candidate> found = new ArrayList<>();
        Page<Message> page = reader.firstPage(twilio);
        for (int pages = 1; ; pages++) {
            if (page.getPageSize() != pageSize) {
                // the SDK takes an answer without messages for an empty list
                return new Answer.Undecided("unreadable_answer");
            }
            for (Message message : page.getRecords()) {
                switch (compare(attempt, account, message)) {
                    case ANOTHER -> { }
                    case THIS -> found.add(candidate(attempt.attemptId(), account, message).orElseThrow());
                    case UNCLEAR -> {
                        return new Answer.Undecided("cannot_be_compared");
                    }
                }
            }
            if (!page.hasNextPage()) {
                return new Answer.Candidates(found);
            }
            if (pages == PAGES) {
                return new Answer.Undecided("too_many_messages");
            }
            page = reader.nextPage(page, twilio);
        }
    }

    private enum Comparison {
        THIS, ANOTHER, UNCLEAR
    }

    private Comparison compare(Asked attempt, TwilioAccount account, Message message) {
        if (message.getDirection() != Message.Direction.OUTBOUND_API) {
            return Comparison.ANOTHER;
        }
        if (message.getDateCreated() == null || message.getSid() == null) {
            return Comparison.UNCLEAR;
        }
        if (takenAt(message).isBefore(attempt.startedAt())) {
            return Comparison.ANOTHER;
        }
        String body = message.getBody() == null ? "" : message.getBody().strip();
        if (!body.equals(attempt.text().strip())) {
            // an account may be set to withhold texts
            return body.isEmpty() ? Comparison.UNCLEAR : Comparison.ANOTHER;
        }
        return sender(account, message) && candidate(attempt.attemptId(), account, message).isPresent() ? Comparison.THIS
            // the same words to the same number at that time, but not as we would send them now: our sender may have changed
            : Comparison.UNCLEAR;
    }

    /** An account may have several senders, such as one for discreet messages: any of ours will do. */
    private boolean sender(TwilioAccount account, Message message) {
        return accounts.allOf(account.accountSid()).stream().anyMatch(a -> a.messagingServiceSid() != null
            ? a.messagingServiceSid().equals(message.getMessagingServiceSid())
            : message.getFrom() != null && Objects.equals(a.from(), message.getFrom().toString()));
    }

    private static Optional<Candidate> candidate(UUID attempt, TwilioAccount account, Message message) {
        String error = message.getErrorCode() == null ? null : message.getErrorCode().toString();
        String word = message.getStatus() == null ? "" : message.getStatus().toString();
        Instant reported = message.getDateUpdated() == null ? takenAt(message) : message.getDateUpdated().toInstant();
        return TwilioWebhook.receipt(account.accountSid(), message.getSid(), attempt, word, error, reported)
            .map(receipt -> new Candidate(receipt, takenAt(message)));
    }

    private static Instant takenAt(Message message) {
        return message.getDateCreated().toInstant();
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
