package uk.waymark.notifications.twilio;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Twilio's error codes, as they come with an answer or a receipt, and what each means to us. Source: Twilio's error and
 * warning dictionary, as far as texts go; pictures, other channels and short links are left out. What concerns our account
 * rather than the message is retried until the message expires, since an operator can put it right.
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
    TO_IS_SHORT_CODE(21265, "not_a_mobile", false),
    TO_IS_FROM(21266, "invalid_number", false),
    NAME_ON_TRIAL(21267, "trial_account", false),
    TO_IS_PREMIUM(21268, "not_a_mobile", false),
    REGION_NOT_PERMITTED(21408, "region_not_permitted", false),
    FROM_NOT_SMS_CAPABLE(21601, "sender_misconfigured", true),
    BODY_MISSING(21602, "empty_text", false),
    FROM_MISSING(21603, "sender_misconfigured", true),
    TO_MISSING(21604, "invalid_number", false),
    FROM_NOT_OURS(21606, "sender_misconfigured", true),
    TO_NOT_VERIFIED_FOR_TRIAL(21608, "trial_account", false),
    /** Our word is {@link #OPTED_OUT_MEANING}: the recipient texted STOP, or one of Twilio's words for it, to this sender. */
    OPTED_OUT(21610, "opted_out", false),
    QUEUE_OF_FROM_FULL(21611, "too_many_requests", true),
    NO_ROUTE(21612, "no_route", false),
    TO_NOT_MOBILE(21614, "not_a_mobile", false),
    BODY_TOO_LONG(21617, "text_too_long", false),
    BODY_OR_MEDIA_MISSING(21619, "empty_text", false),
    TO_IS_LANDLINE(21635, "not_a_mobile", false),
    PARAMETER_TOO_LONG(21658, "text_too_long", false),
    FROM_NOT_TWILIOS(21659, "sender_misconfigured", true),
    FROM_OF_ANOTHER_ACCOUNT(21660, "sender_misconfigured", true),
    FROM_WITHOUT_TEXTS(21661, "sender_misconfigured", true),
    SERVICE_NOT_THERE(21701, "sender_misconfigured", true),
    SERVICE_WITHOUT_SENDERS(21703, "sender_misconfigured", true),
    SERVICE_WITHOUT_NUMBERS(21704, "sender_misconfigured", true),
    SERVICE_SID_NOT_VALID(21705, "sender_misconfigured", true),
    NAME_NOT_OF_SERVICE(21709, "sender_misconfigured", true),
    SENDER_NOT_OF_SERVICE(21711, "sender_misconfigured", true),
    SENDER_OF_ANOTHER_SERVICE(21712, "sender_misconfigured", true),
    /** "System under maintenance. Please try again later." */
    MAINTENANCE(21730, "provider_unavailable", true),

    // from here on: receipts only, after Twilio had accepted the message
    QUEUE_OVERFLOW(30001, "provider_queue_full", false),
    ACCOUNT_SUSPENDED(30002, "account_refused", false),
    HANDSET_UNREACHABLE(30003, "phone_off_or_unreachable", false),
    BLOCKED(30004, "blocked_by_recipient_or_network", false),
    DESTINATION_UNKNOWN(30005, "number_not_in_use", false),
    LANDLINE(30006, "not_a_mobile", false),
    FILTERED(30007, "filtered_by_network", false),
    NOT_DELIVERED(30008, "not_delivered", false),
    PRICE_ABOVE_MAXIMUM(30010, "price_above_maximum", false),
    VALIDITY_TOO_SHORT(30012, "validity_passed", false),
    VALIDITY_TOO_LONG(30013, "sender_misconfigured", false),
    NETWORK_CONGESTED(30017, "network_congested", false),
    SENDER_NOT_REGISTERED(30018, "sender_not_registered", false),
    TOO_LONG_FOR_NETWORK(30019, "text_too_long", false),
    SCHEDULING_FAILED(30020, "failed_at_provider", false),
    SERVICE_FAILED(30021, "failed_at_provider", false),
    /** This one and others that say so concern numbers of the United States. */
    RATE_OF_CAMPAIGN(30022, "too_many_requests", false),
    DAY_OF_CAMPAIGN(30023, "too_many_requests", false),
    NUMBER_NOT_ON_NETWORK(30024, "sender_not_registered", false),
    /** A warning, of the United States: the message goes on. */
    DAY_ALMOST_USED(30026, "too_many_requests", false),
    DAY_OF_NETWORK(30027, "too_many_requests", false),
    RETENTION_NOT_VALID(30029, "sender_misconfigured", false),
    RATE_NOT_VALID(30031, "sender_misconfigured", false),
    TOLL_FREE_NOT_VERIFIED(30032, "sender_not_registered", false),
    CAMPAIGN_SUSPENDED(30033, "sender_not_registered", false),
    NUMBER_WITHOUT_CAMPAIGN(30034, "sender_not_registered", false),
    NUMBER_BEING_SET_UP(30035, "sender_not_registered", false),
    VALIDITY_PASSED(30036, "validity_passed", false),
    /** Twilio has switched off sending for the account. */
    SENDING_DISABLED(30037, "account_refused", false),
    /** Taken for a one-time code on its way to a number at Twilio. */
    CODE_FILTERED(30038, "filtered_by_network", false),
    LOOP_FILTERED(30039, "filtered_by_network", false),
    NAME_NOT_REGISTERED(30040, "sender_not_registered", false),
    /** A number that is not registered for sending to the United Kingdom. */
    NOT_REGISTERED_FOR_UK(30041, "sender_not_registered", false),
    NAME_BLOCKED(30042, "sender_not_registered", false),
    INTERNATIONAL_OVER_DOMESTIC(30043, "sender_misconfigured", false),
    TRIAL_TOO_LONG(30044, "trial_account", false),
    NOT_CANCELLABLE(30409, "not_delivered", false),
    CARRIER_TIMED_OUT(30410, "not_delivered", false),
    /** By Twilio's watch for fraud. */
    DELIVERY_BLOCKED(30450, "filtered_by_provider", false),
    COULD_NOT_DELIVER(30453, "filtered_by_provider", false),
    /** More than the account may send. */
    ACCOUNT_LIMIT(30454, "account_refused", false),
    COULD_NOT_BE_DELIVERED(30485, "not_delivered", false);

    /** What staff are told apart by. */
    public static final String OPTED_OUT_MEANING = OPTED_OUT.meaning;
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
