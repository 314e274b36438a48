package uk.waymark;

import java.nio.file.Path;

/**
 * The arguments of {@code demo}.
 *
 * @param data the folder that keeps everything, or null for one that goes when the demo stops
 */
record DemoOptions(int port, Path data) {
    private static final int DEFAULT_PORT = 8080;

    /** What is wrong with the arguments, fit to be read. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }
    }

    static DemoOptions parse(String[] arguments) throws Wrong {
        int port = DEFAULT_PORT;
        Path data = null;
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new Wrong("demo takes [--port N] [--data DIR]; " + arguments[i] + " has no value");
            }
            switch (arguments[i]) {
                case "--port" -> port = port(arguments[i + 1]);
                case "--data" -> data = Path.of(arguments[i + 1]).toAbsolutePath().normalize();
                default -> throw new Wrong("demo takes [--port N] [--data DIR], not " + arguments[i]);
            }
        }
        return new DemoOptions(port, data);
    }

    private static int port(String text) throws Wrong {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) > 0 && Integer.parseInt(text) < 65_536) {
            return Integer.parseInt(text);
        }
        throw new Wrong("--port takes a number from 1 to 65535");
    }
}
