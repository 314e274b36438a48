package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.api.model.AttendanceChoice;
import uk.waymark.api.model.CourtFacts;
import uk.waymark.api.model.HearingHow;
import uk.waymark.api.model.HearingPerson;
import uk.waymark.api.model.HearingReached;
import uk.waymark.api.model.HearingState;
import uk.waymark.api.model.HearingTelling;
import uk.waymark.api.model.HearingWhat;
import uk.waymark.api.model.MyAnswer;
import uk.waymark.api.model.MyHearing;
import uk.waymark.api.model.StaffHearing;
import uk.waymark.courts.Court;
import uk.waymark.courts.Courts;

/** Court dates as the contract has them. */
@Singleton
final class HearingViews {
    private final CourtDateWords words;
    private final Courts courts;

    HearingViews(CourtDateWords words, Courts courts) {
        this.words = words;
        this.courts = courts;
    }

    /** @param said what the account answered last, or null; @param today in the UK */
    MyHearing mine(Connection c, HearingReader.Own own, HearingAnswers.Entry said, String language, LocalDate today) {
        CourtHearing h = own.hearing();
        boolean required = own.required() && h.listed();
        var shown = new MyHearing(h.id(), state(h), kind(h), words.kind(language, h.kind()), required,
            words.required(language, h, own.required(), past(h, today)), utc(h.saidAt()), words.asAt(language, h.saidAt()));
        shown.setStartsAt(utc(h.startsAt()));
        shown.setLocalDate(h.on());
        shown.setLocalTime(h.startsAt() == null ? null : CourtDateWords.time(h.startsAt()));
        shown.setWeekCommencing(h.weekOf());
        shown.setWhenWords(words.when(language, h));
        shown.setChanged(h.version() > 1 ? true : null);
        shown.setCourt(court(h, find(c, own.force(), h), language));
        shown.setExpect(past(h, today) ? null : words.expect(language, h, required));
        shown.setNote(words.note(language, h, required));
        shown.setVersion(h.version());
        shown.setAnswered(said == null ? null
            : new MyAnswer(AttendanceChoice.valueOf(said.answer().name()), utc(said.at()), said.version()));
        return shown;
    }

    StaffHearing staff(Connection c, HearingReader.Row row, String reference) {
        CourtHearing h = row.hearing();
        Optional<Court> court = find(c, row.force(), h);
        var shown = new StaffHearing(h.id(), h.caseId(), reference, state(h), kind(h), words.kind("en", h.kind()), court.isPresent(),
            h.listOnly(), h.quiet(), h.version(), utc(h.saidAt()), utc(h.takenInAt()), row.required());
        shown.setUnit(h.unit());
        shown.setStartsAt(utc(h.startsAt()));
        shown.setLocalDate(h.on());
        shown.setLocalTime(h.startsAt() == null ? null : CourtDateWords.time(h.startsAt()));
        shown.setWeekCommencing(h.weekOf());
        shown.setCourt(court(h, court, "en"));
        shown.setOuCode(h.ouCode());
        return shown;
    }

    HearingPerson person(HearingReader.Person p, List<HearingTold.Entry> told, int version) {
        var shown = new HearingPerson(p.person(), p.required(), p.shown(), told.stream().map(t -> telling(t, version)).toList());
        shown.setRequiredAt(utc(p.requiredAt()));
        shown.setDewarnedAt(utc(p.dewarnedAt()));
        return shown;
    }

    private static HearingTelling telling(HearingTold.Entry t, int version) {
        var shown = new HearingTelling(HearingWhat.fromValue(wire(t.what())), HearingHow.fromValue(wire(t.how())),
            HearingReached.fromValue(wire(t.state())), utc(t.at()), t.version() == version);
        shown.setBy(t.by());
        return shown;
    }

    private Optional<Court> find(Connection c, UUID force, CourtHearing h) {
        return courts.find(c, force, h.ouCode(), h.court());
    }

    /** What the source wrote, and what the force knows of the building; null where neither names a court. */
    private static CourtFacts court(CourtHearing h, Optional<Court> known, String language) {
        if (known.isEmpty() && h.court() == null) {
            return null;
        }
        var shown = new CourtFacts(known.map(k -> k.name(language)).orElse(h.court()));
        shown.setRoom(h.room());
        shown.setAddress(known.map(Court::address).orElse(h.address()));
        shown.setEntrance(known.map(k -> k.entrance(language)).orElse(null));
        shown.setMap(known.map(Court::map).map(URI::create).orElse(null));
        shown.setTravel(known.map(k -> k.travel(language)).orElse(null));
        shown.setPhone(known.map(Court::phone).orElse(null));
        return shown;
    }

    static boolean past(CourtHearing h, LocalDate today) {
        LocalDate last = h.on() != null ? h.on() : h.weekOf() == null ? null : h.weekOf().plusDays(6);
        return last != null && last.isBefore(today);
    }

    private static HearingState state(CourtHearing h) {
        return HearingState.fromValue(wire(h.state()));
    }

    private static uk.waymark.api.model.HearingKind kind(CourtHearing h) {
        return uk.waymark.api.model.HearingKind.fromValue(h.kind().wireName());
    }

    private static String wire(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static OffsetDateTime utc(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
