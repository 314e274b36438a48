package uk.waymark.web.staff;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import uk.waymark.api.model.StandingHearingState;
import uk.waymark.api.model.StandingLine;
import uk.waymark.api.model.StandingList;
import uk.waymark.web.Page;
import uk.waymark.web.Texts;
import uk.waymark.web.Visit;

/**
 * One person and one date, in words.
 *
 * @param href   where what was said is put down
 * @param date   where the whole list of the date is
 * @param name   with whom they act for: the one who has to be there may be that child
 * @param heldOut that an experiment leaves them without extra reminders; empty where none does
 * @param colour of the tag of how they stand, as GOV.UK Frontend names it; the words beside it say the same
 */
public record PersonLine(String href, String date, String name, String when, String where, String reference, String colour, String standing,
                         String told, String said, String heldOut, String next) {

    private static final ZoneId UK = ZoneId.of("Europe/London");

    static PersonLine of(Page page, StandingLine line) {
        String date = "/staff/dates/" + line.getHearingId();
        String own = line.getName() == null ? line.getCrimeReference() : line.getName();
        String name = line.getActsFor() == null || line.getActsFor().isEmpty() ? own
            : page.t(WeekText.ACTS_FOR, own, String.join(", ", line.getActsFor()));
        return new PersonLine(date + "/people/" + line.getPersonId(), date, name, when(page, line),
            line.getCourt() == null ? "" : line.getCourt(), line.getCrimeReference(), colour(line),
            StaffText.ofStanding(page, line.getState().getValue()), told(page, line), said(page, line),
            Boolean.TRUE.equals(line.getHeldOut()) ? page.t(WeekText.HELD_OUT) : "",
            WeekText.ofStep(page, line.getNext().getStep().getValue()) + (line.getNext().getAt() == null ? "" : " " + page.moment(line.getNext().getAt())));
    }

    /** Everybody of a list, however many pages it has. @param list its address in the API, with a question mark in it */
    static List<PersonLine> all(Visit visit, String list) {
        var lines = new ArrayList<PersonLine>();
        String cursor = null;
        do {
            StandingList some = visit.api().get(list + "&limit=100" + (cursor == null ? "" : "&cursor=" + Visit.encode(cursor)), StandingList.class)
                .orRefuse();
            some.getItems().forEach(line -> lines.add(of(visit.page(), line)));
            cursor = some.getNextCursor();
        } while (cursor != null);
        return lines;
    }

    static String when(Page page, StandingLine line) {
        String day = line.getLocalDate() != null && line.getLocalTime() != null
            ? page.moment(line.getLocalDate().atTime(LocalTime.parse(line.getLocalTime())).atZone(UK).toOffsetDateTime())
            : line.getLocalDate() != null ? page.day(line.getLocalDate())
            : line.getWeekCommencing() != null ? page.t(WeekText.WEEK_OF, page.day(line.getWeekCommencing()))
            : page.t(StaffText.DAY_UNKNOWN);
        return line.getHearingState() == StandingHearingState.LISTED ? day : day + ". " + page.t(WeekText.VACATED);
    }

    private static String told(Page page, StandingLine line) {
        var told = line.getTold();
        if (told == null) {
            return "";
        }
        String words = WeekText.ofWay(page, told.getHow().getValue()) + ", " + WeekText.ofWay(page, told.getState().getValue()) + ", "
            + page.moment(told.getAt());
        return Boolean.TRUE.equals(told.getCurrent()) ? words : page.t(WeekText.TOLD_OLD, words);
    }

    private static String said(Page page, StandingLine line) {
        if (line.getUnconfirmed() != null) {
            return page.t(WeekText.UNCONFIRMED, words(page, line.getUnconfirmed().getAnswer().getValue()));
        }
        return line.getAnswer() == null ? "" : words(page, line.getAnswer().getAnswer().getValue());
    }

    private static String words(Page page, String answer) {
        return Texts.of(WeekText.valueOf(answer.toUpperCase(java.util.Locale.ROOT)), page.lang());
    }

    private static String colour(StandingLine line) {
        return switch (line.getState()) {
            case CONFIRMED -> "green";
            case TOLD -> "blue";
            case CANNOT, NO_SAFE_CHANNEL -> "red";
            case NOT_TOLD, NO_ANSWER -> "yellow";
            case DE_WARNED -> "grey";
        };
    }
}
