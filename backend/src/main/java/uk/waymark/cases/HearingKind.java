package uk.waymark.cases;

import java.util.Locale;
import java.util.Map;

/** What kind of hearing it is, as the contract's {@code HearingKind} has it. What is not known is a hearing all the same. */
public enum HearingKind {
    FIRST_HEARING, PLEA, PREPARATION, BAIL, TRIAL, TRIAL_WITHOUT_WITNESSES, SENTENCE, APPEAL, APPLICATION, OTHER;

    private static final Map<String, HearingKind> ALSO = Map.of("first_appearance", FIRST_HEARING, "ptph", PLEA,
        "plea_and_trial_preparation", PLEA, "plea_and_trial_preparation_hearing", PLEA, "sentencing", SENTENCE,
        "bail_application", BAIL, "trial_no_witnesses", TRIAL_WITHOUT_WITNESSES, "mention", PREPARATION,
        "case_management", PREPARATION, "pre_trial_review", PREPARATION);

    /** As on the wire: {@code trial_without_witnesses}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @param text as a source writes it, any case, spaces or dashes for underscores; null where it says nothing */
    public static HearingKind of(String text) {
        String code = text == null ? "" : text.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "_");
        for (HearingKind kind : values()) {
            if (kind.wireName().equals(code)) {
                return kind;
            }
        }
        return ALSO.getOrDefault(code, OTHER);
    }
}
