package uk.waymark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of {@code force}.
 *
 * @param data the folder of the demo that is meant, or null
 */
record ForceOptions(Verb verb, List<String> words, Path data, boolean atOnce) {
    static final String USAGE = """
        force add FILE [--data DIR]
        force rotate-secret CODE CLIENT [--at-once] [--data DIR]""";

    enum Verb { ADD, ROTATE_SECRET }

    /** What is wrong with the arguments, fit to be read. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message + "\nThere is:\n" + USAGE.indent(2).stripTrailing());
        }
    }

    static ForceOptions parse(String[] arguments) throws Wrong {
        var words = new ArrayList<String>();
        Path data = null;
        boolean atOnce = false;
        for (int i = 0; i < arguments.length; i++) {
            String one = arguments[i];
            if (one.equals("--data") && i + 1 < arguments.length) {
                i++;
                data = Path.of(arguments[i]).toAbsolutePath().normalize();
            } else if (one.equals("--at-once")) {
                atOnce = true;
            } else if (one.startsWith("--")) {
                throw new Wrong("force does not know " + one + ", or it lacks its value.");
            } else {
                words.add(one);
            }
        }
        Verb verb = verb(words.isEmpty() ? "" : words.removeFirst());
        if (words.size() != (verb == Verb.ADD ? 1 : 2) || atOnce && verb == Verb.ADD) {
            throw new Wrong("This is not how it is called.");
        }
        return new ForceOptions(verb, List.copyOf(words), data, atOnce);
    }

    private static Verb verb(String word) throws Wrong {
        return switch (word) {
            case "add" -> Verb.ADD;
            case "rotate-secret" -> Verb.ROTATE_SECRET;
            default -> throw new Wrong("force does not know '" + word + "'.");
        };
    }
}
