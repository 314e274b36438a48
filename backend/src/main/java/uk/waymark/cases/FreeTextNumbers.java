package uk.waymark.cases;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds phone numbers, postcodes, registration marks, national and case numbers, e-mail addresses and links. Dates,
 * times, sums of money and small counts are let through: they are taken out first, so that their digits do not join
 * others.
 */
final class FreeTextNumbers {

    private static final String MONTH = "(?:january|february|march|april|may|june|july|august|september|october|"
        + "november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|ionawr|chwefror|[mf]awrth|ebrill|[mf]ai|"
        + "[mf]ehefin|g?orffennaf|awst|[mf]edi|hydref|[td]achwedd|rh?agfyr)";
    private static final String DAY = "(?:0?[1-9]|[12]\\d|3[01])";
    private static final String YEAR = "(?:19|20)\\d{2}";

    /** Bounded throughout, so that no text makes matching slow. */
    private static final Pattern DATES_TIMES_SUMS = Pattern.compile("(?=[\\d\u00A3])(?<![\\d/+-])(?<!\\d[.,])(?:"
        + DAY + "(?:st|nd|rd|th|af|il|ydd|ed|fed|eg|ain)? {0,2}(?:of |o )?(?:fis )?" + MONTH
        + ",?(?: {1,2}" + YEAR + ")?"
        + "|" + DAY + "([/.-])(?:0?[1-9]|1[0-2])\\1(?:" + YEAR + "|\\d{2})"
        + "|" + YEAR + "-(?:0[1-9]|1[0-2])-" + DAY
        + "|(?:[01]?\\d|2[0-3])[:.][0-5]\\d(?::[0-5]\\d)?(?: ?[ap]\\.?m\\b)?"
        + "|(?:[01]\\d|2[0-3])[0-5]\\d(?: ?(?:-|to|and) ?(?:[01]\\d|2[0-3])[0-5]\\d)? ?(?:hrs|hours)\\b"
        + "|" + YEAR + " ?[-/] ?(?:" + YEAR + "|\\d{2})"
        + "|\u00A3 ?\\d{1,3}(?:,\\d{3}){0,2}(?:\\.\\d{2})?)(?![\\d/-]|[.,]\\d|[ .,]{1,2}\\d{3,})"
        + "|\\b" + MONTH + ",? {1,2}" + YEAR + "(?!\\d|[ .-]?\\d)", Pattern.CASE_INSENSITIVE);

    private static final Pattern LINK = Pattern.compile("https?:|\\bwww\\b|@ ?[a-z0-9]|[a-z0-9] ?[(\\[{] ?at ?[)\\]}]"
        + "|[(\\[{]dot[)\\]}]|[a-z0-9]\\.(?:com|uk|org|net|gov|co|info|cymru|wales|eu|app|biz|edu|police|nhs|io|ly|me"
        + "|tv)(?![a-z])|[a-z0-9]{2}\\.[a-z]{2,10}/", Pattern.CASE_INSENSITIVE);

    /** GOV.UK's shape for a postcode, with whatever may stand between its halves. */
    private static final Pattern POSTCODE = Pattern.compile("(?<![a-z0-9])(?:gir[ .-]{0,2}0aa"
        + "|[a-z](?:\\d{1,2}|[a-hj-y]\\d{1,2}|\\d[a-z]|[a-hj-y]\\d[a-z])[^a-z0-9]{0,3}\\d[a-z]{2})(?![a-z0-9])",
        Pattern.CASE_INSENSITIVE);

    /** Vehicle registration marks of three ages, in capitals; in small letters {@link #code} finds them. */
    private static final Pattern MARK = Pattern.compile("\\b(?:[A-Z]{2}\\d{2} ?[A-Z]{3}|[A-Z]\\d{1,3} ?[A-Z]{3}"
        + "|[A-Z]{3} ?\\d{1,3}[A-Z])\\b");

    private static final Pattern OUTWARD = Pattern.compile("([a-z]{1,2})(?:\\d{1,2}|\\d[a-z])");

    private static final Pattern INWARD = Pattern.compile("\\d[a-z]{2}");

    /** Ordinals, times, measures and A, B and M roads, English and Welsh. */
    private static final Pattern MEASURE = Pattern.compile("\\d{1,4}(?:st|nd|rd|th|s|am|pm|yb|yp|h|hr|hrs|min|mins|m|"
        + "km|g|kg|ml|cm|mm|ft|mph|k|x|af|il|ydd|ed|fed|eg|ain)|[abm]\\d{1,4}");

