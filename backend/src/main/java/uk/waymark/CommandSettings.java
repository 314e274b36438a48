package uk.waymark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import uk.waymark.platform.Settings;

/** Which database a command is about: that of a demo that runs here, or of the settings of {@code serve}. */
final class CommandSettings {
    private CommandSettings() { }

    /** @param data the folder of the demo that is meant, or null */
    static Settings.Read of(Path data, Map<String, String> environment) throws IOException {
        if (data == null && environment.containsKey("WAYMARK_DB_URL")) {
            return Settings.read(environment);
        }
        List<Path> running = data != null ? List.of(data) : DemoFolder.running();
        if (running.size() != 1) {
            return new Settings.Unfit(List.of(running.isEmpty()
                ? "no demo of yours runs here without --data, and WAYMARK_DB_URL is not set: start ./waymark demo, say "
                    + "which demo with --data DIR, or set the settings of ./waymark serve"
                : "more than one demo runs here: say which with --data " + running.getFirst()));
        }
        return RunningDemo.settings(running.getFirst());
    }
}
