package uk.waymark.cases;

import java.util.Collection;
import java.util.Set;

/** What the force marks a case with. An unknown flag is kept and treated as a safety flag. */
final class Flags {
    /** Known flags that say nothing of safety; everything else does. */
    private static final Set<String> NOT_SAFETY =
        Set.of("hate_crime", "bereaved", "family_liaison", "child", "restricted_access", "reporting_restriction");

    /** Who is the suspect, or whose case it is, could be a colleague of those who would read it. */
    private static final Set<String> RESTRICTED = Set.of("restricted_access", "police_suspect");
    static final String FAMILY_LIAISON = "family_liaison";
    static final String REPORTING_RESTRICTION = "reporting_restriction";

    private Flags() { }

    static boolean restricted(Collection<String> flags) {
        return flags.stream().anyMatch(RESTRICTED::contains);
    }

    static boolean safety(Collection<String> flags) {
        return !NOT_SAFETY.containsAll(flags);
    }
}
