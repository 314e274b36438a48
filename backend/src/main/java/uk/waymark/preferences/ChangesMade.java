package uk.waymark.preferences;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import uk.waymark.messaging.ContactChannels.Chosen;
import uk.waymark.messaging.ContactChannels.Safety;
import uk.waymark.messaging.ContactChoices;
import uk.waymark.messaging.ContactChoices.Span;
import uk.waymark.messaging.ContactHistory;

/**
 * What became different between two readings of one person's preferences, by field. A word, an address and who else may be told
 * are named and not shown.
 */
record ChangesMade(String language, boolean discreet, List<Chosen> order, ContactChoices choices) {
    private static final int LONGEST = 1000;
    private static final ZoneId UK = ZoneId.of("Europe/London");

    Map<String, String> to(ChangesMade after) {
        var changes = new LinkedHashMap<String, String>();
        note(changes, "language", language, after.language);
        note(changes, "discreet_mode", discreet, after.discreet);
        note(changes, "channels", names(order), names(after.order));
        if (!safety(order).equals(safety(after.order))) {
            changes.put("channel_safety", text(safety(after.order)));
        }
        hidden(changes, "address", addresses(order), addresses(after.order));
        note(changes, "safe_times", times(choices), times(after.choices));
        note(changes, "quiet_hours", span(choices.quietHours()), span(after.choices.quietHours()));
        note(changes, "telling", Choices.name(choices.telling()), Choices.name(after.choices.telling()));
        note(changes, "ask_again_on", choices.askAgainOn(), after.choices.askAgainOn());
        note(changes, "urgent_news", urgent(choices), urgent(after.choices));
        note(changes, "voicemail", choices.voicemail(), after.choices.voicemail());
        hidden(changes, "word", words(choices), words(after.choices));
        hidden(changes, "may_also_be_told", choices.mayAlsoBeTold(), after.choices.mayAlsoBeTold());
        note(changes, "accessibility_needs", names(choices), names(after.choices));
        note(changes, "interpreter_language", choices.interpreter(), after.choices.interpreter());
        hidden(changes, "if_somebody_else_answers", choices.ifSomebodyElseAnswers(), after.choices.ifSomebodyElseAnswers());
        return changes;
    }

    private static void note(Map<String, String> changes, String field, Object before, Object after) {
        if (!Objects.equals(before, after)) {
            changes.put(field, after == null ? ContactHistory.NOT_SHOWN : text(after));
        }
    }

    private static void hidden(Map<String, String> changes, String field, Object before, Object after) {
        if (!Objects.equals(before, after)) {
            changes.put(field, ContactHistory.NOT_SHOWN);
        }
    }

    private static String text(Object value) {
        String text = value.toString();
        return text.substring(0, Math.min(LONGEST, text.length()));
    }

    private static String names(List<Chosen> order) {
        return order.stream().map(w -> w.channel().stored()).collect(Collectors.joining(", "));
    }

    /** Of what was said, not of what follows from it: a confirmation of today is one although it changes nothing. */
    private static String safety(List<Chosen> order) {
        return order.stream().filter(w -> w.said().by() != null).map(w -> w.channel().stored() + ": " + w.safety().stored()
            + Optional.ofNullable(w.said().confirmedAt()).filter(at -> w.safety() == Safety.SAFE)
                .map(at -> " since " + at.atZone(UK).toLocalDate()).orElse(""))
            .sorted().collect(Collectors.joining(", "));
    }

    private static List<String> words(ContactChoices choices) {
        return Arrays.asList(choices.word(), choices.wordToConfirm());
    }

    private static List<String> addresses(List<Chosen> order) {
        return order.stream().filter(w -> w.address() != null).map(w -> w.channel().stored() + w.address()).sorted().toList();
    }

    private static String times(ContactChoices choices) {
        return choices.safeTimes().entrySet().stream().sorted(Map.Entry.comparingByKey())
            .map(day -> Choices.name(day.getKey()) + " " + day.getValue().stream().map(ChangesMade::span)
                .collect(Collectors.joining(" "))).collect(Collectors.joining(", "));
    }

    private static String span(Span span) {
        return span == null ? null : span.from() + "-" + span.to();
    }

    private static String urgent(ContactChoices choices) {
        var urgent = choices.urgent();
        return Choices.name(urgent.by()) + (urgent.atNight() == null ? "" : urgent.atNight() ? ", at night too" : ", not at night");
    }

    private static String names(ContactChoices choices) {
        return choices.needs().stream().sorted().map(Choices::name).collect(Collectors.joining(", "));
    }

    /** Without any of it. */
    @Override
    public String toString() {
        return "ChangesMade[]";
    }
}
