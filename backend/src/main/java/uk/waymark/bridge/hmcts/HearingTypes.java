package uk.waymark.bridge.hmcts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * HMCTS's types and descriptions of hearings ('Trial - no witnesses', 'Trial (Floater)', 'Plea and Trial Preparation') as the
 * contract's kinds. They are free text in lists and in the schedule, so words decide, in this order.
 */
public final class HearingTypes {
    /** Longer than any type: what stands behind decides nothing, and is not searched. */
    private static final int LONGEST = 300;

    private record Rule(Pattern words, String kind) { }

    private static final List<Rule> RULES = rules(
        // against a sentence or a conviction, and for bail: what it is about comes in the same words
        Map.entry("\\bappeals?\\b|ap[e\u00ea]l\\b", "appeal"),
        Map.entry("\\bbail\\b|mechn[i\u00ef]aeth", "bail"),
        Map.entry("^(an )?application\\b|^cais\\b", "application"),
        Map.entry("pleas? (and|&) (trial|case)|\\bptph?\\b|\\bpcmh\\b|arraign", "plea"),
        Map.entry("pre.?trial|trial (prep|read|review|management)|case management|\\bfcmh?\\b|readiness|preparation|preliminary hearing"
            + "|preparatory|ground rules|directions|rheoli achos|paratoi", "preparation"),
        // what only speaks of a trial is none: it is over, or its day is to be found
        Map.entry("^(for )?sentenc\\w*\\b.*\\b(following|after|post)\\b.*\\btrial|^post.?trial sentenc"
            + "|^dedfryd.*\\b(wedi|ar \u00f4l|yn dilyn)\\b.*\\b(d|th|t)?reial", "sentence"),
        Map.entry("^(for )?mention\\b(?! ?(and|or|&|/|,)).*\\btrial|\\b(fix|fixing|set|setting)( of)?( a| the| new)* trial dates?\\b"
            + "|\\bto (fix|set)( a| the)? trial\\b|\\b(pennu|bennu|gosod|osod)\\b.*\\bdyddiad.*\\b(d|th|t)?reial", "preparation"),
        Map.entry("(trial|treial).*(no|without) (live )?wi?t(n|ness)|(no|without) witness.*trial|treial.*(dim|heb) d?tystion",
            "trial_without_witnesses"),
        Map.entry("\\btrials?\\b|\\b(d|th)?reial|\\btreial", "trial"),
        Map.entry("sentenc|dedfryd", "sentence"),
        Map.entry("\\bpleas?\\b|\\bpl[e\u00ea]\\b", "plea"),
        Map.entry("first (hearing|appearance|listing|remand)|initial|gwrandawiad cyntaf|ymddangosiad cyntaf", "first_hearing"),
        Map.entry("\\bapplications?\\b|\\bcais\\b|\\bceisiadau\\b", "application"));

    private HearingTypes() { }

    /** @param texts description, type: the first that says something decides; nulls are passed over */
    public static String kind(String... texts) {
        for (String text : texts) {
            if (text != null) {
                String words = text.substring(0, Math.min(LONGEST, text.length())).strip().toLowerCase(Locale.ROOT);
                for (Rule rule : RULES) {
                    if (rule.words().matcher(words).find()) {
                        return rule.kind();
                    }
                }
            }
        }
        return "other";
    }

    @SafeVarargs
    private static List<Rule> rules(Map.Entry<String, String>... entries) {
        var rules = new ArrayList<Rule>();
        for (var entry : entries) {
            rules.add(new Rule(Pattern.compile(entry.getKey()), entry.getValue()));
        }
        return rules;
    }
}
