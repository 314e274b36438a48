package uk.waymark.web.staff;

import uk.waymark.web.Page;
import uk.waymark.web.Texts;
import uk.waymark.web.Words;

/** Texts of the list of a week, of a date, and of one person on it. */
public enum WeekText implements Words {
    ALL_UNITS,
    SHOW,
    WEEK_OF_DAY,
    PRINT,
    PRINTED,
    NOTES,
    TABLE,
    REMIND,
    DATE_TITLE,
    DATE_EMPTY,
    ACTS_FOR,
    TOLD,
    TOLD_OLD,
    SAID,
    UNCONFIRMED,
    HELD_OUT,
    WEEK_OF,
    PUT_DOWN,
    PERSON_BACK,
    PERSON_TITLE,
    CONTACT_TITLE,
    HOW,
    HOW_CALL,
    HOW_LETTER,
    HOW_IN_PERSON,
    HOW_MISSING,
    OUTCOME,
    OUTCOME_MISSING,
    NOTE,
    NOTE_HINT,
    SAVE_CONTACT,
    ANSWER_TITLE,
    ANSWER,
    ANSWER_MISSING,
    YES,
    CANNOT,
    NEED_TO_TALK,
    REASON,
    SAVE_ANSWER,
    MOVED,
    NOT_TAKEN,
    KEPT,
    VACATED;

    /** What happens next. @param step as the API has it */
    static String ofStep(Page page, String step) {
        return Texts.file("nexts", page.lang()).text(step, step.replace('_', ' '));
    }

    /** By which way somebody was told, in words. @param how as the API has it */
    static String ofWay(Page page, String how) {
        return Texts.file("ways", page.lang()).text(how, how.replace('_', ' '));
    }
}
