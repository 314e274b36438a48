package uk.waymark.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;

/** Bytes on a socket, for requests that no client would send. */
final class Raw {
    private static final int PATIENCE_MILLIS = 60_000;
    private final URI server;

    Raw(URI server) {
        this.server = server;
    }

    /** @param bytes of each character, one for one @return the first answer; status 0 where there was none */
    Answer send(String request) {
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            write(socket, request.getBytes(StandardCharsets.ISO_8859_1));
            return parse(read(socket.getInputStream()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The server may answer and close before it has read all of it. */
    private static void write(Socket socket, byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (SocketException e) {
            // what it has to say is read next
        }
    }

    private static byte[] read(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var buffer = new byte[8192];
        try {
            while (!whole(bytes)) {
                int count = in.read(buffer);
                if (count < 0) {
                    break;
                }
                bytes.write(buffer, 0, count);
            }
        } catch (SocketException | SocketTimeoutException e) {
            // closed while there was still something of ours to read
        }
        return bytes.toByteArray();
    }

    private static boolean whole(ByteArrayOutputStream bytes) {
        String text = bytes.toString(StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        var length = java.util.regex.Pattern.compile("(?i)\r\ncontent-length: (\\d+)").matcher(text);
        return end > 0 && length.find() && text.length() >= end + 4 + Integer.parseInt(length.group(1));
    }

    private static Answer parse(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replaceFirst("^HTTP/1.1 100[^\\r]*\r\n\r\n", "");
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return new Answer(0, HttpHeaders.of(Map.of(), (n, v) -> true), MissingNode.getInstance(), text);
        }
        String[] lines = text.substring(0, end).split("\r\n");
        var headers = new HashMap<String, List<String>>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.computeIfAbsent(lines[i].substring(0, colon), n -> new ArrayList<>()).add(lines[i].substring(colon
                + 1).strip());
        }
        String body = text.substring(end + 4);
        return new Answer(Integer.parseInt(lines[0].split(" ")[1]), HttpHeaders.of(headers, (n, v) -> true),
            json(body), body);
    }

    private static JsonNode json(String body) {
        try {
            return body.isBlank() ? MissingNode.getInstance() : Api.JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
