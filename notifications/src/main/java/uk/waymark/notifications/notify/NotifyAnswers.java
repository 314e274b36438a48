package uk.waymark.notifications.notify;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import uk.gov.service.notify.NotificationClientException;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.Receipt;
import uk.waymark.notifications.SendOutcome;
import uk.waymark.notifications.SendOutcome.Rejected;
import uk.waymark.notifications.SendOutcome.Unavailable;
import uk.waymark.notifications.SendOutcome.Unknown;

/**
 * From what GOV.UK Notify answered or reported to what that means. Source: "Error messages", "Limits" and "Message status" of
 * its technical documentation, which asks that nothing be read out of an error's sentence: its status and its type stay.
 *
 * <table>
 * <caption>From answer to outcome</caption>
 * <tr><td>201 with an id</td><td>accepted</td></tr>
 * <tr><td>429 RateLimitError (so many a minute), TooManyRequestsError (so many a day); 403 and 401 (the key, our clock);
 *     404 (the address); no connection made</td><td>unavailable: Notify has not taken it</td></tr>
 * <tr><td>400 ValidationError, BadRequestError; any other 4xx but 408</td><td>rejected</td></tr>
 * <tr><td>5xx</td><td>unknown: it asks for the message to be sent again, but nowhere promises that the first was not kept,
 *     and asked by reference it can say so exactly ({@link NotifyLookup})</td></tr>
 * <tr><td>408, no answer in time, a reset, an answer that cannot be read</td><td>unknown</td></tr>
 * </table>
 */
final class NotifyAnswers {

    private static final Pattern TYPE = Pattern.compile("\"error\"\\s*:\\s*\"([A-Za-z]{1,60})\"");
    /** Of a daily limit: it is of no use to ask every minute, and of no use to wait for midnight where it is raised. */
    private static final Duration DAILY = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private NotifyAnswers() { }

    /** What a status of a message means. */
    private enum Status {
        /** In a queue at Notify. */
        CREATED("created", Receipt.Status.INTERMEDIATE),
        /** With a network or mail server, which tries for up to 72 hours. */
        SENDING("sending", Receipt.Status.INTERMEDIATE),
        /** The network reported, the phone has not yet. */
        PENDING("pending", Receipt.Status.INTERMEDIATE),
        /** To a number abroad, whose network reports no more than that. */
        SENT("sent", Receipt.Status.INTERMEDIATE),
        /** A letter, with the printer. */
        ACCEPTED("accepted", Receipt.Status.INTERMEDIATE),
        PENDING_VIRUS_CHECK("pending-virus-check", Receipt.Status.INTERMEDIATE),
        DELIVERED("delivered", Receipt.Status.DELIVERED),
        /** A letter, printed and posted: as much as will ever be known of it. */
        RECEIVED("received", Receipt.Status.DELIVERED),
        /** The number or address is wrong, or the network refuses it. */
        PERMANENT_FAILURE("permanent-failure", Receipt.Status.FAILED),
        /** The phone is off or out of reach, or an inbox is full. */
        TEMPORARY_FAILURE("temporary-failure", Receipt.Status.FAILED),
        /** Something between Notify and its provider; it was not sent. */
        TECHNICAL_FAILURE("technical-failure", Receipt.Status.FAILED),
        CANCELLED("cancelled", Receipt.Status.FAILED),
        VIRUS_SCAN_FAILED("virus-scan-failed", Receipt.Status.FAILED),
        VALIDATION_FAILED("validation-failed", Receipt.Status.FAILED);

        private static final Map<String, Status> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toMap(s -> s.word, Function.identity()));
        private final String word;
        private final Receipt.Status says;

        Status(String word, Receipt.Status says) {
            this.word = word;
            this.says = says;
        }
    }

    /** What a report says; empty for a status that is not known here. */
    static Optional<Receipt.Status> status(String word) {
        return Optional.ofNullable(word).map(Status.BY_WORD::get).map(s -> s.says);
    }

    /** Our word for a status. @param channel of the message */
    static String meaning(String word, Channel channel) {
        return switch (Status.BY_WORD.get(word)) {
            case PERMANENT_FAILURE -> switch (channel) {
                case EMAIL -> "address_not_in_use";
                case LETTER -> "cannot_be_printed";
                default -> "number_not_in_use";
            };
            case TEMPORARY_FAILURE -> channel == Channel.EMAIL ? "inbox_full_or_refused" : "phone_off_or_unreachable";
            case TECHNICAL_FAILURE, VIRUS_SCAN_FAILED, VALIDATION_FAILED -> "failed_at_provider";
            case CANCELLED -> "cancelled_at_provider";
            default -> word.replace('-', '_');
        };
    }

    /** What came of a request that did not bring a message's id. */
    static SendOutcome outcome(Exception failure) {
        if (failure instanceof OneRequest.NotSent) {
            return new Unavailable("not_sent");
        }
        if (!(failure instanceof NotificationClientException answered)) {
            // the client cannot read what came with a 201
            return new Unknown("unreadable_answer_201");
        }
        if (answered.getCause() instanceof OneRequest.NotSent) {
            return new Unavailable("not_sent");
        }
        return answered.getCause() == null ? refused(answered.getHttpResult(), type(answered)) : new Unknown("no_answer");
    }

    private static SendOutcome refused(int status, String type) {
        if (status / 100 != 4 || status == 408) {
            return new Unknown(status / 100 == 5 ? "server_error_" + status : "unreadable_answer_" + status);
        }
        String code = type == null ? "http_" + status : type;
        return switch (status) {
            case 429 -> new Unavailable(code, "TooManyRequestsError".equals(type) ? DAILY : MINUTE);
            case 401, 403, 404 -> new Unavailable(code + "_" + status);
            default -> new Rejected(code, "ValidationError".equals(type) ? "address_or_text_refused" : "refused");
        };
    }

    /** The type of the error only: its sentence may quote an address. */
    private static String type(NotificationClientException answered) {
        Matcher type = TYPE.matcher(String.valueOf(answered.getMessage()));
        return type.find() ? type.group(1) : null;
    }
}
