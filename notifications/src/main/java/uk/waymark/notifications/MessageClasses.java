package uk.waymark.notifications;

import java.io.InputStream;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The classes of messages, from a YAML document of the host. Durations are ISO 8601:
 *
 * <pre>
 * default: {priority: 5, validity: PT10H, retries: [PT1M, PT5M, PT30M]}   # what a class leaves out
 * classes:
 *   sign_in: {priority: 0, validity: PT10M, wiped_at_end: true}
 *   case_update: {read_within: PT2H}
 *   reminder: {asks: true}
 * settling: {quiet: PT10M, ask_every: PT2M, give_up: PT1H, clocks_apart: PT2M}   # as {@link SettlingRules}; these where absent
 * receipts: {ask_after: PT2H, ask_every: PT6H, give_up: PT72H}   # as {@link ReceiptRules}; these where absent
 * reply_window: P14D          # for how long after it was sent a question may be answered
 * </pre>
 *
 * A class that is not there is as the default.
 */
public final class MessageClasses {

    private static final String DEFAULT = "default";
    private static final Duration REPLY_WINDOW = Duration.ofDays(14);

    private final MessageClass standard;
    private final Map<String, MessageClass> classes;
    private final SettlingRules settling;
    private final ReceiptRules receipts;
    private final Duration replyWindow;

    private MessageClasses(MessageClass standard, Map<String, MessageClass> classes, SettlingRules settling,
                           ReceiptRules receipts, Duration replyWindow) {
        this.standard = standard;
        this.classes = classes;
        this.settling = settling;
        this.receipts = receipts;
        this.replyWindow = replyWindow;
    }

    /** @throws IllegalArgumentException naming the class that cannot be read */
    public static MessageClasses load(InputStream yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Map<String, Object> document = new Yaml(new SafeConstructor(options)).load(yaml);
        Map<?, ?> defaults = map(document.get(DEFAULT));
        Map<String, MessageClass> classes = new LinkedHashMap<>();
        map(document.get("classes")).forEach((name, own) -> {
            Map<Object, Object> body = new LinkedHashMap<>(defaults);
            body.putAll(map(own));
            classes.put(String.valueOf(name), read(String.valueOf(name), body));
        });
        return new MessageClasses(read(DEFAULT, defaults), Map.copyOf(classes), settling(map(document.get("settling"))),
            receipts(map(document.get("receipts"))), window(document.get("reply_window")));
    }

    /** The class of this name, or else the default. */
    public MessageClass of(String name) {
        return classes.getOrDefault(name, standard);
    }

    /** How what is unknown is settled, whatever its class. */
    public SettlingRules settling() {
        return settling;
    }

    private static SettlingRules settling(Map<?, ?> body) {
        SettlingRules usual = SettlingRules.defaults();
        try {
            return new SettlingRules(or(body.get("quiet"), usual.quiet()), or(body.get("ask_every"), usual.askEvery()),
                or(body.get("give_up"), usual.giveUp()), or(body.get("clocks_apart"), usual.clocksApart()));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("settling has a time that is not ISO 8601", e);
        }
    }

    /** How long receipts are waited for, whatever the class. */
    public ReceiptRules receipts() {
        return receipts;
    }

    private static ReceiptRules receipts(Map<?, ?> body) {
        ReceiptRules usual = ReceiptRules.defaults();
        try {
            return new ReceiptRules(or(body.get("ask_after"), usual.askAfter()), or(body.get("ask_every"), usual.askEvery()),
                or(body.get("give_up"), usual.giveUp()));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("receipts has a time that is not ISO 8601", e);
        }
    }

    private static Duration or(Object text, Duration usual) {
        return text == null ? usual : duration(text);
    }

    /** For how long after it was sent (case time) a message that asks is taken to be what a reply answers. */
    public Duration replyWindow() {
        return replyWindow;
    }

    private static Duration window(Object text) {
        try {
            return text == null ? REPLY_WINDOW : duration(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("reply_window is not an ISO 8601 duration", e);
        }
    }

    private static MessageClass read(String name, Map<?, ?> body) {
        try {
            return new MessageClass(name, body.get("priority") instanceof Integer n ? n : -1,
                duration(body.get("validity")), body.get("retries") instanceof List<?> list
                    ? list.stream().map(MessageClasses::duration).toList() : List.of(),
                body.get("read_within") == null ? null : duration(body.get("read_within")),
                Boolean.TRUE.equals(body.get("asks")), Boolean.TRUE.equals(body.get("wiped_at_end")));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("message class " + name + " has a time that is not ISO 8601", e);
        }
    }

    private static Duration duration(Object text) {
        return Duration.parse(String.valueOf(text));
    }

    private static Map<?, ?> map(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
