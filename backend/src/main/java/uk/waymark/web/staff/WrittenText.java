package uk.waymark.web.staff;

import uk.waymark.web.Words;

/** Texts of the page on which staff put down what they were told of statements, and where others are kept. */
public enum WrittenText implements Words {
    LINK,
    TITLE,
    LEAD,
    WHOSE,
    WHOSE_MISSING,
    OFFER_TITLE,
    OFFER,
    OFFER_MISSING,
    WANTED,
    NOT_NOW,
    DECLINED,
    SAVE_OFFER,
    KEPT_TITLE,
    KEPT_LEAD,
    MEDIUM,
    MEDIUM_MISSING,
    RECORDED,
    ON_PAPER,
    TAKEN_BY_OFFICER,
    TRANSLATION,
    WHERE,
    WHERE_HINT,
    WHERE_MISSING,
    MADE,
    MADE_HINT,
    MADE_MISSING,
    LANGUAGE,
    LANGUAGE_OPEN,
    LANGUAGE_MISSING,
    ONLY_TRANSLATION,
    TRANSLATES,
    TRANSLATES_NONE,
    TRANSLATES_MISSING,
    TRANSLATOR,
    SAVE_KEPT,
    DONE_OFFERED,
    DONE_KEPT
}
