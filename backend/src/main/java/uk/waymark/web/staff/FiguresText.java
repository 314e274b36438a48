package uk.waymark.web.staff;

import uk.waymark.web.Page;
import uk.waymark.web.Texts;
import uk.waymark.web.Words;

/** Texts of the pages with figures. */
public enum FiguresText implements Words {
    TITLE,
    WHICH,
    MESSAGES,
    CALLS,
    REMINDERS,
    FROM,
    TO,
    BY,
    BY_DAY,
    BY_PROVIDER,
    BY_CHANNEL,
    BY_TEMPLATE,
    BY_TOTAL,
    SHOW,
    BAD_DAYS,
    OF,
    NONE,
    PLOT,
    TABLE,
    TAKE,
    DELIVERED,
    OPEN,
    FAILED,
    NOT_SENT,
    SENT,
    UNKNOWN,
    EXPIRED,
    WITHHELD,
    SEGMENTS,
    COST,
    HALF,
    MOST,
    SECONDS,
    KEY,
    UNIT,
    ALL_UNITS,
    NO_UNIT,
    ASKED,
    MET,
    NOT_MET,
    ATTEMPTS,
    NOT_REACHED,
    SMALL,
    HIDDEN,
    SIDE,
    PEOPLE,
    CAME,
    STAYED_AWAY,
    OF_100,
    REMINDED,
    HELD_OUT,
    BOTH,
    COUNTED,
    DIFFERENCE,
    INTERVAL,
    ZERO;

    /** What a line of a report is about, in words. @param key as the API has it */
    static String ofKey(Page page, String key) {
        return Texts.file("figure-keys", page.lang()).text(key, key);
    }
}
