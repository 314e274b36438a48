package uk.waymark.notifications.notify;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import uk.gov.service.notify.Notification;
import uk.waymark.notifications.Lookup;
import uk.waymark.notifications.Receipt;

/**
 * Asks GOV.UK Notify by our reference what became of an attempt. A reference is one attempt's, so there is nothing to
 * compare; Notify knows messages for seven days.
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
        Optional<NotifyAccount> account = accounts.byId(attempt.account());
        if (account.isEmpty()) {
            return new Answer.Undecided("no_account");
        }
        try {
            List<Notification> found = notify.ask(account.get(),
                client -> client.getNotifications(null, null, attempt.attemptId().toString(), null)).getNotifications();
            return found.isEmpty() ? new Answer.NotThere() : taken(attempt, found.getFirst());
        } catch (Exception e) {
            // by class only: its text may quote the message
            return new Answer.Undecided("unreachable");
        }
    }

    private Answer taken(Asked attempt, Notification message) {
        String word = message.getStatus();
        Receipt.Status status = NotifyAnswers.status(word).orElse(Receipt.Status.INTERMEDIATE);
        String meaning = NotifyAnswers.status(word).isEmpty() ? word
            : NotifyAnswers.meaning(word, NotifyWebhook.channel(message.getNotificationType()));
        return new Answer.Taken(new Receipt(NotifySender.PROVIDER, attempt.account(), message.getId().toString(),
            attempt.attemptId(), status, word, meaning, caseTime.instant()));
    }
}
