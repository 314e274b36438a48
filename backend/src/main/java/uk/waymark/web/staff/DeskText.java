package uk.waymark.web.staff;

import java.util.List;
import java.util.Set;
import uk.waymark.web.Page;
import uk.waymark.web.Texts;
import uk.waymark.web.Words;

/** Texts of what staff do about people: the queue, calls, messages, finding somebody, one case. */
public enum DeskText implements Words {
    DONE_COMPLETED,
    DONE_BACK,
    DONE_GIVEN,
    DONE_WRITTEN,
    DONE_CALL,
    DONE_SENT,
    DONE_HANDED,
    DONE_AWAY,
    FILTER_ABOUT,
    FILTER_ALL,
    FILTER_WHOSE,
    WHOSE_ALL,
    WHOSE_ME,
    WHOSE_NOBODY,
    FIRST,
    RAISED,
    GIVE,
    GIVE_TITLE,
    GIVE_BACK,
    TO,
    TO_HINT,
    TO_OTHER,
    TO_OTHER_HINT,
    CHOOSE_COLLEAGUE,
    TO_CHOOSE,
    TO_MISSING,
    TO_UNKNOWN,
    NOT_GIVEN,
    NOT_PUT_DOWN,
    NOT_DONE,
    YOU_WROTE,
    COPY_IT,
    NOTE_LONG,
    NO_MESSAGE,
    WORK_LINK,
    WORK_TITLE,
    WORK_CAPTION,
    HOW_MANY,
    LATE,
    MOVE_ALL,
    MOVE,
    MOVED,
    FROM,
    FROM_MISSING,
    CALLS_SO_FAR,
    LAST,
    BEFORE_RINGING,
    NO_NUMBER,
    PUT_DOWN,
    DECISION,
    DECISION_HINT,
    DECISION_MISSING,
    ANOTHER_CALL,
    NO_MORE_CALLS,
    BECAUSE,
    BECAUSE_MISSING,
    SIGNED_AT,
    LANGUAGE,
    READ_ALOUD,
    DOCUMENT,
    CONFIRM_WARNING,
    CONFIRM,
    CONFIRMED_YES,
    CONFIRMED_NO,
    CONFIRMED_MISSING,
    READ_AND_ANSWER,
    OTHERWISE,
    MESSAGES_TITLE,
    MESSAGES_NONE,
    MESSAGE_TITLE,
    MESSAGES,
    MESSAGES_NONE_HERE,
    NOT_WAITING,
    WAITS_SINCE,
    DANGER,
    DANGER_WARNING,
    ACKNOWLEDGE,
    ACKNOWLEDGED_AT,
    TO_OFFICER,
    TO_UNIT,
    UNREAD,
    IS_AWAY,
    COVERED_BY,
    OUT_OF_HOURS,
    READ,
    BE_SURE,
    REPLY,
    REPLY_HINT,
    SEND,
    BODY_MISSING,
    BODY_LONG,
    NEWEST_FIRST,
    THEY_WROTE,
    WE_WROTE,
    NOTICE,
    READ_AT,
    SAVE_FILE,
    MARK,
    MARK_NOTE,
    MARKED,
    PASSED_ON,
    OLDER,
    HAND_OVER,
    HAND_OVER_HINT,
    HAND_OVER_MISSING,
    COLLEAGUE,
    AWAY_TITLE,
    AWAY_LEAD,
    AWAY_SAID,
    AWAY_FROM,
    AWAY_FROM_MISSING,
    AWAY_BACK,
    AWAY_BACK_MISSING,
    AWAY_COVER,
    AWAY_COLLAR,
    COLLAR_WRONG,
    AWAY_SAVE,
    FIND_TITLE,
    WHO,
    WHO_HINT,
    WHO_MISSING,
    FOUND_NONE,
    FOUND_MORE,
    FLAGGED,
    ON_PHONES,
    CHANGED,
    DIED,
    INVITED,
    WEEK_OF,
    DATES,
    DATES_NONE,
    NEEDED,
    AS_AT,
    CALLS,
    CALLS_NONE,
    WRITTEN,
    WRITTEN_NONE,
    SENT,
    SENT_NONE,
    CASE_TITLE;

    /** How a call goes that somebody asked for, in the order in which it is offered. */
    public static final List<String> CALL_ENDS = List.of("spoken", "reached", "no_answer", "voicemail_left", "wrong_person", "unsafe_now",
        "not_needed");
    private static final Set<String> URGENT = Set.of("danger", "not_safe", "reply_help");

    /** Whether who is concerned comes before everybody else. @param reason of an item */
    public static boolean first(String reason) {
        return URGENT.contains(reason);
    }

    /** @param group of the queue, as the API has it */
    public static String ofGroup(Page page, String group) {
        return word(page, "group", group);
    }

    /** @param outcome of a call, as the API has it */
    public static String ofCall(Page page, String outcome) {
        return word(page, "call", outcome);
    }

    /** @param state of a message that was sent */
    public static String ofSent(Page page, String state) {
        return word(page, "sent", state);
    }

    /** @param state of a signed statement */
    public static String ofState(Page page, String state) {
        return word(page, "state", state);
    }

    /** @param reading who is to read it aloud */
    public static String ofReading(Page page, String reading) {
        return word(page, "reading", reading);
    }

    /** @param what role, stage, date, about, asked, invitation, safe or file @param value as the API has it */
    public static String word(Page page, String what, String value) {
        return Texts.file("words-of-staff", page.lang()).text(what + '.' + value, value.replace('_', ' '));
    }
}
