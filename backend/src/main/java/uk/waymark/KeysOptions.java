package uk.waymark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import uk.waymark.platform.Keysets;

/**
 * The arguments of {@code keys}.
 *
 * @param kind  null for {@code status} and {@code reseal}
 * @param id    of the key to withdraw
 * @param batch rows a transaction
 * @param pause milliseconds between two
 */
record KeysOptions(Verb verb, Keysets.Kind kind, long id, int batch, int pause) {
    static final String USAGE = """
        keys new sealing|lookup
        keys add sealing|lookup
        keys promote sealing|lookup
        keys withdraw sealing|lookup ID
        keys reseal [--batch ROWS] [--pause MILLISECONDS]
        keys status""";
    private static final int BATCH = 500;
    private static final int PAUSE = 50;

    enum Verb {
        NEW(1), ADD(1), PROMOTE(1), WITHDRAW(2), RESEAL(0), STATUS(0);

        private final int words;

        Verb(int words) {
            this.words = words;
        }
    }

    /** What is wrong with the arguments, fit to be read. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message + "\nThere is:\n" + USAGE.indent(2).stripTrailing());
        }
    }

    static KeysOptions parse(String[] arguments) throws Wrong {
        var words = new ArrayList<String>();
        int batch = BATCH;
        int pause = PAUSE;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--batch" -> batch = number(arguments, ++i, 1, 10_000);
                case "--pause" -> pause = number(arguments, ++i, 0, 60_000);
                default -> words.add(arguments[i]);
            }
        }
        Verb verb = one(Verb.values(), words.isEmpty() ? "" : words.removeFirst());
        if (words.size() != verb.words) {
            throw new Wrong("This is not how it is called.");
        }
        return new KeysOptions(verb, words.isEmpty() ? null : one(Keysets.Kind.values(), words.getFirst()), id(words), batch, pause);
    }

    private static <E extends Enum<E>> E one(E[] all, String word) throws Wrong {
        for (E one : all) {
            if (one.name().toLowerCase(Locale.ROOT).equals(word)) {
                return one;
            }
        }
        throw new Wrong("keys does not know '" + word + "'.");
    }

    private static long id(List<String> words) throws Wrong {
        if (words.size() < 2) {
            return 0;
        }
        if (!words.get(1).matches("\\d{1,10}")) {
            throw new Wrong("'" + words.get(1) + "' is not the id of a key; ./waymark keys status has them.");
        }
        return Long.parseLong(words.get(1));
    }

    private static int number(String[] arguments, int place, int least, int most) throws Wrong {
        if (place >= arguments.length || !arguments[place].matches("\\d{1,5}")
                || Integer.parseInt(arguments[place]) < least || Integer.parseInt(arguments[place]) > most) {
            throw new Wrong("A number from " + least + " to " + most + " is missing.");
        }
        return Integer.parseInt(arguments[place]);
    }
}
