package uk.waymark.web.staff;

import java.util.Map;
import uk.waymark.api.model.QueueItem;
import uk.waymark.api.model.StaffCallBack;
import uk.waymark.api.model.StaffStatement;

/**
 * An item that somebody has taken on, with what its kind needs.
 *
 * @param outcomes  its ends, value to words
 * @param call      the call that is asked for, or null
 * @param statement the signed statement that it is about, or null
 */
public record StaffItem(QueueItem item, Map<String, String> outcomes, StaffCallBack call, StaffStatement statement) {

    public String kind() {
        return item.getKind().getValue();
    }

    /** Whether a supervisor decides on what somebody rang for in vain. */
    public boolean toDecide() {
        return kind().equals("call_back_failed");
    }

    public boolean toConfirm() {
        return kind().equals("statement_to_confirm");
    }

    /** Whether it is about a new number or address, which staff allow, hold or refuse. */
    public boolean change() {
        return item.getSubjectId() != null && (kind().equals("contact_change")
            || kind().equals("suspect_number_match") && item.getReason().equals("held_for_suspect"));
    }

    /** Whether it is put down for each person what came of a date. */
    public boolean came() {
        return kind().equals("outcome_to_record") && item.getSubjectId() != null;
    }

    public boolean conversation() {
        return kind().startsWith("message_to_") || kind().equals("message_danger");
    }

    /** Whether it may be completed here, by how it went; the API refuses that while something is yet to be decided or put down. */
    public boolean completed() {
        return call == null && !toDecide() && !toConfirm();
    }

    /** Without words or numbers. */
    @Override
    public String toString() {
        return "StaffItem[" + kind() + "]";
    }
}
