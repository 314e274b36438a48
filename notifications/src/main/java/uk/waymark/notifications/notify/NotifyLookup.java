package uk.waymark.notifications.notify;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.gov.service.notify.Notification;
import uk.waymark.notifications.Lookup;
import uk.waymark.notifications.Receipt;

/**
 * Asks GOV.UK Notify by our reference what became of an attempt. A reference is one attempt's, so there is nothing to
 * compare; or by its own id. Notify knows messages for seven days.
 */
public final class NotifyLookup implements Lookup {

    private final NotifySender notify;
    private final NotifyAccounts accounts;
    private final InstantSource caseTime;

    public NotifyLookup(NotifySender notify, NotifyAccounts accounts, InstantSource caseTime) {
        this.notify = notify;
        this.accounts = accounts;
        this.caseTime = caseTime;
    }

    @Override
    public Answer ask(Asked attempt) {
        return asking(attempt.account(), account -> {
            List<Notification> found = notify.ask(account,
                client -> client.getNotifications(null, null, attempt.attemptId().toString(), null)).getNotifications();
            return found.isEmpty() ? new Answer.NotThere() : taken(attempt.account(), attempt.attemptId(), found.getFirst());
        });
    }

    @Override
    public Answer status(String account, UUID tenant, String providerMessageId, UUID attemptId) {
        return asking(account, ours -> taken(account, attemptId,
            notify.ask(ours, client -> client.getNotificationById(providerMessageId))));
    }

    private interface Question {
        Answer put(NotifyAccount account) throws Exception;
    }

    private Answer asking(String service, Question question) {
        Optional<NotifyAccount> account = accounts.byId(service);
        if (account.isEmpty()) {
            return new Answer.Undecided("no_account");
        }
        try {
            return question.put(account.get());
        } catch (Exception e) {
            // by class only: its text may quote the message
            return new Answer.Undecided("unreachable");
        }
    }

    private Answer taken(String account, UUID attempt, Notification message) {
        String word = message.getStatus();
        Receipt.Status status = NotifyAnswers.status(word).orElse(Receipt.Status.INTERMEDIATE);
        String meaning = NotifyAnswers.status(word).isEmpty() ? word
            : NotifyAnswers.meaning(word, NotifyWebhook.channel(message.getNotificationType()));
        return new Answer.Taken(new Receipt(NotifySender.PROVIDER, account, message.getId().toString(),
            attempt, status, word, meaning, caseTime.instant()));
    }
}
