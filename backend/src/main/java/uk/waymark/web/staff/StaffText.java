package uk.waymark.web.staff;

import uk.waymark.web.Page;
import uk.waymark.web.Texts;
import uk.waymark.web.Words;

/** Texts of the pages of staff. */
public enum StaffText implements Words {
    SIGN_IN_TITLE,
    CHOOSE_FORCE,
    SIGNED_OUT_TITLE,
    SIGNED_OUT_KEPT,
    SIGN_IN_NEW_TAB,
    SIGN_IN_AGAIN,
    QUEUE_TITLE,
    QUEUE_CAPTION,
    QUEUE_EMPTY,
    SHOW_RAISED,
    SHOW_ALL,
    WHAT,
    WHY,
    DUE,
    WHO_HAS_IT,
    TAKE_ON,
    OPEN,
    TAKEN_TITLE,
    OUTCOME,
    OUTCOME_MISSING,
    NOTE,
    NOTE_HINT,
    COMPLETE,
    OPEN_CASE,
    FIND,
    FOUND,
    REFERENCE,
    REASON,
    REASON_HINT,
    REASON_MISSING,
    REASON_WORDS,
    OFFENCE,
    OFFICER,
    STAGE,
    FLAGS,
    PEOPLE,
    NAME,
    PART,
    NUMBER,
    SAFE,
    SIGNED_UP,
    YES,
    NO,
    HELD_BACK,
    RETRACTED,
    WEEKS,
    WEEK_TITLE,
    WEEK_BEFORE,
    WEEK_AFTER,
    WEEK_EMPTY,
    WEEK_CAPTION,
    WHEN,
    WHERE,
    STANDING,
    NEXT,
    DAY_UNKNOWN;

    /** What has to be done, in words; a kind that has none yet by its own name. @param kind of a work item, in snake_case */
    public static String ofKind(Page page, String kind) {
        return Texts.file("kinds", page.lang()).text(kind, kind.replace('_', ' '));
    }

    /** How somebody stands to a date, in words. @param state as the API has it */
    public static String ofStanding(Page page, String state) {
        return Texts.file("standings", page.lang()).text(state, state.replace('_', ' '));
    }
}
