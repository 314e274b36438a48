package uk.waymark.notifications;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * A word that people text back, in English or Welsh; the words are data in
 * {@code notifications/keywords.properties}.
 */
public enum Keyword {
    STOP, START, HELP, YES, CANNOT, CALL,
    /** Anything else: for a person to read. */
    NONE;

    private static final Map<String, Keyword> WORDS = load();

    /** The keyword that a reply consists of, or {@link #NONE}. */
    public static Keyword of(String body) {
        return WORDS.getOrDefault(bare(body), NONE);
    }

    /** The name as stored. */
    public String stored() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Keyword fromStored(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static String bare(String body) {
        return body.toUpperCase(Locale.ROOT).replaceAll("['\u2019\u2018]", "")
            .replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }

    private static Map<String, Keyword> load() {
        Properties file = new Properties();
        try (InputStream in = Keyword.class.getResourceAsStream("/notifications/keywords.properties")) {
            file.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Keyword> words = new HashMap<>();
        for (String name : file.stringPropertyNames()) {
            for (String word : file.getProperty(name).split(",")) {
                words.put(bare(word), fromStored(name));
            }
        }
        return Map.copyOf(words);
    }
}
