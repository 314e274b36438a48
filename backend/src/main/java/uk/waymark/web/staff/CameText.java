package uk.waymark.web.staff;

import uk.waymark.web.Words;

/** Texts of putting down what came of a court date. */
public enum CameText implements Words {
    TITLE,
    LEAD,
    LINK,
    OPEN,
    ATTENDED_HEARD,
    ATTENDED_NOT_NEEDED,
    DID_NOT_ATTEND,
    DID_NOT_GO_AHEAD,
    NOT_KNOWN,
    SAVE,
    NOBODY,
    UNNAMED,
    NOTHING_CHOSEN,
    NOT_YET,
    NOT_TAKEN,
    DONE
}
