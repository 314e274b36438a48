package uk.waymark.notifications.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.Decision;
import uk.waymark.notifications.DispatchSettings;
import uk.waymark.notifications.Dispatcher;
import uk.waymark.notifications.Ids;
import uk.waymark.notifications.MessageClasses;
import uk.waymark.notifications.Receipt;
import uk.waymark.notifications.Receipts;
import uk.waymark.notifications.Senders;
import uk.waymark.notifications.twilio.TwilioLookup;
import uk.waymark.notifications.twilio.TwilioSender;
import uk.waymark.notifications.twilio.TwilioWebhook;

/** One instance of the service: dispatches, and takes receipts on a port of its own, until it is killed. */
final class KillChild {

    private final HikariDataSource source;
    private final Receipts receipts;
    private final TwilioWebhook webhook = new TwilioWebhook(KillWork.accounts());

    private KillChild(String databaseUrl, URI provider) {
        Ids ids = KillWork.ids();
        InstantSource clock = () -> Instant.now().truncatedTo(ChronoUnit.MICROS);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        MessageClasses classes = KillWork.classes();
        source = KillDatabase.pool(databaseUrl, "waymark_dispatcher", 10);
        receipts = new Receipts(ids, clock, meters);
        TwilioSender sender = new TwilioSender(KillWork.accounts(), provider, KillWork.CALLBACK, KillWork.ANSWER_WITHIN);
        TwilioLookup lookup = new TwilioLookup(KillWork.accounts(), provider, KillWork.ANSWER_WITHIN, 20);
        new Dispatcher(source, (tenant, batch) -> batch.stream().<Decision>map(p -> new Decision.Send(Channel.SMS,
                KillWork.numberOf(p.recipientRef()), "en", "neutral")).toList(),
            KillWork.templates(), Senders.of(Map.of(Channel.SMS, sender), Map.of(Channel.SMS, TwilioSender.PROVIDER)),
            Map.of(TwilioSender.PROVIDER, lookup), classes, new KillWork.Open(), ids, clock,
            DispatchSettings.defaults().withBatch(20, 2).withLease(KillWork.LEASE), meters, new Random()).start();
    }

    /** @param arguments the database, the provider, and the port for receipts */
    public static void main(String[] arguments) throws IOException {
        KillChild child = new KillChild(arguments[0], URI.create(arguments[1]));
        HttpServer server = HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[2])), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", child::receipt);
        server.start();
        // ends when the parent does, however that may be
        while (System.in.read() >= 0) {
            // nothing is ever said
        }
        Runtime.getRuntime().halt(0);
    }

    private void receipt(HttpExchange exchange) throws IOException {
        int status = 500;
        try (exchange) {
            String url = KillWork.CALLBACK + "?" + exchange.getRequestURI().getRawQuery();
            Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            TwilioWebhook.Read<Receipt> read =
                webhook.status(url, form, exchange.getRequestHeaders().getFirst("X-Twilio-Signature"), Instant.now());
            if (read instanceof TwilioWebhook.Read.Genuine<Receipt>(Receipt receipt)) {
                receipts.apply(source, receipt);
            }
            status = read instanceof TwilioWebhook.Read.Forged ? 403 : 204;
            exchange.sendResponseHeaders(status, -1);
        } catch (RuntimeException e) {
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : body.split("&")) {
            String[] parts = pair.split("=", 2);
            form.put(URLDecoder.decode(parts[0], StandardCharsets.UTF_8), URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }
}
