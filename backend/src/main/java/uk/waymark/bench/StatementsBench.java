package uk.waymark.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import uk.waymark.statements.document.RenderedStatement;
import uk.waymark.statements.document.StatementDocument;
import uk.waymark.statements.document.StatementDocument.Kind;
import uk.waymark.statements.document.StatementRenderer;

/**
 * How long it takes to put a signed statement on paper: the first in a process, which reads the fonts, then milliseconds a page in
 * one thread, by script; and how large the file is.
 *
 * <p>Arguments: {@code --rounds N} and {@code --out FOLDER}, where each statement is left as a PDF to look at. The last line of
 * output is JSON.
 */
public final class StatementsBench {
    private static final int PARAGRAPHS = 60;
    private static final Map<String, String> TEXTS = texts();
    private final StatementRenderer renderer = new StatementRenderer();

    private StatementsBench() {}

    private static Map<String, String> texts() {
        var texts = new LinkedHashMap<String, String>();
        texts.put("en", "I haven’t slept since 3 March, and it’s been awful. My café lost £1,250.50, and I am still afraid.");
        texts.put("cy", "Dw i’n byw yng Nghaerdydd gyda’m gŵr. Mae’r tŷ yn wag, a dw i’n ofni agor y drws gyda’r nos.");
        texts.put("pl", "Zażółć gęślą jaźń. Od tamtej nocy boję się wychodzić z domu; mój mąż źle śpi, łóżko skrzypi.");
        texts.put("ar", "السلام عليكم. لم أستطع النوم منذ 3 مارس 2026، وأشعر بالخوف كل ليلة. رقم القضية AB-1234.");
        texts.put("zh-Hans", "自从那天晚上以后，我一直睡不好觉 😢。我的孩子们不敢出门，生活变得很困难 👨‍👩‍👧。");
        texts.put("pa", "ਮੈਨੂੰ ਉਸ ਰਾਤ ਤੋਂ ਬਾਅਦ ਨੀਂਦ ਨਹੀਂ ਆਉਂਦੀ। ਮੇਰੇ ਬੱਚੇ ਡਰਦੇ ਹਨ, ਸਿੱਖ ਕਿਰਪਾ ਪ੍ਰੇਮ।");
        return texts;
    }

    public static void main(String[] arguments) throws IOException {
        var all = Arrays.asList(arguments);
        int rounds = Integer.parseInt(all.get(all.indexOf("--rounds") + 1));
        new StatementsBench().run(rounds, Path.of(all.get(all.indexOf("--out") + 1)));
    }

    private void run(int rounds, Path out) throws IOException {
        Files.createDirectories(out);
        long began = System.nanoTime();
        renderer.render(statement("en", TEXTS.get("en")));
        double first = since(began);
        System.out.printf(Locale.ROOT, "The first statement, with its fonts: %.0f ms%n", first);
        // so that no script pays for the compiler that all of them set to work
        for (var text : TEXTS.entrySet()) {
            best(rounds, statement(text.getKey(), (text.getValue() + "\n").repeat(PARAGRAPHS)));
        }
        var byScript = new LinkedHashMap<String, Double>();
        for (var text : TEXTS.entrySet()) {
            var statement = statement(text.getKey(), (text.getValue() + "\n").repeat(PARAGRAPHS));
            var drawn = renderer.render(statement);
            double best = best(rounds, statement) / drawn.pages();
            byScript.put(text.getKey(), best);
            keep(out, text.getKey(), drawn);
            System.out.printf(Locale.ROOT, "%-8s %2d pages, %3d kB, %5.1f ms a page%n", text.getKey(), drawn.pages(),
                drawn.pdf().length / 1000, best);
        }
        var emoji = statement("en", "😢".repeat(10_000));
        var drawn = renderer.render(emoji);
        double emojiTime = best(rounds, emoji);
        keep(out, "emoji", drawn);
        System.out.printf(Locale.ROOT, "10,000 emoji: %d pages, %d kB, %.0f ms%n", drawn.pages(), drawn.pdf().length / 1000,
            emojiTime);
        System.out.println(byScript.entrySet().stream()
            .map(e -> String.format(Locale.ROOT, "\"%s\":%.1f", e.getKey(), e.getValue()))
            .collect(Collectors.joining(",", String.format(Locale.ROOT, "{\"first_ms\":%.0f,\"ms_a_page\":{", first),
                String.format(Locale.ROOT, "},\"emoji_10000_ms\":%.0f}", emojiTime))));
    }

    /** The fastest, in milliseconds: other work on the machine only ever adds. */
    private double best(int rounds, StatementDocument statement) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < rounds; round++) {
            long began = System.nanoTime();
            renderer.render(statement);
            best = Math.min(best, since(began));
        }
        return best;
    }

    private static void keep(Path out, String name, RenderedStatement drawn) throws IOException {
        Files.write(out.resolve(name + ".pdf"), drawn.pdf());
    }

    private static double since(long began) {
        return (System.nanoTime() - began) / 1e6;
    }

    private static StatementDocument statement(String language, String text) {
        return new StatementDocument(Kind.VICTIM_PERSONAL_STATEMENT, language, "Sam Lee", 18, null, null, "WX/1234/26", null,
            null, List.of(new StatementDocument.Declared("en", "This statement is true to the best of my knowledge and belief.")),
            text, null, null, "Sam Lee", Instant.parse("2026-03-03T14:05:00Z"), "0".repeat(64));
    }
}
