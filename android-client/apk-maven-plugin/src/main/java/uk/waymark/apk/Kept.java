package uk.waymark.apk;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.plugin.MojoExecutionException;

/**
 * What R8 has to leave as it is, since it is found by its name or made by reflection while the app runs: nobody misses it before.
 *
 * @param models a package whose objects are read and written by their fields, and made without arguments; null for none
 * @param made a class of whose subclasses each is made by its name, with the arguments of its constructor; null for none
 */
record Kept(String models, String made) {
    private static final Pattern CLASS = Pattern.compile("(\\S+) -> (\\S+):");
    private static final Pattern FIELD = Pattern.compile("    [\\w.$\\[\\]]+ (\\w+) -> (\\w+)"); // no inner names, and no parenthesis

    /**
     * @param mapping R8's map: which name each thing has now
     * @param usage R8's list of what it left out
     * @param own the app's own classes
     * @param all every class that there is
     */
    void check(String mapping, String usage, List<String> own, Collection<Path> all) throws Exception {
        List<String> wrong = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        String inside = null;
        for (String line : mapping.split("\n")) {
            Matcher field = FIELD.matcher(line);
            Matcher type = CLASS.matcher(line);
            if (type.matches()) {
                inside = type.group(1);
                names.put(inside, type.group(2));
            } else if (isModel(inside) && field.matches() && !field.group(1).equals(field.group(2))) {
                wrong.add(inside + "." + field.group(1) + " is called " + field.group(2));
            }
        }
        Map<String, List<String>> out = leftOut(usage);
        for (String name : names.keySet()) {
            if (isModel(name)) {
                out.getOrDefault(name, List.of()).stream()
                        .filter(member -> !member.contains("(") || member.endsWith("<init>()"))
                        .filter(member -> !member.contains(" static "))
                        .forEach(member -> wrong.add(name + " lacks " + member));
            }
        }
        if (models != null && names.keySet().stream().noneMatch(this::isModel)) {
            wrong.add("no class of " + models + " is there");
        }
        if (made != null) {
            wrong.addAll(notMade(names, out, own, all));
        }
        if (!wrong.isEmpty()) {
            throw new MojoExecutionException("R8 took what is found by its name; see the rules of what it has to keep:\n"
                    + String.join("\n", wrong.stream().sorted().toList()));
        }
    }

    private boolean isModel(String name) {
        return models != null && name != null && name.startsWith(models + ".") && !name.contains("$");
    }

    private List<String> notMade(Map<String, String> names, Map<String, List<String>> out, List<String> own, Collection<Path> all)
            throws Exception {
        List<String> wrong = new ArrayList<>();
        List<URL> urls = new ArrayList<>();
        for (Path path : all) {
            urls.add(path.toUri().toURL());
        }
        boolean any = false;
        try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> above = loader.loadClass(made);
            for (String name : own) {
                if (!above.isAssignableFrom(Class.forName(name, false, loader))) {
                    continue;
                }
                any = true;
                if (!name.equals(names.getOrDefault(name, name))) {
                    wrong.add(name + " is called " + names.get(name));
                }
                List<String> lost = out.get(name);
                if (lost != null && (lost.isEmpty() || lost.stream().anyMatch(member -> member.contains("<init>(")))) {
                    wrong.add(name + " lacks its constructor");
                }
            }
        }
        if (!any) {
            wrong.add("there is no " + made);
        }
        return wrong;
    }

    /** By class; a class that is left out altogether has no members here. */
    private static Map<String, List<String>> leftOut(String usage) {
        Map<String, List<String>> out = new HashMap<>();
        List<String> members = null;
        for (String line : usage.split("\n")) {
            if (line.startsWith(" ")) {
                members.add(line.strip());
            } else if (!line.isBlank()) {
                members = new ArrayList<>();
                out.put(line.endsWith(":") ? line.substring(0, line.length() - 1) : line, members);
            }
        }
        return out;
    }
}
