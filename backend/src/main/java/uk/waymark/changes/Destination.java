package uk.waymark.changes;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import uk.waymark.platform.PhoneNumbers;
import uk.waymark.platform.ProblemException;

/** Where a person wants to be reached from now on. @param value E.164, an email address, or the lines of a postal one */
record Destination(ChangeKind kind, String value) {
    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>\",;]{1,64}@[^\\s@<>\",;]+\\.[^\\s@<>\",;.]{2,}");
    private static final Pattern POSTCODE = Pattern.compile("[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}");
    private static final int FEWEST_LINES = 3;
    private static final int MOST_LINES = 7;

    /**
     * @param mobile in any spelling; of the three, two are null
     * @throws ProblemException 422 where it is not exactly one, or not of its form
     */
    static Destination of(PhoneNumbers numbers, String mobile, String email, String postalAddress) {
        if (Stream.of(mobile, email, postalAddress).filter(Objects::nonNull).count() != 1) {
            throw ProblemException.unprocessable("", "Send one of mobile, email and postal_address.");
        }
        if (mobile != null) {
            return new Destination(ChangeKind.MOBILE, numbers.parseMobile(mobile).orElseThrow(
                () -> ProblemException.unprocessable("/mobile",
                    "This is not a mobile number. Write it as 07700 900123, or with + and the country code.")));
        }
        return email != null ? email(email.strip()) : postal(postalAddress);
    }

    private static Destination email(String address) {
        if (!EMAIL.matcher(address).matches()) {
            throw ProblemException.unprocessable("/email", "This is not an email address. It looks like name@example.org.");
        }
        return new Destination(ChangeKind.EMAIL, address);
    }

    private static Destination postal(String address) {
        List<String> lines = address.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
        if (lines.size() < FEWEST_LINES || lines.size() > MOST_LINES || !POSTCODE.matcher(lines.getLast()).matches()) {
            throw ProblemException.unprocessable("/postal_address",
                "A postal address has three to seven lines: a name first, and a UK postcode last.");
        }
        return new Destination(ChangeKind.POSTAL_ADDRESS, String.join("\n", lines));
    }

    /** Without the value. */
    @Override
    public String toString() {
        return "Destination[" + kind + "]";
    }
}
