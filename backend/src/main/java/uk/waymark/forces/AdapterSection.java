package uk.waymark.forces;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The section {@code adapters} of a force's file: systems that are asked for it. */
final class AdapterSection {
    static final Set<String> FIELDS = Set.of("kind", "base_url", "token_url", "client_id", "credential_ref", "enabled", "poll_every",
        "poll_idle_every", "silent_after", "mapping");
    private static final Pattern KIND = Pattern.compile("[a-z0-9-]{2,40}");
    private static final Pattern SETTING = Pattern.compile("[a-z][a-z0-9_]{1,39}");
    private static final String TIME = "write a time such as PT1H, from a minute to a year";
    private static final Duration HOURLY = Duration.ofHours(1);
    private static final Duration DAILY = Duration.ofDays(1);

    private AdapterSection() { }

    static ForceFile.Adapter read(Fields f, Function<String, Optional<URI>> address) {
        if (f.has("token_url") && !(f.has("client_id") && f.has("credential_ref"))) {
            f.complain("token_url", "needs client_id and credential_ref beside it: who asks, and the name of the secret");
        }
        Boolean enabled = f.optional("enabled", ForceFileReader::yesOrNo, "write true or false");
        Duration every = f.optional("poll_every", AdapterSection::time, TIME);
        Duration idle = f.optional("poll_idle_every", AdapterSection::time, TIME);
        return new ForceFile.Adapter(
            f.required("kind", KIND, "write the kind of adapter, such as hmcts-marketplace"),
            f.required("base_url", address, "write the https address at which it is asked"),
            f.optional("token_url", address, "write the https address that gives tokens"),
            f.optional("client_id", ForceFileReader::line, "write the client's id, at most 200 characters"),
            f.optional("credential_ref", text -> ForceFileReader.REFERENCE.matcher(text).matches() ? Optional.of(text) : Optional.empty(),
                "write a name for the secret, such as northshire-courts; the secret itself is the setting "
                    + "WAYMARK_ADAPTER_<NAME>_SECRET of the server"),
            Boolean.TRUE.equals(enabled), every == null ? HOURLY : every, idle == null ? DAILY : idle,
            f.optional("silent_after", AdapterSection::time, TIME), f.fields("mapping", Set.of()).map(AdapterSection::mapping).orElse(Map.of()));
    }

    private static Map<String, String> mapping(Fields f) {
        var mapping = new TreeMap<String, String>();
        for (String name : f.names()) {
            String value = f.optional(name, ForceFileReader::line, "write a text of at most 200 characters");
            if (!SETTING.matcher(name).matches()) {
                f.complain(name, "is not the name of a setting: small letters, digits and _");
            } else if (value != null) {
                mapping.put(name, value);
            }
        }
        return mapping;
    }

    private static Optional<Duration> time(String text) {
        try {
            Duration time = Duration.parse(text);
            boolean fits = time.compareTo(Duration.ofMinutes(1)) >= 0 && time.compareTo(Duration.ofDays(366)) <= 0 && time.getNano() == 0;
            return fits ? Optional.of(time) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
