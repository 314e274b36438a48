package uk.waymark.bench;

import java.util.Arrays;
import java.util.List;

/** {@code --name value ... -- COMMAND...}, as the launcher hands them over. */
final class BenchArguments {
    private final List<String> options;
    private final List<String> command;

    BenchArguments(String... arguments) {
        var all = Arrays.asList(arguments);
        int dashes = all.indexOf("--");
        options = all.subList(0, dashes);
        command = all.subList(dashes + 1, all.size());
    }

    String text(String name) {
        return options.get(options.indexOf(name) + 1);
    }

    int number(String name) {
        return Integer.parseInt(text(name));
    }

    /** What starts the server. */
    List<String> command() {
        return command;
    }
}
