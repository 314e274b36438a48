package uk.waymark.safety;

import java.util.List;
import java.util.regex.Pattern;

/** Words that give somebody away on a lock screen, in English and in Welsh with its mutations. */
final class TellingWords {
    private static final Pattern TELLING = Pattern.compile("""
        crim\\w*|polic\\w*|offen[cd]\\w*|courts?|victims?|witness\\w*|cases?|officers?|detective\\w*|suspect\\w*|arrest\\w*|charged?|bail\\w*|
        prosecut\\w*|hearings?|trials?|verdict\\w*|sentenc\\w*|prison|safeguarding|abuse\\w*|violen\\w*|stalk\\w*|assault\\w*|solicitor\\w*|
        heddlu|[tdn]h?rosedd\\w*|llys\\w*|d?dioddef\\w*|achos\\w*|th?yst\\w*|swyddog\\w*|erlyn\\w*|gwrandawiad\\w*|treial|cam-?drin\\w*|
        (?:ng|g|c)h?archar\\w*|d?dedfryd\\w*|[mf]echn\\w*|
        waymark|northmoor|glanafon|http\\S*|www\\S*""".replaceAll("\\s+", ""),
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern WHOLE = Pattern.compile("(?<![\\p{L}])(?:" + TELLING.pattern() + ")(?![\\p{L}])",
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);

    private TellingWords() { }

    /** Those that stand in this text; none in a text that could be from anyone. */
    static List<String> in(String text) {
        return WHOLE.matcher(text).results().map(r -> r.group()).toList();
    }
}
