package uk.waymark.bridge;

import java.util.List;

/** The contract's kinds of hearing, weightiest first: where a day has several, this is what it is called. */
final class HearingKinds {
    private static final List<String> BY_WEIGHT = List.of("trial", "trial_without_witnesses", "sentence", "appeal", "plea",
        "bail", "first_hearing", "preparation", "application", "other");

    private HearingKinds() { }

    /** Either may be null. */
    static String weightier(String one, String other) {
        return other == null || one != null && BY_WEIGHT.indexOf(one) <= BY_WEIGHT.indexOf(other) ? one : other;
    }

    static boolean saysSomething(String kind) {
        return kind != null && !"other".equals(kind);
    }
}
