package uk.waymark.notifications;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * A word that people text back, in English or Welsh; the words are data in
 * {@code notifications/keywords.properties}.
 */
public enum Keyword {
    STOP, START, HELP, YES, CANNOT, CALL,
    /** The language that is wanted from now on. */
    WELSH, ENGLISH,
    /** Anything else: for a person to read. */
    NONE;

    private static final int LONGEST = 100;
    private static final Map<String, Keyword> WORDS = load();

    /**
     * The keyword that a reply consists of, or {@link #NONE}. Case, accents, spaces, punctuation and emoji do not matter,
     * nor does the same said twice; one word more, and a person reads it.
     */
    public static Keyword of(String body) {
        String bare = bare(body);
        if (bare.length() > LONGEST) {
            return NONE;
        }
        Keyword whole = WORDS.get(bare.replace(" ", ""));
        return whole == null ? together(bare.split(" ")) : whole;
    }

    private static Keyword together(String... words) {
        Set<Keyword> said = new HashSet<>();
        for (String word : words) {
            said.add(WORDS.getOrDefault(word, NONE));
        }
        return said.size() == 1 ? said.iterator().next() : NONE;
    }

    /** Whether it may be an answer to a question; the others are to us, whatever was asked. */
    boolean mayAnswer() {
        return this != STOP && this != START && this != HELP && this != WELSH && this != ENGLISH;
    }

    /** The name as stored. */
    public String stored() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Keyword fromStored(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static String bare(String body) {
        return Normalizer.normalize(body, Normalizer.Form.NFKD).toUpperCase(Locale.ROOT)
            .replaceAll("[\\p{M}\\p{Cf}'`\u2018\u2019\u02BC]", "")
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
            Arrays.stream(file.getProperty(name).split(","))
                .forEach(word -> words.put(bare(word).replace(" ", ""), fromStored(name)));
        }
        return Map.copyOf(words);
    }
}
