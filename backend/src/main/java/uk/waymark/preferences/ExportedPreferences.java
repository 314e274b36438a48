package uk.waymark.preferences;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import uk.waymark.export.Exported;
import uk.waymark.messaging.ContactChannels.Safety;
import uk.waymark.messaging.ContactChoices;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;

/** How the person wants to be told. Whether staff hold an address for unsafe is not said, as everywhere. */
@Singleton
final class ExportedPreferences implements Exported {
    private final ActingAs acting;
    private final Preferences preferences;

    ExportedPreferences(ActingAs acting, Preferences preferences) {
        this.acting = acting;
        this.preferences = preferences;
    }

    @Override
    public String name() {
        return "preferences";
    }

    @Override
    public int place() {
        return 10;
    }

    @Override
    public void to(Caller.OwnView person, String language, Consumer<Map<String, Object>> items) {
        OwnPreferences current = acting.as(person, c -> preferences.read(c));
        var first = new LinkedHashMap<String, Object>();
        first.put("language", current.language());
        first.put("discreet_mode", current.discreet());
        choices(current.choices(), current.discreet(), first);
        first.put("paused", current.paused());
        items.accept(first);
        current.channels().forEach(chosen -> {
            var channel = new LinkedHashMap<String, Object>();
            channel.put("channel", chosen.channel().stored());
            channel.put("address", chosen.address());
            channel.put("confirmed", chosen.address() == null ? null : chosen.safety() == Safety.SAFE);
            items.accept(channel);
        });
    }

    /** What the API reads back, and no more: never the word, and in discreet mode nothing that tells of others. */
    private static void choices(ContactChoices chosen, boolean discreet, Map<String, Object> to) {
        to.put("telling", chosen.telling().name().toLowerCase(Locale.ROOT));
        to.put("ask_again_on", chosen.askAgainOn() == null ? null : chosen.askAgainOn().toString());
        to.put("safe_times", chosen.safeTimes().isEmpty() ? null : chosen.safeTimes().entrySet().stream().sorted(Map.Entry.comparingByKey())
            .map(day -> day.getKey().name().toLowerCase(Locale.ROOT) + ' ' + spans(day.getValue())).collect(Collectors.joining("; ")));
        to.put("quiet_hours", chosen.quietHours() == null ? null : spans(List.of(chosen.quietHours())));
        to.put("voicemail", chosen.voicemail());
        to.put("accessibility_needs", chosen.needs().isEmpty() ? null
            : chosen.needs().stream().map(need -> need.name().toLowerCase(Locale.ROOT)).sorted().collect(Collectors.joining(", ")));
        to.put("interpreter_language", chosen.interpreter());
        if (!discreet) {
            to.put("may_also_be_told", chosen.mayAlsoBeTold().isEmpty() ? null : String.join("; ", chosen.mayAlsoBeTold()));
            to.put("if_somebody_else_answers", chosen.ifSomebodyElseAnswers());
        }
    }

    private static String spans(List<ContactChoices.Span> spans) {
        return spans.stream().map(span -> span.from() + "-" + span.to()).collect(Collectors.joining(", "));
    }
}
