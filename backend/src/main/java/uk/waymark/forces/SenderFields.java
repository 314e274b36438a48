package uk.waymark.forces;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import uk.waymark.platform.PhoneNumbers;

/** Reads one entry of {@code senders}: an account at Twilio, GOV.UK Notify or Firebase. */
final class SenderFields {
    static final Set<String> KNOWN = Set.of("kind", "account_sid", "messaging_service_sid", "sender", "discreet_sender", "two_way",
        "weight", "keywords", "service_id", "templates", "sms_sender_id", "discreet_sms_sender_id", "project_id",
        "credential_ref");
    private static final Map<String, Set<String>> OF_KIND = Map.of(
        "twilio", Set.of("account_sid", "messaging_service_sid", "sender", "discreet_sender", "two_way", "weight", "keywords"),
        "notify", Set.of("service_id", "templates", "sms_sender_id", "discreet_sms_sender_id", "two_way", "weight"),
        "firebase", Set.of("project_id"));
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final int USUAL_WEIGHT = 100;
    private final Fields f;
    private final PhoneNumbers numbers;

    SenderFields(Fields f, PhoneNumbers numbers) {
        this.f = f;
        this.numbers = numbers;
    }

    ForceFile.Sender read() {
        String kind = f.has("kind") ? f.optional("kind", t -> Optional.of(t).filter(OF_KIND::containsKey),
            "write twilio, notify or firebase") : ForceFile.Sender.TWILIO;
        if (kind == null) {
            return null;
        }
        f.names().stream().filter(n -> !n.equals("kind") && !n.equals("credential_ref") && !OF_KIND.get(kind).contains(n))
            .forEach(n -> f.complain(n, "has no place beside kind: " + kind));
        return switch (kind) {
            case "notify" -> notifyService();
            case "firebase" -> firebase();
            default -> twilio();
        };
    }

    private ForceFile.Sender twilio() {
        if (!f.has("sender") && !f.has("messaging_service_sid")) {
            f.complain("", "needs messaging_service_sid, or the sender's number as sender");
        }
        String sender = f.optional("sender", this::senderName, "write a number, or a name of 3 to 11 letters and digits");
        boolean number = sender != null && sender.startsWith("+");
        boolean twoWay = twoWay(number);
        if (twoWay && sender != null && !number) {
            f.complain("two_way", "cannot be true: a name takes no replies; give a number as sender");
        }
        return new ForceFile.Sender(ForceFile.Sender.TWILIO,
            f.required("account_sid", Pattern.compile("AC[0-9a-f]{32}"), "write the account's SID: AC and 32 of 0-9 and a-f"),
            f.optional("messaging_service_sid", matching("MG[0-9a-f]{32}"), "write the service's SID: MG and 32 of 0-9 and a-f"),
            sender,
            f.optional("discreet_sender", this::senderName, "write a number, or a name of 3 to 11 letters and digits that gives "
                + "nothing away"),
            twoWay, weight(),
            f.optional("keywords", matching("off|replaced"), "write off once Twilio's own handling of STOP, CANCEL, YES and HELP is "
                + "switched off, or replaced once its lists are ours (docs/operate.md)"),
            Map.of(), reference("northshire", "WAYMARK_TWILIO_<NAME>_TOKEN"));
    }

    private ForceFile.Sender notifyService() {
        var templates = new TreeMap<String, String>();
        f.requiredFields("templates", Set.of("sms", "email", "letter")).ifPresent(t -> t.names().forEach(channel -> {
            String id = t.optional(channel, matching(UUID.pattern()), "write the template's id, as Notify shows it");
            if (id != null) {
                templates.put(channel, id);
            }
        }));
        return new ForceFile.Sender("notify",
            f.required("service_id", UUID, "write the service's id, as Notify shows it under API integration"), null,
            f.optional("sms_sender_id", matching(UUID.pattern()), "write the sender's id, as Notify shows it"),
            f.optional("discreet_sms_sender_id", matching(UUID.pattern()), "write the sender's id, as Notify shows it"),
            twoWay(false), weight(), null, templates, reference("northshire", "WAYMARK_NOTIFY_<NAME>_KEY"));
    }

    private ForceFile.Sender firebase() {
        return new ForceFile.Sender("firebase",
            f.required("project_id", Pattern.compile("[a-z][a-z0-9-]{4,29}"), "write the project's id, as Firebase shows it"),
            null, null, null, false, USUAL_WEIGHT, null, Map.of(),
            reference("northshire-app", "WAYMARK_FIREBASE_<NAME>_CREDENTIALS"));
    }

    private boolean twoWay(boolean otherwise) {
        Boolean said = f.optional("two_way", ForceFileReader::yesOrNo, "write true where replies to it come here, else false");
        return said == null ? otherwise : said;
    }

    private int weight() {
        Integer weight = f.optional("weight", t -> t.matches("\\d{1,3}|1000") ? Optional.of(Integer.valueOf(t)) : Optional.empty(),
            "write its share beside the other accounts, 0 to 1000; 0 for one that only stands by");
        return weight == null ? USUAL_WEIGHT : weight;
    }

    private String reference(String example, String setting) {
        return f.required("credential_ref", ForceFileReader.REFERENCE, "write a name for the secret, such as " + example
            + "; the secret itself is the setting " + setting + " of the server");
    }

    private Optional<String> senderName(String text) {
        return text.matches("(?=.*[A-Za-z])[A-Za-z0-9 ]{3,11}") ? Optional.of(text) : numbers.parse(text);
    }

    private static Function<String, Optional<String>> matching(String pattern) {
        return text -> text.matches(pattern) ? Optional.of(text) : Optional.empty();
    }
}
