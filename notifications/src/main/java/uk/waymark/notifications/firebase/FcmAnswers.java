package uk.waymark.notifications.firebase;

import com.google.firebase.messaging.MessagingErrorCode;
import uk.waymark.notifications.SendOutcome;
import uk.waymark.notifications.SendOutcome.Rejected;
import uk.waymark.notifications.SendOutcome.Unavailable;
import uk.waymark.notifications.SendOutcome.Unknown;
import uk.waymark.notifications.firebase.OneRequest.Exchange;

/**
 * From what Firebase answered to what that means. Source: "ErrorCode" in the reference of the FCM HTTP v1 API.
 *
 * <table>
 * <caption>From answer to outcome</caption>
 * <tr><td>UNREGISTERED</td><td>rejected: the app is no longer there</td></tr>
 * <tr><td>INVALID_ARGUMENT, SENDER_ID_MISMATCH, another 4xx</td><td>rejected</td></tr>
 * <tr><td>429; 503 that says UNAVAILABLE; what concerns our account (401, 403, 404 of the project); no connection made or
 *     no access token had</td><td>unavailable: Firebase has not taken it</td></tr>
 * <tr><td>any other 5xx, 408, no answer in time, a reset, an answer that cannot be read</td><td>unknown</td></tr>
 * </table>
 */
final class FcmAnswers {

    private FcmAnswers() { }

    /** @param code as the answer has it, or null */
    static SendOutcome outcome(Exchange exchange, MessagingErrorCode code) {
        if (!exchange.sent()) {
            return new Unavailable("not_sent");
        }
        int status = exchange.status();
        if (status == 0) {
            return new Unknown("no_answer");
        }
        if (status / 100 == 4 && status != 408) {
            return refused(exchange, code);
        }
        if (status == 503 && code == MessagingErrorCode.UNAVAILABLE) {
            return new Unavailable(code.name(), exchange.retryAfter());
        }
        return new Unknown(status / 100 == 5 ? "server_error_" + status : "unreadable_answer_" + status);
    }

    private static SendOutcome refused(Exchange exchange, MessagingErrorCode code) {
        int status = exchange.status();
        String word = code == null ? "http_" + status : code.name();
        if (status == 429 || code == MessagingErrorCode.QUOTA_EXCEEDED) {
            return new Unavailable(word, exchange.retryAfter());
        }
        if (code == null || code == MessagingErrorCode.THIRD_PARTY_AUTH_ERROR) {
            boolean ours = status == 401 || status == 403 || status == 404;
            return ours ? new Unavailable(word) : new Rejected(word, "refused");
        }
        return switch (code) {
            case UNREGISTERED -> new Rejected(word, "unregistered");
            case SENDER_ID_MISMATCH -> new Rejected(word, "of_another_sender");
            default -> new Rejected(word, "refused");
        };
    }
}
