package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import uk.waymark.cases.HearingKind;
import uk.waymark.platform.DataFile;
import uk.waymark.platform.WorkingDays;

/** What people read of a court date in the app, English and Welsh: two sets of words, for who has to be there and who has not. */
@Singleton
final class CourtDateWords {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private final Map<String, DataFile> words = DataFile.inBoth("/hearings/dates");

    private String text(String language, String key) {
        return words.get(language).text(key);
    }

    String kind(String language, HearingKind kind) {
        return text(language, "kind." + kind.wireName());
    }

    String when(String language, CourtHearing h) {
        if (h.startsAt() != null) {
            return text(language, "when.at").replace("{day}", day(language, h.on())).replace("{time}", time(h.startsAt()));
        }
        return h.on() != null ? text(language, "when.on").replace("{day}", day(language, h.on()))
            : h.weekOf() != null ? text(language, "when.week").replace("{day}", mutated(day(language, h.weekOf())))
            : text(language, "when.unknown");
    }

    /** Whether somebody has to be there, in words. */
    String required(String language, CourtHearing h, boolean required, boolean past) {
        if (!h.listed()) {
            return text(language, "vacated");
        }
        if (past) {
            return text(language, required ? "required.past" : "not_required.past");
        }
        return text(language, !required ? "not_required" : h.on() == null ? "required.week" : "required");
    }

    /** What happens there; null for what is off, and where the kind says nothing and nobody is asked to come. */
    String expect(String language, CourtHearing h, boolean required) {
        if (!h.listed()) {
            return null;
        }
        if (required && h.kind() != HearingKind.TRIAL_WITHOUT_WITNESSES) {
            return text(language, h.kind() == HearingKind.TRIAL ? "expect.required.trial" : "expect.required.other");
        }
        return h.kind() == HearingKind.OTHER ? null : text(language, "expect." + h.kind().wireName());
    }

    String asAt(String language, Instant saidAt) {
        return text(language, "as_at").replace("{day}", mutated(day(language, saidAt.atZone(WorkingDays.LONDON).toLocalDate())))
            .replace("{time}", time(saidAt));
    }

    /** Null where there is nothing else to say. */
    String note(String language, CourtHearing h, boolean required) {
        var notes = new ArrayList<String>();
        if (h.listOnly() && h.listed()) {
            notes.add(text(language, "note.list_only"));
        }
        if (h.kind() == HearingKind.TRIAL_WITHOUT_WITNESSES && !required) {
            notes.add(text(language, "note.no_witnesses"));
        }
        if (h.version() > 1 && h.listed()) {
            notes.add(text(language, "note.changed"));
        }
        return notes.isEmpty() ? null : String.join(" ", notes);
    }

    static String time(Instant at) {
        return TIME.format(at.atZone(WorkingDays.LONDON));
    }

    private static String day(String language, LocalDate day) {
        return DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", "cy".equals(language) ? Locale.of("cy", "GB") : Locale.UK).format(day);
    }

    /** 'On Tuesday' in Welsh softens the first letter: Dydd Mawrth, ar ddydd Mawrth. English days have no such beginning. */
    private static String mutated(String day) {
        return day.startsWith("Dydd ") ? "ddydd " + day.substring(5) : day;
    }
}
