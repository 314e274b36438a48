package uk.waymark.staff;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What each kind of item is about: every kind of the contract stands in one group, which a test holds them to. */
final class QueueGroups {
    static final Map<String, List<String>> KINDS = Map.ofEntries(
        entry("calls", List.of("call_wanted", "call_now", "call_first", "call_to_make", "no_answer_call", "hearing_to_tell",
            "call_to_correct", "call_back_failed", "call_back_check", "call_back_language", "out_of_hours_unreached", "tell_in_person",
            "ask_urgent_wish", "ask_again", "announce_change", "pin_to_agree")),
        entry("replies", List.of("reply", "attendance_cannot", "attendance_to_confirm", "availability_given", "needs_given", "paused",
            "export_wanted", "erasure_wanted", "text_held")),
        entry("messages", List.of("message_danger", "message_to_answer")),
        entry("failures", List.of("message_withheld", "message_failed", "message_unknown", "letter_to_post", "outbound_refused",
            "outbound_late", "event_quarantined", "feed_silent", "attachment_infected", "attachment_unscanned", "attachment_unreadable",
            "self_service_off")),
        entry("statements", List.of("statement_to_confirm", "statement_flagged_since", "statement_read_aloud", "statement_signed")),
        entry("dates", List.of("hearing_unconfirmed", "hearing_kinds_differ", "hearing_without_reminder", "quiet_change", "court_unknown",
            "listed_on_avoided_date", "tell_officer", "outcome_to_record", "whose_measures")),
        entry("contact", List.of("contact_change", "address_to_confirm", "channel_to_confirm", "word_to_confirm", "number_passed_on",
            "activation_other_number", "suspect_number_match", "invitation_to_hand_over", "invite_late")),
        entry("oversight", List.of("break_glass", "unusual_reading", "code_read_out", "template_to_approve", "template_rolled_back")));
    private static final Map<String, String> BY_KIND = KINDS.entrySet().stream()
        .flatMap(e -> e.getValue().stream().map(kind -> entry(kind, e.getKey())))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private QueueGroups() { }

    /** @param kind of an item, such as {@code reply} */
    static String of(String kind) {
        return BY_KIND.get(kind);
    }
}
