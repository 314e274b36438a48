package uk.waymark.web;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** The texts of the pages, read once. */
public final class Texts {
    private static final Map<String, Properties> FILES = new ConcurrentHashMap<>();

    private Texts() { }

    /** The text, with {@code {0}}, {@code {1}} … replaced. @throws IllegalStateException where it is missing */
    public static String of(Words key, Lang lang, Object... with) {
        String text = file(key.getDeclaringClass(), lang).getProperty(key.name().toLowerCase(Locale.ROOT));
        if (text == null) {
            throw new IllegalStateException("no text " + key + " in " + lang);
        }
        for (int i = 0; i < with.length; i++) {
            text = text.replace("{" + i + "}", String.valueOf(with[i]));
        }
        return text;
    }

    public static Properties file(Class<?> words, Lang lang) {
        String name = words.getSimpleName().replaceFirst("Text$", "").replaceAll("(?<=[a-z])(?=[A-Z])", "-");
        return file(name.toLowerCase(Locale.ROOT), lang);
    }

    public static Properties file(String name, Lang lang) {
        return FILES.computeIfAbsent("/pages/" + name + "_" + lang.tag() + ".properties", Texts::read);
    }

    private static Properties read(String file) {
        try (var in = Texts.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no texts in " + file);
            }
            var texts = new Properties();
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
