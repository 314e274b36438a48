package uk.waymark.forces;

import java.util.Optional;
import java.util.Set;

/** Reads {@code reading}: whether staff must say why they read, and whether people see their names. */
final class ReadingFields {
    static final Set<String> KNOWN = Set.of("reasons", "staff_names");
    private final Fields f;

    ReadingFields(Fields f) {
        this.f = f;
    }

    ForceFile.Reading read() {
        String reasons = f.optional("reasons", text -> Optional.of(text).filter(Set.of("asked", "required")::contains),
            "write required, which refuses a read without a reason, or asked, which notes it");
        return new ForceFile.Reading(reasons == null ? null : reasons.equals("required"),
            "shown".equals(f.optional("staff_names", text -> Optional.of(text).filter(Set.of("shown", "hidden")::contains),
                "write shown, which lets people see the names of who looked, or hidden")));
    }
}
