package uk.waymark.cases;

import jakarta.inject.Singleton;

/** What kind of hearing it is in plain words, as the timeline says it, for other features. */
@Singleton
public final class HearingWords {
    private final CaseWords words;

    HearingWords(CaseWords words) {
        this.words = words;
    }

    /** @param language {@code en} or {@code cy}; @return null where the kind is not known or not to be shown */
    public String kind(String language, HearingKind kind) {
        return kind == HearingKind.OTHER ? null : words.text(language, "hearing.kind." + kind.wireName());
    }

    /** What there is to say beside the date, or null. @param listOnly only published lists tell of it */
    public String note(String language, HearingKind kind, boolean listOnly) {
        return words.note(language, new CaseState.Hearing(null, null, null, null, null, kind.wireName(), null, listOnly, null, null, null));
    }
}
