package uk.waymark.notifications.twilio;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/**
 * Speaks Twilio's HTTP for creating messages, over plain sockets so that it can also fail as networks do, and keeps
 * every request that it read.
 */
public final class TwilioStandIn implements AutoCloseable {

    /** One request as it came. */
    public record Received(String method, String path, Map<String, String> headers, Map<String, String> form,
        String body) {
    }

    /** What to do with a request. */
    public sealed interface Reaction {

        /** Answer with a status, a body and, unless it is empty, one more header line. */
        record Answer(int status, String body, String header) implements Reaction {
            public Answer(int status, String body) {
                this(status, body, "");
            }
        }

        /** Reset the connection once the request was read. */
        record Reset() implements Reaction {
        }

        /** Close the connection once the request was read, without an answer. */
        record Hangup() implements Reaction {
        }

        /** Never answer. */
        record Silence() implements Reaction {
        }

        /** Answer with something that is not HTTP. */
        record Garbage() implements Reaction {
        }
    }

    private final ServerSocket server;
    private final List<Socket> open = Collections.synchronizedList(new ArrayList<>());
    private final List<Received> received = Collections.synchronizedList(new ArrayList<>());
    private volatile Function<Received, Reaction> reaction = TwilioStandIn::accept;

    public TwilioStandIn() {
        try {
            server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::listen);
    }

    /** Where it listens. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** What it has read so far. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** How it reacts from now on. */
    public void react(Function<Received, Reaction> how) {
        reaction = how;
    }

    /** Takes the message over, as Twilio does. */
    public static Reaction accept(Received request) {
        String sid = "SM" + HexFormat.of().formatHex(uuidBytes(UUID.randomUUID()));
        return new Reaction.Answer(201, """
            {"account_sid": "%s", "api_version": "2010-04-01", "body": "", "date_created": "Thu, 24 Aug 2023 05:01:45 +0000",
             "date_sent": null, "date_updated": "Thu, 24 Aug 2023 05:01:45 +0000", "direction": "outbound-api",
             "error_code": null, "error_message": null, "from": null, "messaging_service_sid": null, "num_media": "0",
             "num_segments": "0", "price": null, "price_unit": null, "sid": "%s", "status": "queued",
             "subresource_uris": {}, "to": "", "uri": ""}""".formatted(request.path.split("/")[3], sid));
    }

    /** Refuses with one of Twilio's codes. */
    public static Reaction refuse(int status, int code) {
        return new Reaction.Answer(status, "{\"code\": " + code
            + ", \"message\": \"x\", \"more_info\": \"x\", \"status\": "
            + status + "}");
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : List.copyOf(open)) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean more = true;
            while (more) {
                Received request = read(in);
                if (request == null) {
                    break;
                }
                received.add(request);
                more = react(socket, reaction.apply(request));
            }
        } catch (IOException e) {
            // the client has gone
        }
    }

    /** Answers whether the connection goes on. */
    private static boolean react(Socket socket, Reaction how) throws IOException {
        switch (how) {
            case Reaction.Answer answer -> {
                byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
                String head = "HTTP/1.1 " + answer.status + " x\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.length + "\r\n" + (answer.header.isEmpty() ? "" : answer.header + "\r\n") + "\r\n";
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(body);
                socket.getOutputStream().flush();
                return true;
            }
            case Reaction.Garbage garbage -> {
                socket.getOutputStream().write("\u0000\u0001 not http at all\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                socket.close();
            }
            case Reaction.Reset reset -> {
                socket.setSoLinger(true, 0);
                socket.close();
            }
            case Reaction.Hangup hangup -> socket.close();
            case Reaction.Silence silence -> { }
        }
        return false;
    }

    private static Received read(InputStream in) throws IOException {
        String start = line(in);
        if (start == null) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
        String body = new String(in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0"))),
            StandardCharsets.UTF_8);
        String[] words = start.split(" ");
        return new Received(words[0], words[1], headers, form(body), body);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        if (c < 0) {
            return null;
        }
        while (c >= 0 && c != '\n') {
            line.append((char) c);
            c = in.read();
        }
        return line.toString().stripTrailing();
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : body.split("&")) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                form.put(URLDecoder.decode(parts[0], StandardCharsets.UTF_8), URLDecoder.decode(parts[1],
                    StandardCharsets.UTF_8));
            }
        }
        return form;
    }

    private static byte[] uuidBytes(UUID id) {
        return java.nio.ByteBuffer.allocate(16).putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits()).array();
    }
}
