package uk.waymark.web.staff;

import java.util.List;
import uk.waymark.api.model.ReminderRunPreview;

/**
 * What would become of a list of reminders, a page of it.
 *
 * @param list   the list itself, sealed, to go on with
 * @param rows   the lines of this page that would not be sent
 * @param number of this page, from 0
 * @param of     how many lines would not be sent, in all
 */
public record Checked(String list, ReminderRunPreview preview, List<List<String>> rows, int number, int of) {
    static final int PAGE = 100;

    /** How many of those who would be reminded an experiment leaves without. */
    public long heldOut() {
        return preview.getLines().stream().filter(l -> Boolean.TRUE.equals(l.getHeldOut())).count();
    }

    public int first() {
        return number * PAGE + 1;
    }

    public int last() {
        return number * PAGE + rows.size();
    }

    /** Without the list. */
    @Override
    public String toString() {
        return "Checked[" + of + "]";
    }
}
