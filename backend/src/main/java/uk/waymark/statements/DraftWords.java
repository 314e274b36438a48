package uk.waymark.statements;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What somebody has typed, as they typed it.
 *
 * @param language     BCP 47
 * @param answers      each question once, in their order
 * @param organisation of a business, where they named it, or null
 * @param authority    by what right they sign for it, or null
 * @param about        of those whom its maker speaks for, whom it is about; null for all of them
 */
record DraftWords(String text, String language, List<Answer> answers, String organisation, String authority,
                  List<UUID> about) {
    static final int LONGEST = 100_000;

    /** @param question of the contract's {@code StatementQuestion} */
    record Answer(String question, String text) {
        @Override
        public String toString() {
            return "Answer";
        }
    }

    DraftWords {
        answers = answers == null ? List.of() : List.copyOf(answers);
        about = about == null || about.isEmpty() ? null : about.stream().distinct().sorted(Comparator.comparing(UUID::toString)).toList();
    }

    /** As they are signed: whom it is about stands at the head by name. */
    DraftWords signed() {
        return new DraftWords(text, language, answers, organisation, authority, null);
    }

    /** Unicode code points, all answers included. */
    int length() {
        return text.codePointCount(0, text.length())
            + answers.stream().mapToInt(a -> a.text().codePointCount(0, a.text().length())).sum();
    }

    boolean blank() {
        return text.isBlank() && answers.stream().allMatch(a -> a.text().isBlank());
    }

    /** What cannot be kept: JSON pointer and what is wrong there. */
    List<Map.Entry<String, String>> wrong() {
        var wrong = new ArrayList<Map.Entry<String, String>>();
        if (length() > LONGEST) {
            wrong.add(Map.entry("/text", "With all answers this is " + length() + " characters long; at most " + LONGEST + " can be kept."));
        }
        var seen = new HashSet<String>();
        for (int i = 0; i < answers.size(); i++) {
            if (!seen.add(answers.get(i).question())) {
                wrong.add(Map.entry("/answers/" + i + "/question", "This question is answered already; put both answers into one."));
            }
        }
        return wrong;
    }

    /** Without what was typed. */
    @Override
    public String toString() {
        return "DraftWords";
    }
}
