package uk.waymark.hearings;

import io.micronaut.http.HttpResponse;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.waymark.api.model.HearingHow;
import uk.waymark.api.model.HearingKind;
import uk.waymark.api.model.HearingReached;
import uk.waymark.api.model.HearingWhat;
import uk.waymark.api.model.QueueItemKind;
import uk.waymark.api.model.StandingAnswer;
import uk.waymark.api.model.StandingChoice;
import uk.waymark.api.model.StandingHearingState;
import uk.waymark.api.model.StandingLine;
import uk.waymark.api.model.StandingList;
import uk.waymark.api.model.StandingNext;
import uk.waymark.api.model.StandingState;
import uk.waymark.api.model.StandingStep;
import uk.waymark.api.model.StandingTold;
import uk.waymark.hearings.PersonStanding.Next;
import uk.waymark.hearings.Weeks.Line;
import uk.waymark.platform.DataFile;
import uk.waymark.platform.Html;
import uk.waymark.platform.WorkingDays;

/** The list of a week as the contract has it, as a table and on paper. Staff read it; the words are {@code hearings/week.properties}. */
@Singleton
final class WeekViews {
    private static final List<String> NAMES = List.of("date", "time", "week_commencing", "court", "crime_reference", "name", "person_id",
        "hearing_id", "hearing_state", "state", "told_what", "told_how", "told_state", "told_at", "told_by", "answer", "answered_at",
        "next", "next_at", "item_id", "item_kind", "claimed_by", "unconfirmed_answer", "unconfirmed_at", "held_out", "acts_for");
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.UK).withZone(WorkingDays.LONDON);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM", Locale.UK);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(WorkingDays.LONDON);
    private final DataFile words = DataFile.of("/hearings/week.properties");

    StandingList list(List<Line> lines, String cursor) {
        return new StandingList(lines.stream().map(this::line).toList(), cursor);
    }

    StandingLine line(Line l) {
        CourtHearing h = l.row().hearing();
        PersonStanding s = l.row().standing();
        var shown = new StandingLine(h.id(), h.caseId(), l.reference(), l.row().seat().person(), l.row().required(),
            StandingHearingState.fromValue(wire(h.state())), HearingKind.fromValue(h.kind().wireName()), h.version(),
            StandingState.fromValue(wire(s.state())), next(s.next()));
        shown.setName(l.name());
        shown.setActsFor(l.actsFor().isEmpty() ? null : l.actsFor());
        shown.setUnit(h.unit());
        shown.setLocalDate(h.on());
        shown.setLocalTime(h.startsAt() == null ? null : TIME.format(h.startsAt()));
        shown.setWeekCommencing(h.weekOf());
        shown.setCourt(h.court());
        shown.setTold(told(s.told(), h.version()));
        shown.setAnswer(answer(s.answer()));
        shown.setUnconfirmed(answer(l.row().unconfirmed()));
        shown.setHeldOut(l.row().heldOut() ? true : null);
        return shown;
    }

    private static StandingAnswer answer(HearingAnswers.Entry a) {
        return a == null ? null : new StandingAnswer(StandingChoice.fromValue(wire(a.answer())), utc(a.at()), a.confirmed());
    }

    private StandingNext next(Next n) {
        var shown = new StandingNext(StandingStep.fromValue(wire(n.step())), words.text("next." + wire(n.step())));
        shown.setAt(utc(n.at()));
        if (n.item() != null) {
            shown.setItemId(n.item().id());
            shown.setItemKind(QueueItemKind.fromValue(n.item().kind()));
            shown.setClaimedBy(n.item().claimedBy());
        }
        return shown;
    }

    private static StandingTold told(HearingTold.Entry t, int version) {
        if (t == null) {
            return null;
        }
        var shown = new StandingTold(HearingWhat.fromValue(wire(t.what())), HearingHow.fromValue(wire(t.how())),
            HearingReached.fromValue(wire(t.state())), utc(t.at()), t.version() == version);
        shown.setBy(t.by());
        return shown;
    }

    /** The names first. */
    List<List<?>> table(List<Line> lines) {
        var rows = new ArrayList<List<?>>(List.of(NAMES));
        lines.forEach(l -> rows.add(cells(l)));
        return rows;
    }

    private List<?> cells(Line l) {
        CourtHearing h = l.row().hearing();
        PersonStanding s = l.row().standing();
        HearingTold.Entry t = s.told();
        Next n = s.next();
        return Arrays.asList(h.on(), h.startsAt() == null ? null : TIME.format(h.startsAt()), h.weekOf(), h.court(), l.reference(), l.name(),
            l.row().seat().person(), h.id(), wire(h.state()), wire(s.state()), t == null ? null : wire(t.what()), t == null ? null : wire(t.how()),
            t == null ? null : wire(t.state()), t == null ? null : t.at(), t == null ? null : t.by(),
            s.answer() == null ? null : wire(s.answer().answer()), s.answer() == null ? null : s.answer().at(), wire(n.step()), n.at(),
            n.item() == null ? null : n.item().id(), n.item() == null ? null : n.item().kind(), n.item() == null ? null : n.item().claimedBy(),
            l.row().unconfirmed() == null ? null : wire(l.row().unconfirmed().answer()),
            l.row().unconfirmed() == null ? null : l.row().unconfirmed().at(), l.row().heldOut(),
            l.actsFor().isEmpty() ? null : String.join("; ", l.actsFor()));
    }

    /** Black on white, one line a person, and room to write on. */
    HttpResponse<String> print(String title, List<Line> lines, Instant now) {
        var page = new Html().raw("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">").element("title", title)
            .raw("</head><body>").element("h1", title).element("p", "As at " + SHORT.format(now) + ". " + lines.size() + " people.")
            .raw("<table border=\"1\" cellpadding=\"4\"><thead><tr>");
        List.of("When", "Court", "Reference", "Name", "State", "Told", "What happens next", "Notes")
            .forEach(name -> page.element("th scope=\"col\"", name));
        page.raw("</tr></thead><tbody>");
        for (Line l : lines) {
            CourtHearing h = l.row().hearing();
            PersonStanding s = l.row().standing();
            page.raw("<tr>");
            List.of(when(h), text(h.court()), text(l.reference()), named(l), state(l),
                s.told() == null ? "" : words.text("how." + wire(s.told().how())) + ", " + words.text("reached."
                    + wire(s.told().state())) + ", " + SHORT.format(s.told().at()),
                words.text("next." + wire(s.next().step())) + (s.next().at() == null ? "" : ": " + SHORT.format(s.next().at())), "")
                .forEach(cell -> page.element("td", cell));
            page.raw("</tr>");
        }
        return page.raw("</tbody></table>").answer();
    }

    private static String when(CourtHearing h) {
        return h.startsAt() != null ? SHORT.format(h.startsAt()) : h.on() != null ? DAY.format(h.on())
            : h.weekOf() != null ? "the week of " + DAY.format(h.weekOf()) : "not known yet";
    }

    private static String named(Line l) {
        return text(l.name()) + (l.actsFor().isEmpty() ? "" : " (for " + String.join(", ", l.actsFor()) + ")");
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private String state(Line l) {
        String state = words.text("state." + wire(l.row().standing().state()));
        String beside = Stream.of(l.row().unconfirmed() == null ? null : "unconfirmed", l.row().heldOut() ? "held_out" : null)
            .filter(Objects::nonNull).map(words::text).collect(Collectors.joining("; "));
        return beside.isEmpty() ? state : state + " (" + beside + ")";
    }

    static String wire(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static OffsetDateTime utc(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
