package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import uk.waymark.api.model.Case;
import uk.waymark.api.model.CaseSummary;
import uk.waymark.api.model.CourtDate;
import uk.waymark.api.model.CourtShown;
import uk.waymark.api.model.ForceSummary;
import uk.waymark.api.model.Language;
import uk.waymark.api.model.Officer;
import uk.waymark.api.model.ParticipantRole;
import uk.waymark.api.model.Stage;
import uk.waymark.api.model.StageCode;
import uk.waymark.api.model.TimelineEntry;
import uk.waymark.api.model.TimelineEntryKind;
import uk.waymark.api.model.Unit;
import uk.waymark.cases.CaseState.Words;
import uk.waymark.feeds.AsAtWords;
import uk.waymark.feeds.Silence;

/** Cases and entries as their reader's role and language see them; the contract's table {@code x-what-a-role-sees}. */
@Singleton
final class CaseViews {
    private final CaseWords words;
    private final Sensitive sensitive;
    private final AsAtWords asAtWords;

    CaseViews(CaseWords words, Sensitive sensitive, AsAtWords asAtWords) {
        this.words = words;
        this.sensitive = sensitive;
        this.asAtWords = asAtWords;
    }

    /** @param silence null where the case is up to date */
    CaseSummary summary(CaseReader.Row row, Silence.AsAt silence, String language) {
        var shown = new CaseSummary(row.id(), row.crimeReference(), force(row, language), ParticipantRole.fromValue(row.role()),
            stage(row, language), row.updatedAt().atOffset(ZoneOffset.UTC));
        if (silence != null) {
            shown.asAt(silence.asAt().atOffset(ZoneOffset.UTC)).asAtNote(asAtWords.note(language, silence));
        }
        return shown;
    }

    /** @param silence null where the case is up to date */
    Case full(CaseReader.Row row, Silence.AsAt silence, String language) {
        var shown = new Case(row.id(), row.crimeReference(), force(row, language), ParticipantRole.fromValue(row.role()),
            stage(row, language), row.updatedAt().atOffset(ZoneOffset.UTC));
        CaseState.Facts facts = row.facts();
        if (!row.witness()) {
            shown.setUnit(unit(facts.unit()));
            shown.setOffence(in(facts.offence(), language));
            shown.setOfficer(officer(facts.officer()));
            shown.setLiaisonOfficer(officer(facts.liaisonOfficer()));
            shown.setUrns(facts.urns());
        }
        if (row.gated()) {
            shown.setToldInPerson(toldBy(row, language));
        }
        if (silence != null) {
            shown.asAt(silence.asAt().atOffset(ZoneOffset.UTC)).asAtNote(asAtWords.note(language, silence));
        }
        return shown;
    }

    private String toldBy(CaseReader.Row row, String language) {
        CaseState.Officer officer = row.facts().liaisonOfficer() != null ? row.facts().liaisonOfficer() : row.facts().officer();
        return row.witness() || officer == null || officer.name() == null ? words.text(language, "told_in_person.unnamed")
            : words.text(language, "told_in_person").replace("{who}", officer.name());
    }

    /** As it stands in the timeline: of what may be hard to read, only that there is news. */
    TimelineEntry entry(CaseReader.EntryRow row, String language) {
        if (!sensitive.is(row.kind())) {
            return whole(row, language);
        }
        var entry = new TimelineEntry(row.id(), row.occurredAt().atOffset(ZoneOffset.UTC), TimelineEntryKind.fromValue(row.kind()),
            words.text(language, "sensitive." + row.kind()));
        entry.setSensitive(true);
        return entry;
    }

    TimelineEntry whole(CaseReader.EntryRow row, String language) {
        CaseState.Body body = row.body();
        var entry = new TimelineEntry(row.id(), row.occurredAt().atOffset(ZoneOffset.UTC), TimelineEntryKind.fromValue(row.kind()),
            words.headline(language, row.kind(), body));
        // the second of whom nobody else is known gives the first away, of whom the reader may not have been told
        boolean alone = body.suspectNumber() == null || body.suspectNumber() == 1;
        entry.setSuspectNumber(alone || Boolean.TRUE.equals(body.severalSuspects()) ? body.suspectNumber() : null);
        if (sensitive.is(row.kind())) {
            entry.setSensitive(true);
        }
        if (body.hearing() != null && row.kind().startsWith("hearing_")) {
            entry.setHearing(hearing(body.hearing(), language));
        }
        if (Boolean.TRUE.equals(body.heldBack())) {
            entry.setHeldBack(true);
            entry.setDetail(words.text(language, "held_back"));
            entry.setDetailLanguage(Language.fromValue(language));
        } else if (body.detail() != null) {
            String detail = in(body.detail(), language);
            String written = detail.equals(own(body.detail(), language)) ? language : "cy".equals(language) ? "en" : "cy";
            entry.setDetail(detail);
            entry.setDetailLanguage(Language.fromValue(written));
            if (!written.equals(language)) {
                entry.setLanguageNote(words.text(language, "missing_language"));
            }
        }
        return entry;
    }

    private CourtDate hearing(CaseState.Hearing hearing, String language) {
        var shown = new CourtDate(
            uk.waymark.api.model.HearingKind.fromValue(HearingKind.of(hearing.kind()).wireName()),
            words.asAt(language, hearing));
        shown.setKindWords(words.kindWords(language, hearing));
        if (hearing.startsAt() != null) {
            shown.setStartsAt(OffsetDateTime.parse(hearing.startsAt()).withOffsetSameInstant(ZoneOffset.UTC));
            shown.setLocalTime(CaseWords.localTime(hearing));
        }
        shown.setLocalDate(HearingDays.day(hearing));
        if (shown.getLocalDate() == null && hearing.weekCommencing() != null) {
            shown.setWeekCommencing(LocalDate.parse(hearing.weekCommencing()));
        }
        if (hearing.court() != null) {
            var court = new CourtShown(hearing.court());
            court.setRoom(hearing.room());
            shown.setCourt(court);
        }
        shown.setAsAt(OffsetDateTime.parse(hearing.asAt()).withOffsetSameInstant(ZoneOffset.UTC));
        shown.setNote(words.note(language, hearing));
        return shown;
    }

    private static ForceSummary force(CaseReader.Row row, String language) {
        return new ForceSummary(row.forceCode(), "cy".equals(language) ? row.forceCy() : row.forceEn());
    }

    private Stage stage(CaseReader.Row row, String language) {
        // a witness is not told by a code what the words keep from them
        String code = row.witness() && ("charged".equals(row.stage()) || "reported".equals(row.stage())) ? "investigation"
            : row.witness() && "appeal".equals(row.stage()) ? "sentenced" : row.stage();
        return new Stage(StageCode.fromValue(code), words.stage(language, row.stage(), row.witness()),
            Language.fromValue(language));
    }

    static Officer officer(CaseState.Officer officer) {
        if (officer == null) {
            return null;
        }
        var shown = new Officer(officer.name());
        shown.setCollarNumber(officer.collarNumber());
        shown.setTeam(officer.team());
        return shown;
    }

    static Unit unit(CaseState.Unit unit) {
        return unit == null ? null : new Unit(unit.code(), unit.name());
    }

    /** In the language asked for; the other where it is missing. */
    static String in(Words words, String language) {
        if (words == null) {
            return null;
        }
        String own = own(words, language);
        return own != null ? own : words.en() != null ? words.en() : words.cy();
    }

    private static String own(Words words, String language) {
        return "cy".equals(language) ? words.cy() : words.en();
    }
}
