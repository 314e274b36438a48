package uk.waymark.preferences;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import uk.waymark.export.Exported;
import uk.waymark.messaging.ContactChannels.Safety;
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
    public void to(Caller.Person person, String language, Consumer<Map<String, Object>> items) {
        Preferences.Current current = acting.as(person, c -> preferences.read(c));
        var first = new LinkedHashMap<String, Object>();
        first.put("language", current.language());
        first.put("discreet_mode", current.discreet());
        items.accept(first);
        current.channels().forEach(chosen -> {
            var channel = new LinkedHashMap<String, Object>();
            channel.put("channel", chosen.channel().stored());
            channel.put("address", chosen.address());
            channel.put("confirmed", chosen.address() == null ? null : chosen.safety() == Safety.SAFE);
            items.accept(channel);
        });
    }
}
