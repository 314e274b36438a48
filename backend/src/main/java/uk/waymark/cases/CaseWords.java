package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import uk.waymark.cases.CaseState.Body;
import uk.waymark.cases.CaseState.Hearing;

/** Headlines and stages in plain words, English and Welsh; times as people in England and Wales read them. */
@Singleton
final class CaseWords {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private final Map<String, Properties> words = Map.of("en", load("en"), "cy", load("cy"));

    private static Properties load(String language) {
        try (var in = CaseWords.class.getResourceAsStream("/cases/words_" + language + ".properties");
             var reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            var words = new Properties();
            words.load(reader);
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException for a key that has no words: a mistake of ours, found by a test */
    String text(String language, String key) {
        String text = words.get(language).getProperty(key);
        if (text == null) {
            throw new IllegalArgumentException("no words for " + key);
        }
        return text;
    }

    /** The stage in words of its reader: a witness learns nothing of a suspect from it. */
    String stage(String language, String stage, boolean witness) {
        return text(language, (witness ? "stage.witness." : "stage.") + stage);
    }

    /** What happened, in one sentence. */
    String headline(String language, String kind, Body body) {
        if ("correction".equals(kind)) {
            String what = headline(language, body.of(), new Body(null, null, body.suspectNumber(), body.severalSuspects(), null,
                null, body.hearing()));
            return text(language, kind).replace("{what}", what);
        }
        boolean several = Boolean.TRUE.equals(body.severalSuspects());
        String number = String.valueOf(body.suspectNumber());
        String key = "suspect_arrested".equals(kind) ? kind + (several ? ".several" : ".one") : kind;
        return text(language, key)
            .replace("{who}", text(language, several ? "who.several" : "who.one"))
            .replace("{n}", number)
            .replace("{hearing}", hearing(language, body.hearing()));
    }

    private String hearing(String language, Hearing hearing) {
        if (hearing == null) {
            return "";
        }
        DateTimeFormatter day = DateTimeFormatter.ofPattern("EEEE d MMMM uuuu",
            "cy".equals(language) ? Locale.of("cy", "GB") : Locale.UK);
        String court = hearing.court() == null ? text(language, "hearing.no_court") : hearing.court();
        if (hearing.startsAt() != null) {
            var at = OffsetDateTime.parse(hearing.startsAt()).atZoneSameInstant(LONDON);
            return text(language, "hearing.at").replace("{day}", mutated(day.format(at))).replace("{time}", TIME.format(at))
                .replace("{court}", court);
        }
        if (hearing.weekCommencing() != null) {
            return text(language, "hearing.week").replace("{day}",
                    mutated(day.format(LocalDate.parse(hearing.weekCommencing()))))
                .replace("{court}", court);
        }
        return text(language, "hearing.unknown").replace("{court}", court);
    }

    /** 'On Tuesday' in Welsh softens the first letter: Dydd Mawrth, ar ddydd Mawrth. English days have no such beginning. */
    private static String mutated(String day) {
        return day.startsWith("Dydd ") ? "ddydd " + day.substring(5) : day;
    }
}
