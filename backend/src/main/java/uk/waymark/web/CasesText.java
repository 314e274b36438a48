package uk.waymark.web;

/** Texts of a person's own cases. */
public enum CasesText implements Words {
    NONE,
    CASE,
    CASE_TITLE,
    NOW,
    NEXT,
    NEXT_BY,
    NEXT_UNKNOWN,
    NEXT_CLOSED,
    NEXT_DATE,
    OFFICER,
    LIAISON,
    UNIT,
    REFERENCE,
    HAPPENED,
    NOTHING_YET,
    MAY_BE_HARD,
    READ_IT,
    CORRECTED,
    HELD_BACK,
    NEWS_TITLE
}
