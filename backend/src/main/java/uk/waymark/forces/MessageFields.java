package uk.waymark.forces;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads {@code messages}: for how long what is kept, what a segment costs, when no phone rings, and where people ask for everything. */
final class MessageFields {
    static final Set<String> KNOWN = Set.of("words_kept_months", "traces_kept_days", "segment_price_pence", "quiet_hours",
        "subject_access");
    private static final int MOST_MONTHS = 1200;
    private static final int LEAST_CONTACT = 5;
    private static final int MOST_CONTACT = 300;
    private static final int MOST_DAYS = 36_500;
    private static final BigDecimal MOST_PENCE = BigDecimal.valueOf(1000);
    private final Fields f;

    MessageFields(Fields f) {
        this.f = f;
    }

    ForceFile.Messages read() {
        return new ForceFile.Messages(
            f.optional("words_kept_months", whole(MOST_MONTHS), "write a number of months, 1 to 1200, or leave it out: as long as "
                + "the case"),
            f.optional("traces_kept_days", whole(MOST_DAYS), "write a number of days, 1 to 36500, or leave it out: two years"),
            f.optional("segment_price_pence", MessageFields::pence, "write a price such as 4.2, in pence, at most 4 digits after "
                + "the point"),
            f.optional("quiet_hours", MessageFields::quiet, "write two different times such as 21:00-08:00, or leave it out: none"),
            f.optional("subject_access", text -> Optional.of(text.strip()).filter(t -> t.length() >= LEAST_CONTACT
                && t.length() <= MOST_CONTACT), "write where people ask for all that you hold about them, such as an email address, "
                + "at most 300 characters"));
    }

    private static Function<String, Optional<Integer>> whole(int most) {
        return text -> Optional.of(text).filter(t -> t.matches("[1-9][0-9]{0,4}")).map(Integer::valueOf).filter(n -> n <= most);
    }

    private static Optional<BigDecimal> pence(String text) {
        return Optional.of(text).filter(t -> t.matches("[0-9]{1,4}(\\.[0-9]{1,4})?")).map(BigDecimal::new)
            .filter(price -> price.compareTo(MOST_PENCE) <= 0).map(price -> price.setScale(4));
    }

    /** May pass midnight. */
    private static Optional<ForceFile.Quiet> quiet(String text) {
        var hours = ForceFileReader.HOURS.matcher(text);
        try {
            if (hours.matches()) {
                var quiet = new ForceFile.Quiet(LocalTime.parse(hours.group(1)), LocalTime.parse(hours.group(2)));
                return quiet.from().equals(quiet.to()) ? Optional.empty() : Optional.of(quiet);
            }
        } catch (DateTimeException e) {
            // no such time
        }
        return Optional.empty();
    }
}
