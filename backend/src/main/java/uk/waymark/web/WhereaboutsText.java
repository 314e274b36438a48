package uk.waymark.web;

/** Texts of a new number or address. */
public enum WhereaboutsText implements Words {
    TITLE,
    LEAD,
    FRESH,
    KIND,
    KIND_MOBILE,
    KIND_EMAIL,
    KIND_POSTAL_ADDRESS,
    KIND_MISSING,
    WHERE,
    WHERE_HINT,
    WHERE_MOBILE,
    WHERE_EMAIL,
    WHERE_POSTAL_ADDRESS,
    OTHERS_OUT,
    SEND,
    BEGUN,
    ONE_TITLE,
    BEGUN_AT,
    STATE_RECEIVED,
    STATE_CHECKING,
    STATE_DONE,
    STATE_ENDED,
    CODE,
    CODE_ERROR,
    ENTER,
    CANCEL
}
