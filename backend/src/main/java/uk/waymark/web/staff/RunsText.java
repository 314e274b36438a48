package uk.waymark.web.staff;

import java.util.LinkedHashMap;
import java.util.Map;
import uk.waymark.web.Page;
import uk.waymark.web.Texts;
import uk.waymark.web.Words;

/** Texts of the pages on which staff remind many people at once. */
public enum RunsText implements Words {
    TITLE,
    NAV,
    SINCE,
    LEAD,
    FILE_TITLE,
    FILE,
    FILE_HINT,
    FILE_MISSING,
    FILE_BAD,
    CHECK_FILE,
    DAYS_TITLE,
    FROM,
    TO,
    UNIT,
    DAYS_BAD,
    CHECK_DAYS,
    NEWEST,
    NONE,
    STARTED,
    BY,
    SOURCE,
    SOURCE_FILE,
    SOURCE_LIST,
    STATE,
    RUNNING,
    FINISHED,
    STOPPED,
    CHECKED_TITLE,
    WOULD_SEND,
    HELD_OUT,
    BAD,
    SKIPPED,
    IGNORED,
    NOTHING_SENT_YET,
    START,
    START_GONE,
    OTHER_LIST,
    NOT_SENT,
    LINE,
    REFERENCE,
    WHAT_TO_DO,
    LINES_OF,
    MORE_LINES,
    LINES_BEFORE,
    TABLE,
    RUN_TITLE,
    PROGRESS,
    LOOK_AGAIN,
    STOP,
    STOP_OTHER,
    RESULTS,
    OF_CORRECTION,
    CORRECT_TITLE,
    CORRECT_LEAD,
    WRONG,
    WRONG_DATE,
    WRONG_TIME,
    WRONG_COURT,
    WRONG_MISSING,
    TIME,
    COURT,
    CORRECT_BAD,
    CORRECT,
    BUSY;

    /** What a run can have said wrongly, by the API's names. */
    public static Map<String, String> wrong(Page page) {
        var words = new LinkedHashMap<String, String>();
        words.put("date", page.t(WRONG_DATE));
        words.put("time", page.t(WRONG_TIME));
        words.put("court", page.t(WRONG_COURT));
        return words;
    }

    /** How a line stands, in words. @param state as the API has it */
    static String ofRow(Page page, String state) {
        return Texts.file("rows", page.lang()).text(state, state.replace('_', ' '));
    }
}
