package uk.waymark.notifications.twilio;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Twilio's error codes, as they come with an answer or a receipt, and what each means to us. Source: Twilio's error and
 * warning dictionary. What concerns our account rather than the message is retried until the message expires, since an
 * operator can put it right.
 */
public enum TwilioErrorCodes {
    AUTHENTICATION_FAILED(20003, "account_refused", true),
    ACCOUNT_NOT_ACTIVE(20005, "account_refused", true),
    RESOURCE_NOT_FOUND(20404, "account_refused", true),
    TOO_MANY_REQUESTS(20429, "too_many_requests", true),
    RATE_EXCEEDED(14107, "too_many_requests", true),

    TO_NOT_VALID(21211, "invalid_number", false),
    FROM_NOT_VALID(21212, "sender_misconfigured", true),
    TO_NOT_REACHABLE(21214, "invalid_number", false),
    TO_NOT_VERIFIED(21219, "trial_account", false),
    REGION_NOT_PERMITTED(21408, "region_not_permitted", false),
    FROM_NOT_SMS_CAPABLE(21601, "sender_misconfigured", true),
    BODY_MISSING(21602, "empty_text", false),
    FROM_MISSING(21603, "sender_misconfigured", true),
    TO_MISSING(21604, "invalid_number", false),
    FROM_NOT_OURS(21606, "sender_misconfigured", true),
    TO_NOT_VERIFIED_FOR_TRIAL(21608, "trial_account", false),
    OPTED_OUT(21610, "opted_out", false),
    QUEUE_OF_FROM_FULL(21611, "too_many_requests", true),
    NO_ROUTE(21612, "no_route", false),
    TO_NOT_MOBILE(21614, "not_a_mobile", false),
    BODY_TOO_LONG(21617, "text_too_long", false),
    TO_IS_LANDLINE(21635, "not_a_mobile", false),
    FROM_OF_ANOTHER_ACCOUNT(21660, "sender_misconfigured", true),
    SERVICE_NOT_THERE(21701, "sender_misconfigured", true),
    SERVICE_WITHOUT_SENDERS(21703, "sender_misconfigured", true),
    SERVICE_WITHOUT_NUMBERS(21704, "sender_misconfigured", true),
    SERVICE_SID_NOT_VALID(21705, "sender_misconfigured", true),

    // from here on: receipts only, after Twilio had accepted the message
    QUEUE_OVERFLOW(30001, "provider_queue_full", false),
    ACCOUNT_SUSPENDED(30002, "account_refused", false),
    HANDSET_UNREACHABLE(30003, "phone_off_or_unreachable", false),
    BLOCKED(30004, "blocked_by_recipient_or_network", false),
    DESTINATION_UNKNOWN(30005, "number_not_in_use", false),
    LANDLINE(30006, "not_a_mobile", false),
    FILTERED(30007, "filtered_by_network", false),
    NOT_DELIVERED(30008, "not_delivered", false),
    VALIDITY_PASSED(30036, "validity_passed", false),
    CARRIER_TIMED_OUT(30410, "not_delivered", false);

    private static final Map<String, TwilioErrorCodes> BY_CODE =
        Arrays.stream(values()).collect(Collectors.toMap(c -> Integer.toString(c.code), Function.identity()));

    private final int code;
    private final String meaning;
    private final boolean ours;

    TwilioErrorCodes(int code, String meaning, boolean ours) {
        this.code = code;
        this.meaning = meaning;
        this.ours = ours;
    }

    /** Our word for a code; {@code refused} for one that we do not know. */
    public static String meaning(String code) {
        TwilioErrorCodes known = BY_CODE.get(code);
        return known == null ? "refused" : known.meaning;
    }

    /** Whether the fault lies with our account or its load, so that the same message may pass later. */
    static boolean passing(String code) {
        TwilioErrorCodes known = BY_CODE.get(code);
        return known != null && known.ours;
    }

    /** Twilio's number for it. */
    public int code() {
        return code;
    }
}
