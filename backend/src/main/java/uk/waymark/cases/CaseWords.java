package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import uk.waymark.cases.CaseState.Body;
import uk.waymark.cases.CaseState.Hearing;
import uk.waymark.platform.DataFile;

/** Headlines and stages in plain words, English and Welsh; times as people in England and Wales read them. */
@Singleton
final class CaseWords {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private final Map<String, DataFile> words = DataFile.inBoth("/cases/words");

    /** @throws IllegalArgumentException for a key that has no words: a mistake of ours, found by a test */
    String text(String language, String key) {
        return words.get(language).text(key);
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
        return text(language, key(kind, several, body.hearing()))
            .replace("{who}", text(language, several ? "who.several" : "who.one"))
            .replace("{n}", number)
            .replace("{kind}", kindInBrackets(language, body.hearing()))
            .replace("{hearing}", when(language, body.hearing()));
    }

    private static String key(String kind, boolean several, Hearing hearing) {
        return switch (kind) {
            case "suspect_arrested" -> kind + (several ? ".several" : ".one");
            case "hearing_listed", "hearing_changed" -> kind + (hearing != null && Boolean.TRUE.equals(hearing.past()) ? ".past" : "");
            case "hearing_vacated" -> kind + (hearing != null && (HearingDays.day(hearing) != null || hearing.weekCommencing() != null)
                ? ".known" : "");
            default -> kind;
        };
    }

    /** What kind of hearing it is, in plain words; null where that is not known or not to be shown. */
    String kindWords(String language, Hearing hearing) {
        HearingKind kind = HearingKind.of(hearing == null ? null : hearing.kind());
        return kind == HearingKind.OTHER ? null : text(language, "hearing.kind." + kind.wireName());
    }

    private String kindInBrackets(String language, Hearing hearing) {
        String words = kindWords(language, hearing);
        return words == null ? "" : " (" + words + ")";
    }

    /** When the source said so: 'As the court said on Tuesday 3 March 2026 at 14:05'. */
    String asAt(String language, Hearing hearing) {
        return text(language, "hearing.as_at").replace("{day}", mutated(day(language).format(london(hearing.asAt()))))
            .replace("{time}", TIME.format(london(hearing.asAt())));
    }

    /** What there is to say beside the date: that nobody is called by a list, that no witness is needed. Null for nothing. */
    String note(String language, Hearing hearing) {
        var notes = new ArrayList<String>();
        if (Boolean.TRUE.equals(hearing.listOnly())) {
            notes.add(text(language, "hearing.list_only"));
        }
        if (HearingKind.of(hearing.kind()) == HearingKind.TRIAL_WITHOUT_WITNESSES) {
            notes.add(text(language, "hearing.no_witnesses"));
        }
        return notes.isEmpty() ? null : String.join(" ", notes);
    }

    static String localTime(Hearing hearing) {
        return hearing.startsAt() == null ? null : TIME.format(london(hearing.startsAt()));
    }

    private static ZonedDateTime london(String at) {
        return OffsetDateTime.parse(at).atZoneSameInstant(HearingDays.LONDON);
    }

    private static DateTimeFormatter day(String language) {
        return DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", "cy".equals(language) ? Locale.of("cy", "GB") : Locale.UK);
    }

    private String when(String language, Hearing hearing) {
        if (hearing == null) {
            return "";
        }
        DateTimeFormatter day = day(language);
        String court = hearing.court() == null ? text(language, "hearing.no_court") : hearing.court();
        if (hearing.startsAt() != null) {
            return text(language, "hearing.at").replace("{day}", mutated(day.format(london(hearing.startsAt()))))
                .replace("{time}", localTime(hearing)).replace("{court}", court);
        }
        if (hearing.startsOn() != null) {
            return text(language, "hearing.on").replace("{day}", mutated(day.format(LocalDate.parse(hearing.startsOn()))))
                .replace("{court}", court);
        }
        if (hearing.weekCommencing() != null) {
            return text(language, "hearing.week").replace("{day}", mutated(day.format(LocalDate.parse(hearing.weekCommencing()))))
                .replace("{court}", court);
        }
        return text(language, "hearing.unknown").replace("{court}", court);
    }

    /** 'On Tuesday' in Welsh softens the first letter: Dydd Mawrth, ar ddydd Mawrth. English days have no such beginning. */
    private static String mutated(String day) {
        return day.startsWith("Dydd ") ? "ddydd " + day.substring(5) : day;
    }
}
