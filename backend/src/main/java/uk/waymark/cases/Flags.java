package uk.waymark.cases;

import java.util.Collection;
import java.util.Set;

/** What the force marks a case with. An unknown flag is kept and treated as a safety flag. */
final class Flags {
    /** Known flags that say nothing of safety; everything else does. */
    private static final Set<String> NOT_SAFETY =
        Set.of("hate_crime", "bereaved", "family_liaison", "child", "restricted_access", "reporting_restriction");

    static final String FAMILY_LIAISON = "family_liaison";
    static final String REPORTING_RESTRICTION = "reporting_restriction";

    private Flags() { }

    static boolean safety(Collection<String> flags) {
        return !NOT_SAFETY.containsAll(flags);
    }
}
