package uk.waymark.statements;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Points at what others should not read in a statement, or what does not belong there. It changes nothing and stops nobody: what
 * it does not see is not safe, and what it sees may be meant.
 */
@Singleton
final class Notices {
    static final String ADDRESS = "address";
    static final String PHONE = "phone";
    /** More would help nobody. */
    private static final int MOST = 100;
    /** How many pieces of a text are tried as a number before it is left. */
    private static final long TRIES = 5_000;
    private static final int DIGITS = 10;
    private static final Pattern POSTCODE = Pattern.compile("(?<![\\p{L}\\p{N}])[A-Z]{1,2}\\d[A-Z\\d]?[ \\u00A0]{0,2}\\d[A-Z]{2}(?![\\p{L}\\p{N}])",
        Pattern.CASE_INSENSITIVE);
    private static final Pattern EMAIL = Pattern.compile("(?<![\\w.+-])[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,4}");
    private final Pattern street;
    private final Pattern sentence;
    private final Pattern accusation;

    /**
     * @param field JSON pointer
     * @param from  Unicode code points before it; @param to code points before its end
     */
    record Notice(String kind, String field, int from, int to) { }

    Notices(StatementWords words) {
        String types = alternatives(words.list("notice.street_types"));
        String house = "(?<![\\p{L}\\p{N}])\\d{1,4}[a-z]?,?[ ]{1,2}";
        this.street = Pattern.compile(house + "(?:[\\p{L}'’-]{1,30}[ ]){1,3}(?:" + types + ")(?![\\p{L}\\p{N}])|"
            + house + "(?:" + types + ")[ ](?:[\\p{L}'’-]{1,3}[ ])?[\\p{L}'’-]{2,30}", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        this.sentence = phrases(words.list("notice.sentence_opinion"));
        this.accusation = phrases(words.list("notice.accusation"));
    }

    private static Pattern phrases(List<String> phrases) {
        return Pattern.compile("(?<![\\p{L}\\p{N}])(?:" + alternatives(phrases) + ")(?![\\p{L}\\p{N}])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** Words as they stand in the data; a space there is any run of white space, an apostrophe either one. */
    private static String alternatives(List<String> phrases) {
        return String.join("|", phrases.stream().sorted(Comparator.comparingInt(String::length).reversed())
            .map(p -> Pattern.quote(p).replace(" ", "\\E\\s{1,3}\\Q").replace("'", "\\E['’]\\Q")).toList());
    }

    List<Notice> of(DraftWords words) {
        var found = new ArrayList<>(in("/text", words.text()));
        for (int i = 0; i < words.answers().size(); i++) {
            found.addAll(in("/answers/" + i + "/text", words.answers().get(i).text()));
        }
        return List.copyOf(found.subList(0, Math.min(MOST, found.size())));
    }

    List<Notice> in(String field, String text) {
        var found = new ArrayList<Notice>();
        find(found, ADDRESS, field, text, POSTCODE);
        find(found, ADDRESS, field, text, EMAIL);
        find(found, ADDRESS, field, text, street);
        phones(found, field, text);
        find(found, "sentence_opinion", field, text, sentence);
        find(found, "accusation", field, text, accusation);
        found.sort(Comparator.comparingInt(Notice::from).thenComparing(Notice::kind));
        return found;
    }

    private static void find(List<Notice> found, String kind, String field, String text, Pattern pattern) {
        Matcher matcher = pattern.matcher(text);
        while (found.size() < MOST && matcher.find()) {
            add(found, kind, field, text, matcher.start(), matcher.end());
        }
    }

    /** Also numbers that nobody can have: it is not for us to say which ones ring. */
    private static void phones(List<Notice> found, String field, String text) {
        for (PhoneNumberMatch match : PhoneNumberUtil.getInstance().findNumbers(text, "GB", Leniency.POSSIBLE, TRIES)) {
            if (found.size() < MOST && digits(match.rawString()) >= DIGITS) {
                add(found, PHONE, field, text, match.start(), match.end());
            }
        }
    }

    private static long digits(String text) {
        return text.chars().filter(Character::isDigit).count();
    }

    private static void add(List<Notice> found, String kind, String field, String text, int start, int end) {
        int from = text.codePointCount(0, start);
        found.add(new Notice(kind.toLowerCase(Locale.ROOT), field, from, from + text.codePointCount(start, end)));
    }
}
