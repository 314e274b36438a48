package uk.waymark.forces;

import java.io.StringReader;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import uk.waymark.courts.Court;
import uk.waymark.platform.Colours;
import uk.waymark.platform.PhoneNumbers;

/** Reads a force's file and goes on after the first mistake, so that all are named at once. */
final class ForceFileReader {
    /** A day, and two hours for what runs nightly and is late. */
    static final Duration SILENT_AFTER = Duration.ofHours(26);
    private static final Duration LEAST_SILENCE = Duration.ofMinutes(5);
    private static final Duration MOST_SILENCE = Duration.ofDays(366);
    private static final List<String> DAYS =
        List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
    private static final Pattern FORCE_CODE = Pattern.compile("[a-z0-9-]{2,40}");
    private static final Pattern UNIT_CODE = Pattern.compile("[A-Za-z0-9_.-]{1,40}");
    private static final Pattern CLIENT = Pattern.compile("[a-z0-9][a-z0-9-]{2,60}");
    private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,59}");
    private static final Pattern SHORT_NUMBER = Pattern.compile("\\d{3,6}");
    static final Pattern HOURS = Pattern.compile("(\\d{2}:\\d{2}) ?[-\u2013] ?(\\d{2}:\\d{2})");
    /** 32 hex digits are what Twilio's secrets look like. */
    static final Pattern REFERENCE = Pattern.compile("(?![0-9a-f]{32}$)[a-z][a-z0-9-]{1,39}");
    private final List<String> complaints = new ArrayList<>();
    private final PhoneNumbers numbers;
    private final boolean sandbox;

    /** @param sandbox addresses of this machine are taken, and numbers for drama */
    ForceFileReader(boolean sandbox) {
        this.numbers = new PhoneNumbers(sandbox);
        this.sandbox = sandbox;
    }

    static ForceFile.Read read(String text, boolean sandbox) {
        // a byte-order mark is what some editors begin a file with
        return new ForceFileReader(sandbox).read(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    private ForceFile.Read read(String text) {
        try {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
            if (root == null) {
                return new ForceFile.Bad(List.of("line 1: the file is empty; begin with docs/examples/force.yaml"));
            }
            ForceFile file = file(root);
            return complaints.isEmpty() ? new ForceFile.Good(file) : new ForceFile.Bad(List.copyOf(complaints));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            return new ForceFile.Bad(List.of("line " + line + ": this is not YAML that can be read; look for a missing quote, "
                + "colon or space"));
        } catch (YAMLException e) {
            return new ForceFile.Bad(List.of("line 1: this is not YAML that can be read"));
        }
    }

    private ForceFile file(Node root) {
        var fields = new Fields(root, "", Set.of("code", "name", "welsh", "colour", "units", "phones", "senders", "identity_provider",
            "system_clients", "feeds", "adapters", "messages", "reading", "courts", "call_backs", "attachments"), complaints);
        boolean national = fields.has("code") && fields.node("code") instanceof ScalarNode code
            && code.getValue().strip().equals(ForceFile.NO_FORCE);
        if (national) {
            fields.names().stream().filter(n -> !n.equals("code") && !n.equals("system_clients")).forEach(n ->
                fields.complain(n, "has no place beside code: none, which is for system_clients of the courts"));
        }
        return new ForceFile(
            fields.required("code", FORCE_CODE, "write a short name such as northshire: small letters, digits and -, 2 to 40"),
            national ? null : names(fields, "name"),
            Boolean.TRUE.equals(fields.optional("welsh", ForceFileReader::yesOrNo, "write true or false")),
            fields.optional("colour", ForceFileReader::colour, "write a dark one such as \"#14365d\", in quotes: white letters stand on it, so "
                + "its contrast to white has to be at least 4.5:1"),
            distinct(fields, "units", ForceFile.Unit::code,
                fields.each("units", Set.of("code", "name", "phone", "opening_hours"), this::unit)),
            distinct(fields, "phones", ForceFile.Phone::number, fields.each("phones", Set.of("number", "label"), this::phone)),
            distinct(fields, "senders", ForceFile.Sender::account,
                fields.each("senders", SenderFields.KNOWN, f -> new SenderFields(f, numbers).read())),
            fields.fields("identity_provider", Set.of("issuer", "audience", "jwks_uri", "types", "acr_values", "web_client", "web_secret_ref",
                "web_scope")).map(this::provider).map(List::of),
            distinct(fields, "system_clients", id -> id, fields.each("system_clients", Set.of("id"), f -> f.required("id", CLIENT,
                "write a name such as northshire-records: small letters, digits and -, 3 to 61"))),
            fields.fields("feeds", Set.of()).map(this::feeds),
            distinct(fields, "adapters", ForceFile.Adapter::kind,
                fields.each("adapters", AdapterFields.KNOWN, f -> new AdapterFields(f, this::address).read())),
            fields.fields("messages", MessageFields.KNOWN).map(f -> new MessageFields(f).read()),
            fields.fields("reading", ReadingFields.KNOWN).map(f -> new ReadingFields(f).read()),
            distinct(fields, "courts", Court::ouCode,
                fields.each("courts", CourtFields.KNOWN, f -> new CourtFields(f, this::number).read())),
            fields.fields("call_backs", CallBackFields.KNOWN).map(f -> new CallBackFields(f, this::number).read()),
            fields.fields("attachments", AttachmentFields.KNOWN).map(f -> new AttachmentFields(f).read()));
    }

    private ForceFile.Names names(Fields fields, String name) {
        return fields.requiredFields(name, Set.of("en", "cy")).map(f -> new ForceFile.Names(
            f.required("en", ForceFileReader::line, "write it in English, at most 200 characters"),
            f.required("cy", ForceFileReader::line, "write it in Welsh, at most 200 characters"))).orElse(null);
    }

    private ForceFile.Unit unit(Fields f) {
        return new ForceFile.Unit(
            f.required("code", UNIT_CODE, "write the unit's code as the force's events name it in unit.code"),
            names(f, "name"),
            f.optional("phone", this::number, "write a phone number such as 0808 157 0101, or a short one such as \"101\""),
            f.fields("opening_hours", Set.copyOf(DAYS)).map(this::hours).orElse(List.of()));
    }

    private List<ForceFile.Hours> hours(Fields f) {
        var all = new ArrayList<ForceFile.Hours>();
        for (String day : DAYS) {
            if (f.has(day) && !(f.node(day) instanceof ScalarNode one && one.getValue().strip().equals("closed"))) {
                int weekday = DAYS.indexOf(day) + 1;
                var hours = new ArrayList<>(f.texts(day, text -> hours(weekday, text),
                    "write closed, or hours such as 08:00-18:00, several as [08:00-12:00, 13:00-17:00]"));
                hours.sort(Comparator.comparing(ForceFile.Hours::opens));
                for (int i = 1; i < hours.size(); i++) {
                    if (hours.get(i).opens().isBefore(hours.get(i - 1).closes())) {
                        f.complain(day, "two of its hours overlap; make them one");
                    }
                }
                all.addAll(hours);
            }
        }
        return all;
    }

    private static Optional<ForceFile.Hours> hours(int weekday, String text) {
        var hours = HOURS.matcher(text);
        try {
            if (hours.matches()) {
                var read = new ForceFile.Hours(weekday, LocalTime.parse(hours.group(1)), LocalTime.parse(hours.group(2)));
                return read.opens().isBefore(read.closes()) ? Optional.of(read) : Optional.empty();
            }
        } catch (DateTimeException e) {
            // no such time
        }
        return Optional.empty();
    }

    private ForceFile.Phone phone(Fields f) {
        return new ForceFile.Phone(
            f.required("number", this::number, "write a phone number such as 0808 157 0101, or a short one such as \"101\""),
            names(f, "label"));
    }

    private ForceFile.IdentityProvider provider(Fields f) {
        return new ForceFile.IdentityProvider(
            f.required("issuer", this::address, "write the https address that its tokens name as issuer"),
            f.required("audience", ForceFileReader::line, "write the audience that its tokens name for this service"),
            f.required("jwks_uri", this::address, "write the https address of its keys"),
            !f.has("types") ? List.of() : f.texts("types", text -> line(text).map(t -> t.toLowerCase(Locale.ROOT)),
                "write what typ its access tokens have, such as at+jwt, several as [at+jwt, jwt]"),
            !f.has("acr_values") ? List.of() : f.texts("acr_values", ForceFileReader::line,
                "write which acr its tokens have when somebody signed in with a second factor, several as [a, b]"),
            pages(f));
    }

    private static ForceFile.Pages pages(Fields f) {
        if (!f.has("web_client")) {
            List.of("web_secret_ref", "web_scope").stream().filter(f::has).forEach(n -> f.complain(n, "has no place without web_client"));
            return null;
        }
        String scope = f.optional("web_scope", text -> line(text).filter(t -> t.matches("openid( [!-~]+)*")),
            "write what the pages ask for, openid first, such as openid profile");
        return new ForceFile.Pages(
            f.required("web_client", ForceFileReader::line, "write the client id that the provider knows the pages by"),
            f.optional("web_secret_ref", text -> Optional.of(text).filter(t -> t.matches("[a-z0-9-]{1,40}")),
                "write a short name such as northshire: small letters, digits and -, at most 40"),
            scope == null ? ForceFile.Pages.SCOPE : scope);
    }

    private Map<String, Optional<Duration>> feeds(Fields f) {
        var feeds = new LinkedHashMap<String, Optional<Duration>>();
        for (String source : f.names()) {
            if (!SOURCE.matcher(source).matches()) {
                f.complain(source, "is not the name of a source: letters, digits, '_', '.', '-', at most 60");
            }
            boolean left = f.node(source) instanceof ScalarNode one && Tag.NULL.equals(one.getTag());
            Optional<Duration> limit = left ? Optional.of(SILENT_AFTER) : f.optional(source, ForceFileReader::silence,
                "write for how long it may be silent, such as PT26H (5 minutes to a year), or never");
            feeds.put(source, limit == null ? Optional.empty() : limit);
        }
        return feeds;
    }

    private static Optional<Optional<Duration>> silence(String text) {
        if (text.equals("never")) {
            return Optional.of(Optional.empty());
        }
        try {
            Duration limit = Duration.parse(text);
            return limit.compareTo(LEAST_SILENCE) < 0 || limit.compareTo(MOST_SILENCE) > 0 || limit.getNano() != 0
                ? Optional.empty() : Optional.of(Optional.of(limit));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static <T> Optional<List<T>> distinct(Fields fields, String name, Function<T, String> key, Optional<List<T>> list) {
        var seen = new HashSet<String>();
        for (T one : list.orElse(List.of())) {
            if (one != null && key.apply(one) != null && !seen.add(key.apply(one))) {
                fields.complain(name, "names " + key.apply(one) + " twice; keep one");
            }
        }
        return list;
    }

    private Optional<String> number(String text) {
        return SHORT_NUMBER.matcher(text).matches() ? Optional.of(text) : numbers.parse(text);
    }

    private Optional<URI> address(String text) {
        try {
            URI uri = URI.create(text);
            boolean here = sandbox && "http".equals(uri.getScheme()) && "localhost".equals(uri.getHost());
            boolean fits = uri.getHost() != null && uri.getUserInfo() == null && text.length() <= 500
                && ("https".equals(uri.getScheme()) || here);
            return fits ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> colour(String text) {
        return Optional.of(text.toLowerCase(Locale.ROOT)).filter(Colours::carryWhite);
    }

    static Optional<String> line(String text) {
        boolean fits = !text.isEmpty() && text.length() <= 200 && text.chars().noneMatch(Character::isISOControl);
        return fits ? Optional.of(text) : Optional.empty();
    }

    static Optional<Boolean> yesOrNo(String text) {
        return text.equals("true") || text.equals("false") ? Optional.of(text.equals("true")) : Optional.empty();
    }
}
