package uk.waymark.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.waymark.testing.Answer;

/** Gathers what is wrong, so that one run shows all of it. */
final class Expect {
    private final List<String> wrong = new ArrayList<>();
    private int checked;

    /** The answer has one of these statuses, and is a problem that says what to do. */
    void refused(String what, Answer answer, Set<Integer> statuses) {
        checked++;
        if (!statuses.contains(answer.status())) {
            wrong.add(what + ": expected " + statuses + " but got " + answer.status() + " " + shortened(answer.text()));
        } else if (!answer.header("content-type").orElse("").startsWith("application/problem+json")
                || answer.body().path("title").asText().isBlank() || answer.body().path("detail").asText().length() < 20
                || answer.body().path("status").asInt() != answer.status()) {
            wrong.add(what + ": " + answer.status() + " is no useful problem: " + answer.header("content-type")
                + shortened(answer.text()));
        }
    }

    void that(boolean holds, String otherwise) {
        checked++;
        if (!holds) {
            wrong.add(otherwise);
        }
    }

    /** Nothing failed here, and what was refused says so properly. */
    void noFailure(String what, Answer answer) {
        checked++;
        if (answer.status() >= 500) {
            wrong.add(what + ": " + answer.status() + " " + shortened(answer.text()));
        }
    }

    int checked() {
        return checked;
    }

    void holds(Map<String, String> alsoWrong) {
        alsoWrong.forEach((complaint, example) -> wrong.add(complaint + "\n      " + example));
        if (!wrong.isEmpty()) {
            throw new AssertionError(wrong.size() + " of " + checked + " do not hold:\n  " + String.join("\n  ",
                wrong));
        }
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(400, text.length()));
    }
}
