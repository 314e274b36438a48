package uk.waymark.notifications.notify;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** What the client takes for a connection: gathers what it says, and asks when it wants to know the answer. */
final class OnceConnection extends HttpURLConnection {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private HttpResponse<byte[]> answer;

    OnceConnection(URL url) {
        super(url);
    }

    @Override
    public OutputStream getOutputStream() {
        return said;
    }

    @Override
    public int getResponseCode() throws IOException {
        return answer().statusCode();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new ByteArrayInputStream(answer().body());
    }

    @Override
    public InputStream getErrorStream() {
        return answer == null ? null : new ByteArrayInputStream(answer.body());
    }

    private HttpResponse<byte[]> answer() throws IOException {
        if (answer == null) {
            HttpRequest.Builder request = HttpRequest.newBuilder()
                .method(method, doOutput ? BodyPublishers.ofByteArray(said.toByteArray()) : BodyPublishers.noBody());
            getRequestProperties().forEach((name, values) -> values.forEach(value -> request.header(name, value)));
            answer = OneRequest.send(url, request);
        }
        return answer;
    }

    @Override
    public void connect() {
        // with the request
    }

    @Override
    public void disconnect() {
        // the connection goes back to where it came from
    }

    @Override
    public boolean usingProxy() {
        return false;
    }
}
