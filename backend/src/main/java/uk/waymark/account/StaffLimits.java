package uk.waymark.account;

import jakarta.inject.Singleton;
import uk.waymark.platform.Caller;

/** How often a member of staff may do what tells about people in numbers. */
@Singleton
public final class StaffLimits {
    private final Limits limits;

    StaffLimits(Limits limits) {
        this.limits = limits;
    }

    /** Counts one search for people. @throws uk.waymark.platform.ProblemException 429 with Retry-After */
    public void search(Caller.Staff staff) {
        limits.count(new Limits.Counted(Limits.Kind.SEARCHES_OF_STAFF, staff.force() + " " + staff.subject()));
    }
}
