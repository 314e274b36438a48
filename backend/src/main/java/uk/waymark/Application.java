package uk.waymark;

import java.util.Arrays;

/**
 * What {@code ./waymark} starts: {@code serve} in production, {@code demo} on an embedded PostgreSQL, {@code migrate},
 * {@code force}, {@code keys}, {@code verify}.
 */
public final class Application {
    /** EX_USAGE of sysexits.h. */
    private static final int USAGE = 64;

    private Application() { }

    public static void main(String[] args) {
        String command = args.length == 0 ? "" : args[0];
        String[] rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
        int code = switch (command) {
            case "serve" -> Serve.run(System.getenv());
            case "migrate" -> Serve.migrate(System.getenv());
            case "demo" -> Demo.run(rest);
            case "keys" -> KeysCommand.run(rest, System.getenv());
            case "force" -> ForceCommand.run(rest, System.getenv());
            case "verify" -> VerifyCommand.run(rest, System.getenv());
            default -> {
                System.err.println("Say what to start: serve, migrate, demo [--port N] [--data DIR], force add FILE, keys, verify audit, or verify statements.");
                yield USAGE;
            }
        };
        if (code != 0) {
            System.exit(code);
        }
    }
}
