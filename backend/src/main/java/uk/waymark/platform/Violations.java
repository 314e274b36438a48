package uk.waymark.platform;

import java.util.regex.Pattern;

/** Turns a Java property path ({@code requestSignInCode.codeRequest.device.signedInAt}) into a JSON pointer. */
final class Violations {
    private static final Pattern CAMEL = Pattern.compile("([a-z0-9])([A-Z])");
    private static final Pattern INDEX = Pattern.compile("\\[(\\d+)]");

    private Violations() { }

    /** Drops the method and parameter, writes names as the contract does. */
    static String pointer(String path) {
        if (path.startsWith("/")) {
            return path;
        }
        String[] parts = INDEX.matcher(path).replaceAll(".$1").split("\\.", -1);
        var pointer = new StringBuilder();
        for (int i = parts.length > 2 ? 2 : Math.min(1, parts.length - 1); i < parts.length; i++) {
            pointer.append('/').append(CAMEL.matcher(parts[i]).replaceAll("$1_$2").toLowerCase(java.util.Locale.ROOT));
        }
        return pointer.toString();
    }
}
