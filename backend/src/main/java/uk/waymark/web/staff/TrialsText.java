package uk.waymark.web.staff;

import uk.waymark.web.Words;

/** Texts of the pages of experiments with reminders. */
public enum TrialsText implements Words {
    TITLE,
    LEAD,
    FIGURES,
    NONE,
    DAYS,
    SHARE,
    APPROVED,
    ENDED,
    PLANNED,
    RUNNING,
    OVER,
    STOPPED,
    END,
    PEOPLE,
    START_TITLE,
    FROM,
    TO,
    SHARE_OF,
    APPROVED_BY,
    START,
    BAD_DAYS,
    BAD_APPROVED,
    BAD_SHARE,
    ONE_ALREADY,
    KEPT,
    PEOPLE_NONE,
    PERSON,
    KIND,
    UNIT,
    DRAWN,
    AGAIN,
    AGAIN_SINCE,
    OPEN_CASE
}