    private static final Set<String> SPOKEN = Set.of("zero", "oh", "nought", "one", "two", "three", "four", "five",
        "six", "seven", "eight", "nine", "double", "treble", "triple", "dim", "un", "dau", "tri", "pedwar", "pump",
        "chwech", "saith", "wyth", "naw");

    private static final int LONGEST_PLAIN_RUN = 4;
    private static final int SHORTEST_PHONE = 9;

    private final FreeTextLists lists;

    FreeTextNumbers(FreeTextLists lists) {
        this.lists = lists;
    }

    void collect(String plain, List<FreeTextToken> words, Set<FreeText.Reason> found) {
        if (LINK.matcher(plain).find()) {
            found.add(FreeText.Reason.EMAIL_OR_LINK);
        }
        if (POSTCODE.matcher(plain).find() || words.stream().anyMatch(this::outward)) {
            found.add(FreeText.Reason.POSTCODE);
        }
        if (MARK.matcher(plain).find() || codes(words) || spoken(words) || collar(words)) {
            found.add(FreeText.Reason.NUMBER);
        }
        if (digits(plain) > LONGEST_PLAIN_RUN) {
            inDigits(DATES_TIMES_SUMS.matcher(plain).replaceAll(" ; "), found);
        }
    }

    private static long digits(String text) {
        return text.chars().filter(Character::isDigit).count();
    }

    private static void inDigits(String rest, Set<FreeText.Reason> found) {
        runs(rest, found);
        if (!found.contains(FreeText.Reason.PHONE_NUMBER) && digits(rest) > LONGEST_PLAIN_RUN && phone(rest)) {
            found.add(FreeText.Reason.PHONE_NUMBER);
        }
    }

    /** libphonenumber, for what is too short or oddly written for the rule on runs of digits. */
    private static boolean phone(String rest) {
        return PhoneNumberUtil.getInstance()
            .findNumbers(rest, "GB", PhoneNumberUtil.Leniency.VALID, Long.MAX_VALUE).iterator().hasNext();
    }

    private boolean outward(FreeTextToken word) {
        var parts = OUTWARD.matcher(word.key());
        return !lists.shapes().contains(word.key()) && parts.matches() && lists.areas().contains(parts.group(1));
    }

    private boolean codes(List<FreeTextToken> words) {
        for (var i = 0; i < words.size(); i++) {
            var inward = i > 0 && outward(words.get(i - 1)) && INWARD.matcher(words.get(i).key()).matches();
            if (!inward && code(words.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** A word of letters and digits that is no measure, road or known code: part of a mark, reference or account. */
    private boolean code(FreeTextToken word) {
        return word.mixed() && !MEASURE.matcher(word.key()).matches() && !lists.shapes().contains(word.key())
            && !outward(word) && !POSTCODE.matcher(word.key()).matches();
    }

    /** 'PC 1234': an officer's number stands for the officer. */
    private boolean collar(List<FreeTextToken> words) {
        for (var i = 1; i < words.size(); i++) {
            if (words.get(i).digits() && words.get(i).key().length() > 1
                && lists.titles().contains(words.get(i - 1).key())) {
                return true;
            }
        }
        return false;
    }

    private static boolean spoken(List<FreeTextToken> words) {
        var run = 0;
        for (var word : words) {
            run = SPOKEN.contains(word.key()) ? run + 1 : 0;
            if (run > LONGEST_PLAIN_RUN) {
                return true;
            }
        }
        return false;
    }

    /** Five digits or more, however they are spaced; from nine on, or after a plus, they are taken for a phone's. */
    private static void runs(String rest, Set<FreeText.Reason> found) {
        var digits = 0;
        var gap = 0;
        for (var i = 0; i <= rest.length(); i++) {
            var c = i < rest.length() ? rest.charAt(i) : ';';
            if (Character.isDigit(c)) {
                digits++;
                gap = 0;
            } else if (!parts(rest, i, c) || ++gap > 3) {
                settle(digits, found);
                digits = 0;
                gap = 0;
            }
        }
    }

    private static void settle(int digits, Set<FreeText.Reason> found) {
        if (digits > LONGEST_PLAIN_RUN) {
            found.add(digits >= SHORTEST_PHONE ? FreeText.Reason.PHONE_NUMBER : FreeText.Reason.NUMBER);
        }
    }

    /** A comma joins digits only where nothing stands after it: '10,000', but not '2, 3 and 4'. */
    private static boolean parts(String rest, int i, char c) {
        return " .-()/_+*'".indexOf(c) >= 0
            || c == ',' && i + 1 < rest.length() && Character.isDigit(rest.charAt(i + 1));
    }
}
