package uk.waymark.notifications.twilio;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import uk.waymark.notifications.twilio.TwilioStandIn.Reaction;
import uk.waymark.notifications.twilio.TwilioStandIn.Received;
import uk.waymark.notifications.twilio.TwilioStandIn.Taken;

/** The stand-in's list of messages, in Twilio's words. */
final class TwilioStandInList {

    /** What it can be asked by; a filter by date is none of it, since what waits has no date_sent. */
    private static final Set<String> ASKED_BY = Set.of("To", "PageSize", "Page", "PageToken");
    /** To the second, as Twilio has it. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT);
    private static final ObjectMapper JSON = new ObjectMapper();

    private TwilioStandInList() {
    }

    /** A page of it: newest first, and only what is old enough to be in it. */
    static Reaction page(Received request, List<Taken> taken, Instant takenUntil) {
        if (!ASKED_BY.containsAll(request.form().keySet())) {
            return TwilioStandIn.refuse(400, 20001);
        }
        List<Taken> all = taken.stream().filter(m -> !m.at().isAfter(takenUntil)
            && m.account().equals(request.path().split("/")[3]) && request.form().get("To").equals(m.form().get("To")))
            .toList();
        int size = Integer.parseInt(request.form().getOrDefault("PageSize", "50"));
        int page = Integer.parseInt(request.form().getOrDefault("Page", "0"));
        int from = Math.min(page * size, all.size());
        int to = Math.min(from + size, all.size());
        String uri = request.path().split("[?]")[0] + "?To="
            + URLEncoder.encode(request.form().get("To"), StandardCharsets.UTF_8) + "&PageSize=" + size + "&Page=";
        ObjectNode answer = JSON.createObjectNode();
        answer.put("first_page_uri", uri + 0).put("uri", uri + page).put("page", page).put("page_size", size)
            .put("start", from).put("end", Math.max(from, to - 1))
            .put("next_page_uri", to < all.size() ? uri + (page + 1) + "&PageToken=PA" + to : null)
            .put("previous_page_uri", page == 0 ? null : uri + (page - 1));
        ArrayNode messages = answer.putArray("messages");
        all.reversed().subList(from, to).forEach(m -> messages.add(describe(m)));
        return new Reaction.Answer(200, answer.toString());
    }

    /** One message; it is never sent here, so that it has no date_sent. */
    static ObjectNode describe(Taken m) {
        String created = DATE.format(m.at().atOffset(ZoneOffset.UTC));
        boolean failed = m.status().equals("undelivered") || m.status().equals("failed");
        ObjectNode json = JSON.createObjectNode();
        json.put("account_sid", m.account()).put("api_version", "2010-04-01").put("body", m.form().get("Body"))
            .put("date_created", created).putNull("date_sent").put("date_updated", created).put("direction", m.direction())
            .put("error_code", failed ? Integer.valueOf(30003) : null).putNull("error_message").put("from", m.form().get("From"))
            .put("messaging_service_sid", m.form().get("MessagingServiceSid")).put("num_media", "0").put("num_segments", "0")
            .putNull("price").putNull("price_unit").put("sid", m.sid()).put("status", m.status()).put("to", m.form().get("To"))
            .put("uri", "/2010-04-01/Accounts/" + m.account() + "/Messages/" + m.sid() + ".json");
        json.putObject("subresource_uris");
        return json;
    }
}
