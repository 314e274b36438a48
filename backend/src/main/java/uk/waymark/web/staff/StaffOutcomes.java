package uk.waymark.web.staff;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import uk.waymark.web.Page;
import uk.waymark.web.Texts;

/** Which ends of an item are offered, by its kind. What may be is the API's to say: it refuses what does not fit. */
public final class StaffOutcomes {
    private static final List<String> CALL = List.of("told", "no_answer", "left_no_message", "wrong_number");
    private static final List<String> PASSED_ON = List.of("handled", "retry");
    private static final Map<String, List<String>> BY_KIND = Map.ofEntries(
        entry("call_to_make", CALL), entry("call_first", CALL), entry("no_answer_call", CALL), entry("hearing_to_tell", CALL),
        entry("call_now", List.of("told", "no_answer", "wrong_number")),
        entry("text_held", List.of("show_text", "keep_hidden")),
        entry("letter_to_post", List.of("posted", "wrong_address")),
        entry("tell_in_person", List.of("told")),
        entry("quiet_change", List.of("tell", "keep_quiet")),
        entry("hearing_kinds_differ", List.of("put_right", "both_right")),
        entry("statement_signed", List.of("filed")),
        entry("statement_read_aloud", List.of("confirmed", "not_theirs")));

    private StaffOutcomes() { }

    public static List<String> of(String kind) {
        return kind.startsWith("outbound_") ? PASSED_ON : BY_KIND.getOrDefault(kind, List.of("done"));
    }

    static String words(Page page, String outcome) {
        return Texts.file("outcomes", page.lang()).text(outcome, outcome.replace('_', ' '));
    }
}
