package uk.waymark.web.staff;

import uk.waymark.web.Words;

/** Texts of deciding on a new number or address. */
public enum StaffChangeText implements Words {
    LEAD,
    DECISION,
    ALLOW,
    HOLD,
    REFUSE,
    SAFE,
    SAFE_LEGEND,
    BECAUSE_HINT,
    DONE
}
