package uk.waymark.platform;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Any UK or international spelling of a phone number to E.164 ({@code +447700900123}). Ofcom's numbers for drama
 * (07700 900000 to 900999) are possible but not valid to libphonenumber: only the sandbox and tests let them through.
 */
public final class PhoneNumbers {
    private static final Pattern DRAMA = Pattern.compile("\\+447700900\\d{3}");
    private static final PhoneNumberUtil UTIL = PhoneNumberUtil.getInstance();
    private final boolean dramaNumbers;

    public PhoneNumbers(boolean dramaNumbers) {
        this.dramaNumbers = dramaNumbers;
    }

    /** E.164 of a number that can be real; empty where it cannot. */
    public Optional<String> parse(String spelling) {
        if (spelling == null || spelling.length() > 40) {
            return Optional.empty();
        }
        try {
            var number = UTIL.parse(spelling, "GB");
            String e164 = UTIL.format(number, PhoneNumberFormat.E164);
            if (UTIL.isValidNumber(number) && !number.hasExtension()) {
                return Optional.of(e164);
            }
            return dramaNumbers && DRAMA.matcher(e164).matches() ? Optional.of(e164) : Optional.empty();
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    /** As {@link #parse}, but only numbers that a text can be sent to. */
    public Optional<String> parseMobile(String spelling) {
        return parse(spelling).filter(this::takesTexts);
    }

    private boolean takesTexts(String e164) {
        if (dramaNumbers && DRAMA.matcher(e164).matches()) {
            return true;
        }
        try {
            PhoneNumberType type = UTIL.getNumberType(UTIL.parse(e164, "GB"));
            return type == PhoneNumberType.MOBILE || type == PhoneNumberType.FIXED_LINE_OR_MOBILE;
        } catch (NumberParseException e) {
            return false;
        }
    }
}
