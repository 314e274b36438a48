package uk.waymark.conversations;

import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether what somebody has written sounds like danger. The phrases are data, {@code conversations/danger-en.txt} and
 * {@code danger-cy.txt}, and both are looked for in everything: people write in two languages at once. Where in doubt it does: too much
 * costs somebody a look, too little may cost more. It keeps nothing from being sent.
 */
@Singleton
final class DangerPhrases {
    private static final String NEGATES = "!";
    private static final int FEW = 2;
    private static final Pattern SENTENCES = Pattern.compile("[.!?;:\\n\\r…]+");
    private final List<Pattern> danger;
    private final List<Pattern> harmless;

    DangerPhrases() {
        List<String> lines = Stream.of("en", "cy").flatMap(language -> lines("/conversations/danger-" + language + ".txt").stream()).toList();
        danger = lines.stream().filter(l -> !l.startsWith(NEGATES)).map(DangerPhrases::pattern).toList();
        harmless = lines.stream().filter(l -> l.startsWith(NEGATES)).map(l -> pattern(l.substring(1))).toList();
    }

    private static List<String> lines(String file) {
        try (var in = new BufferedReader(new InputStreamReader(DangerPhrases.class.getResourceAsStream(file), StandardCharsets.UTF_8))) {
            return in.lines().map(String::strip).filter(l -> !l.isEmpty() && !l.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Words in their order; {@code (a|b c)} is either, {@code _} is up to two words of any kind. */
    private static Pattern pattern(String line) {
        var regex = new StringBuilder("(?<= )");
        boolean first = true;
        for (String part : line.strip().split(" +(?![^(]*\\))")) {
            if (part.equals("_")) {
                regex.append("(?: \\S+){0,").append(FEW).append('}');
                continue;
            }
            regex.append(first ? "" : " ").append(part.startsWith("(") ? either(part) : Pattern.quote(normal(part)));
            first = false;
        }
        return Pattern.compile(regex.append("(?= )").toString());
    }

    private static String either(String part) {
        return Arrays.stream(part.substring(1, part.length() - 1).split("\\|")).map(p -> Pattern.quote(normal(p)))
            .collect(Collectors.joining("|", "(?:", ")"));
    }

    /** Only what lies within harmless words of one sentence is not danger; nothing else of the text is taken away by them. */
    boolean soundsLike(String text) {
        var whole = new StringBuilder(" ");
        var harmlessFrom = new ArrayList<int[]>();
        for (String sentence : SENTENCES.split(text)) {
            String plain = normal(sentence);
            if (!plain.isEmpty()) {
                int start = whole.length() - 1;
                harmless.forEach(p -> p.matcher(' ' + plain + ' ').results()
                    .forEach(m -> harmlessFrom.add(new int[] {start + m.start(), start + m.end()})));
                whole.append(plain).append(' ');
            }
        }
        return danger.stream().anyMatch(p -> standsAlone(p.matcher(whole), harmlessFrom));
    }

    private static boolean standsAlone(Matcher found, List<int[]> harmless) {
        for (int from = 0; found.find(from); from = found.start() + 1) {
            int start = found.start();
            int end = found.end();
            if (harmless.stream().noneMatch(h -> h[0] <= start && end <= h[1])) {
                return true;
            }
        }
        return false;
    }

    /**
     * Small letters without accents and apostrophes, one space between words, a letter that is held down counts once: what somebody types
     * in a hurry, in full-width letters or with characters that are not seen, is the same.
     */
    static String normal(String text) {
        // the acute accent, typed for an apostrophe, would become a space
        String letters = Normalizer.normalize(Normalizer.normalize(text.replaceAll("[`´]", ""), Normalizer.Form.NFKC), Normalizer.Form.NFD)
            .replaceAll("[\\p{M}\\p{Cf}'’‘`´]", "").toLowerCase(Locale.ROOT);
        return letters.replaceAll("[^\\p{L}\\p{N}]+", " ").replaceAll("(\\p{L})\\1{2,}", "$1").strip();
    }
}
