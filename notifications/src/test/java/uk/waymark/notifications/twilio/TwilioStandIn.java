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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Speaks Twilio's HTTP for creating, reading and listing messages, over plain sockets so that it can also fail as networks do, and
 * keeps every request that it read and every message that it took. The list is as Twilio's: by number, in pages, late if so
 * told, and without a {@code date_sent} while nothing was sent.
 */
public final class TwilioStandIn implements AutoCloseable {

    /** One request as it came. @param form of a GET: its query */
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

        /** Take the message over and list it, whatever the caller is then shown. */
        record Take(Reaction then) implements Reaction {
        }

        /** Say so, as Twilio does; only within {@link Take}. */
        record Say() implements Reaction {
        }

        /** Do it after a while. */
        record After(Duration delay, Reaction then) implements Reaction {
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

    private final InstantSource clock;
    private final ServerSocket server;
    private final List<Taken> taken = Collections.synchronizedList(new ArrayList<>());
    private final List<Socket> open = Collections.synchronizedList(new ArrayList<>());
    private final List<Received> received = Collections.synchronizedList(new ArrayList<>());
    private volatile Function<Received, Reaction> reaction = TwilioStandIn::accept;
    private volatile Reaction listing;
    private volatile Consumer<Taken> onTaken = message -> { };
    private volatile Duration listedAfter = Duration.ZERO;

    public TwilioStandIn() {
        this(InstantSource.system());
    }

    /** @param clock gives the times at which messages are taken and listed */
    public TwilioStandIn(InstantSource clock) {
        this.clock = clock;
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

    /** How it reacts from now on to a message that is to be created. */
    public void react(Function<Received, Reaction> how) {
        reaction = how;
    }

    /** How it reacts from now on where the list is asked for; null for the list. */
    public void reactToList(Reaction how) {
        listing = how;
    }

    /** Called with each message that it takes, before it says anything. */
    public void onTaken(Consumer<Taken> what) {
        onTaken = what;
    }

    /** The time from taking a message to having it in the list. */
    public void listAfter(Duration time) {
        listedAfter = time;
    }

    /** A message that it took, as it would list it. */
    public record Taken(String account, String sid, Instant at, Map<String, String> form, String direction, String status) {
        /** The same message, reported otherwise. */
        public Taken as(String otherStatus) {
            return new Taken(account, sid, at, form, direction, otherStatus);
        }
    }

    /** What it has taken so far. */
    public List<Taken> taken() {
        return List.copyOf(taken);
    }

    /** Puts a message into its list, as if somebody had sent or received it through the account. */
    public void add(Taken message) {
        taken.add(message);
    }

    /** Takes the message over, as Twilio does, and says so. */
    public static Reaction accept(Received request) {
        return new Reaction.Take(new Reaction.Say());
    }

    /** Takes the message over, and then does something else than saying so. */
    public static Reaction take(Reaction then) {
        return new Reaction.Take(then);
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
                Reaction list = listing;
                more = react(socket, request, null, readOne(request) ? one(request)
                    : !listed(request) ? reaction.apply(request)
                    : list != null ? list
                    : TwilioStandInList.page(request, taken(), clock.instant().minus(listedAfter)));
            }
        } catch (IOException e) {
            // the client has gone
        }
    }

    private static boolean readOne(Received request) {
        return request.method.equals("GET") && request.path.contains("/Messages/");
    }

    private Reaction one(Received request) {
        return taken().reversed().stream().filter(t -> request.path.endsWith("/" + t.account + "/Messages/" + t.sid + ".json"))
            .findFirst().<Reaction>map(t -> new Reaction.Answer(200, TwilioStandInList.describe(t).toString()))
            .orElseGet(() -> refuse(404, 20404));
    }

    private static boolean listed(Received request) {
        return request.method.equals("GET") && request.path.contains("/Messages.json");
    }

    /** Answers whether the connection goes on. */
    private boolean react(Socket socket, Received request, Taken message, Reaction how) throws IOException {
        switch (how) {
            case Reaction.Take take -> {
                Taken fresh = new Taken(request.path.split("/")[3], "SM" + UUID.randomUUID().toString().replace("-", ""),
                    clock.instant(), request.form, "outbound-api", "queued");
                taken.add(fresh);
                onTaken.accept(fresh);
                return react(socket, request, fresh, take.then);
            }
            case Reaction.Say say -> {
                return react(socket, request, null, new Reaction.Answer(201, TwilioStandInList.describe(message).toString()));
            }
            case Reaction.After after -> {
                try {
                    Thread.sleep(after.delay);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return react(socket, request, message, after.then);
            }
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
        String asked = words[0].equals("GET") && words[1].contains("?") ? words[1].substring(words[1].indexOf('?') + 1) : body;
        return new Received(words[0], words[1], headers, form(asked), body);
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
}
