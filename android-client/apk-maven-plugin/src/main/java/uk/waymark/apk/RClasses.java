package uk.waymark.apk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes one R class for the app and one for each library's package. */
final class RClasses {
    private static final Pattern PACKAGE = Pattern.compile("\\bpackage=\"([^\"]+)\"");

    private RClasses() {}

    /** One R class for the app and one for each library package, the library's holding only the names in its own R.txt. */
    static void write(List<Path> libraries, Path symbols, Path manifest, Path sources) throws IOException {
        Map<String, String> values = new LinkedHashMap<>(); // "int attr name" -> value
        for (String line : Files.readAllLines(symbols)) {
            int end = line.indexOf(' ', line.indexOf(' ', line.indexOf(' ') + 1) + 1);
            values.put(line.substring(0, end), line.substring(end + 1));
        }
        Map<String, Set<String>> wanted = new TreeMap<>();
        for (Path unpacked : libraries) {
            Matcher m = PACKAGE.matcher(Files.readString(unpacked.resolve("AndroidManifest.xml")));
            Path names = unpacked.resolve("R.txt");
            if (!m.find() || !Files.exists(names)) {
                continue;
            }
            for (String line : Files.readAllLines(names)) {
                String[] p = line.split(" ", 4);
                if (p.length == 4) {
                    wanted.computeIfAbsent(m.group(1), k -> new LinkedHashSet<>()).add(p[0] + " " + p[1] + " " + p[2]);
                }
            }
        }
        Matcher own = PACKAGE.matcher(Files.readString(manifest));
        if (!own.find()) {
            throw new IOException("no package in " + manifest);
        }
        wanted.put(own.group(1), values.keySet());
        for (Map.Entry<String, Set<String>> e : wanted.entrySet()) {
            Map<String, StringBuilder> types = new TreeMap<>();
            for (String key : e.getValue()) {
                String value = values.get(key);
                if (value != null) {
                    String[] p = key.split(" ");
                    types.computeIfAbsent(p[1], k -> new StringBuilder())
                            .append("    public static final ").append(p[0]).append(' ').append(p[2]).append(" = ").append(value).append(";\n");
                }
            }
            StringBuilder text = new StringBuilder("package " + e.getKey() + ";\n\npublic final class R {\n  private R() {}\n");
            types.forEach((type, fields) -> text.append("  public static final class ").append(type).append(" {\n")
                    .append("    private ").append(type).append("() {}\n").append(fields).append("  }\n"));
            Path file = sources.resolve(e.getKey().replace('.', '/')).resolve("R.java");
            String content = text.append("}\n").toString();
            if (!Files.exists(file) || !Files.readString(file).equals(content)) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, content);
            }
        }
    }
}
