package uk.waymark.forces;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import uk.waymark.courts.Court;

/** Reads an entry of {@code courts}: a court, its door and the way there. */
final class CourtFields {
    static final Set<String> KNOWN = Set.of("ou_code", "name", "also", "address", "entrance", "map", "travel", "phone");
    private static final Pattern CODE = Pattern.compile("[A-Z0-9]{3,10}");
    private static final Set<String> BOTH = Set.of("en", "cy");
    private static final String LINE = "write one line of at most 200 characters";
    private final Fields f;
    private final Function<String, Optional<String>> number;

    /** @param number reads a telephone number */
    CourtFields(Fields f, Function<String, Optional<String>> number) {
        this.f = f;
        this.number = number;
    }

    Court read() {
        String code = f.required("ou_code", CODE, "write the organisation unit code as lists have it, such as C44SA00");
        Optional<Fields> name = f.requiredFields("name", BOTH);
        Optional<Fields> entrance = f.fields("entrance", BOTH);
        Optional<Fields> travel = f.fields("travel", BOTH);
        return new Court(code, name.map(n -> n.required("en", ForceFileReader::line, LINE)).orElse(null), cy(name),
            f.has("also") ? f.texts("also", ForceFileReader::line, LINE) : List.of(),
            f.optional("address", CourtFields::lines, "write it in one line of at most 400 characters"),
            en(entrance), cy(entrance),
            f.optional("map", CourtFields::map, "write the https address of a map"), en(travel), cy(travel),
            f.optional("phone", number, "write a phone number such as 0808 157 0101"));
    }

    private static String en(Optional<Fields> words) {
        return words.map(w -> w.required("en", CourtFields::lines, "write it in English, at most 400 characters")).orElse(null);
    }

    private static String cy(Optional<Fields> words) {
        return words.map(w -> w.optional("cy", CourtFields::lines, "write it in Welsh, at most 400 characters")).orElse(null);
    }

    private static Optional<String> lines(String text) {
        boolean fits = !text.isEmpty() && text.length() <= 400 && text.chars().noneMatch(Character::isISOControl);
        return fits ? Optional.of(text) : Optional.empty();
    }

    private static Optional<String> map(String text) {
        try {
            URI uri = URI.create(text);
            boolean fits = "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null && text.length() <= 500;
            return fits ? Optional.of(text) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
