package uk.waymark.forces;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads {@code call_backs}: by when people who ask are rung, by whom at night, and how many at once. */
final class CallBackFields {
    static final Set<String> KNOWN = Set.of("due", "out_of_hours", "welsh_speakers", "places");
    private static final Pattern UNIT = Pattern.compile("[A-Za-z0-9_.-]{1,40}");
    private static final Duration LEAST = Duration.ofMinutes(15);
    private static final Duration MOST = Duration.ofDays(7);
    private static final int LONGEST = 100;
    private final Fields f;
    private final Function<String, Optional<String>> number;

    /** @param number reads E.164 or a short number */
    CallBackFields(Fields f, Function<String, Optional<String>> number) {
        this.f = f;
        this.number = number;
    }

    ForceFile.CallBacks read() {
        ForceFile.OutOfHours desk = f.requiredFields("out_of_hours", Set.of("name", "phone", "text", "language")).map(d -> new ForceFile.OutOfHours(
            d.required("name", CallBackFields::line, "write who answers at any hour, such as Control room, at most 100 characters"),
            d.required("phone", number, "write a phone number such as 0808 157 0101, or a short one such as \"101\""),
            d.optional("text", t -> number.apply(t).filter(n -> n.startsWith("+")), "write the number of a phone that takes texts, such as "
                + "07700 900123, or leave it out: a mobile under phone is texted"),
            d.optional("language", t -> Optional.of(t).filter(Set.of("en", "cy")::contains), "write en or cy: in which language they are texted; "
                + "left out, in English"))).orElse(null);
        return new ForceFile.CallBacks(
            f.optional("due", CallBackFields::due, "write within how much opening time people are rung, such as PT4H (15 minutes to 7 days), or "
                + "leave it out: one working day"),
            desk,
            f.has("welsh_speakers") ? f.texts("welsh_speakers", CallBackFields::line, "write who speaks Welsh, as your identity provider "
                + "names them in sub, several as [a, b]") : List.of(),
            f.each("places", Set.of("unit", "minutes", "places"), p -> new ForceFile.Places(
                p.required("unit", UNIT, "write the code of one of your units"),
                p.required("minutes", whole(5, 240), "write how long one call is given, 5 to 240 minutes"),
                p.required("places", whole(0, 1000), "write how many people can be rung at once, 0 to 1000"))).orElse(List.of()));
    }

    private static Optional<String> line(String text) {
        return Optional.of(text.strip()).filter(t -> !t.isEmpty() && t.length() <= LONGEST && t.indexOf('\n') < 0);
    }

    private static Optional<Duration> due(String text) {
        try {
            return Optional.of(Duration.parse(text)).filter(d -> d.compareTo(LEAST) >= 0 && d.compareTo(MOST) <= 0);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Function<String, Optional<Integer>> whole(int least, int most) {
        return text -> Optional.of(text).filter(t -> t.matches("[0-9]{1,4}")).map(Integer::valueOf).filter(n -> n >= least && n <= most);
    }
}
