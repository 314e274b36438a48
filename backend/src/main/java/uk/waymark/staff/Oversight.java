package uk.waymark.staff;

import java.util.Set;
import uk.waymark.platform.Caller;

/** What supervisors look into; nobody what they did themselves. Administrators look into what supervisors did, and nothing else. */
final class Oversight {
    private static final Set<String> KINDS = Set.of("break_glass", "unusual_reading", "template_to_approve", "template_rolled_back");
    private static final Set<String> WORK = Set.of("witness_care", "victim_care", "officer", "supervisor");

    private Oversight() { }

    static String[] kinds() {
        return KINDS.toArray(String[]::new);
    }

    /** Whether this member sees alerts about supervisors and nothing else of the queue: a force may have one supervisor only. */
    static boolean only(Caller.Staff staff) {
        return staff.roles().stream().noneMatch(WORK::contains);
    }

    static boolean opens(Caller.Staff staff, String kind, boolean aboutSupervisor) {
        if (only(staff)) {
            return KINDS.contains(kind) && aboutSupervisor;
        }
        return staff.supervises() || !KINDS.contains(kind);
    }
}
