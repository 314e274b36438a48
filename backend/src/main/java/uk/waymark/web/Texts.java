package uk.waymark.web;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import uk.waymark.platform.DataFile;

/** The texts of the pages, read once. */
public final class Texts {
    private static final Map<String, DataFile> FILES = new ConcurrentHashMap<>();

    private Texts() { }

    /** The text, with {@code {0}}, {@code {1}} … replaced. @throws IllegalArgumentException where it is missing */
    public static String of(Words key, Lang lang, Object... with) {
        String text = file(key.getDeclaringClass(), lang).text(key.name().toLowerCase(Locale.ROOT));
        for (int i = 0; i < with.length; i++) {
            text = text.replace("{" + i + "}", String.valueOf(with[i]));
        }
        return text;
    }

    public static DataFile file(Class<?> words, Lang lang) {
        String name = words.getSimpleName().replaceFirst("Text$", "").replaceAll("(?<=[a-z])(?=[A-Z])", "-");
        return file(name.toLowerCase(Locale.ROOT), lang);
    }

    public static DataFile file(String name, Lang lang) {
        return FILES.computeIfAbsent("/pages/" + name + "_" + lang.tag() + ".properties", DataFile::of);
    }
}
