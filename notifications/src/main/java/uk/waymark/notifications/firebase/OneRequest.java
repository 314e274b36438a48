package uk.waymark.notifications.firebase;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/**
 * The SDK's way out: exactly one HTTP request for a message, whatever comes back. Left to itself the SDK repeats a POST up
 * to four times on a 503, waiting in between, and once more on a 401; Firebase has no key by which it would know a
 * message again. A status that the SDK repeats on is shown to it as 500 while an {@link Exchange} watches, and what really
 * came is in the exchange. The JDK's client never repeats a POST.
 */
final class OneRequest extends HttpTransport {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int SHOWN_INSTEAD = 500;

    private final ThreadLocal<Exchange> watching = new ThreadLocal<>();
    private final URI base;
    private final Duration answerWithin;
    private HttpClient client;

    /** @param base stands in for the host that the SDK calls where it is not null */
    OneRequest(URI base, Duration answerWithin) {
        this.base = base;
        this.answerWithin = answerWithin;
    }

    /** What became of the one request of a message. */
    static final class Exchange {
        private boolean sent;
        private int status;
        private Duration retryAfter = Duration.ZERO;

        /** Whether the request may have reached Firebase. */
        boolean sent() {
            return sent;
        }

        /** The status of the answer, or 0 where there was none. */
        int status() {
            return status;
        }

        /** What Firebase asked for in {@code Retry-After}, in seconds; zero where it did not. */
        Duration retryAfter() {
            return retryAfter;
        }
    }

    /** Watches what this thread sends from now on, until {@link #unwatch()}. */
    Exchange watch() {
        Exchange exchange = new Exchange();
        watching.set(exchange);
        return exchange;
    }

    void unwatch() {
        watching.remove();
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) {
        URI to = URI.create(url);
        return new Request(method, base == null ? to : URI.create(base + to.getRawPath()));
    }

    @Override
    public synchronized void shutdown() {
        if (client != null) {
            client.close();
        }
    }

    /** Made when first needed: most instances start without anything to push. */
    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
        }
        return client;
    }

    private final class Request extends LowLevelHttpRequest {
        private final HttpRequest.Builder request;
        private final String method;

        Request(String method, URI to) {
            this.method = method;
            this.request = HttpRequest.newBuilder(to);
            if ("http".equals(to.getScheme())) {
                request.version(HttpClient.Version.HTTP_1_1);
            }
        }

        @Override
        public void addHeader(String name, String value) {
            request.header(name, value);
        }

        @Override
        public LowLevelHttpResponse execute() throws IOException {
            Exchange exchange = watching.get();
            if (exchange != null && exchange.sent) {
                throw new IOException("a second request for one message");
            }
            HttpResponse<byte[]> answer = call(request.method(method, body()).build(), exchange);
            int status = answer.statusCode();
            if (exchange != null) {
                exchange.status = status;
                exchange.retryAfter = answer.headers().firstValue("Retry-After").filter(s -> s.matches("\\d{1,6}"))
                    .map(s -> Duration.ofSeconds(Long.parseLong(s))).orElse(Duration.ZERO);
            }
            boolean repeated = status == 401 || status == 503;
            return new Answer(answer, exchange != null && repeated ? SHOWN_INSTEAD : status);
        }

        private HttpRequest.BodyPublisher body() throws IOException {
            if (getStreamingContent() == null) {
                return BodyPublishers.noBody();
            }
            var bytes = new ByteArrayOutputStream();
            getStreamingContent().writeTo(bytes);
            if (getContentType() != null) {
                request.header("Content-Type", getContentType());
            }
            if (getContentEncoding() != null) {
                request.header("Content-Encoding", getContentEncoding());
            }
            return BodyPublishers.ofByteArray(bytes.toByteArray());
        }

        /** The whole answer within the time, body included. */
        private HttpResponse<byte[]> call(HttpRequest ready, Exchange exchange) throws IOException {
            var coming = client().sendAsync(ready, BodyHandlers.ofByteArray());
            try {
                if (exchange != null) {
                    exchange.sent = true;
                }
                return coming.get(answerWithin.plus(CONNECT).toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                if (exchange != null && neverConnected(e.getCause())) {
                    exchange.sent = false;
                }
                throw new IOException(e.getCause().getClass().getSimpleName());
            } catch (TimeoutException e) {
                coming.cancel(true);
                throw new IOException("no answer in time");
            } catch (InterruptedException e) {
                coming.cancel(true);
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }

        private static boolean neverConnected(Throwable cause) {
            return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException
                || cause instanceof UnresolvedAddressException || cause instanceof SSLHandshakeException;
        }
    }

    private static final class Answer extends LowLevelHttpResponse {
        private final HttpResponse<byte[]> answer;
        private final int status;
        private final List<Map.Entry<String, String>> headers = new ArrayList<>();

        Answer(HttpResponse<byte[]> answer, int status) {
            this.answer = answer;
            this.status = status;
            answer.headers().map().forEach((name, values) -> values.forEach(v -> headers.add(Map.entry(name, v))));
        }

        @Override
        public java.io.InputStream getContent() {
            return new java.io.ByteArrayInputStream(answer.body());
        }

        @Override
        public String getContentEncoding() {
            return answer.headers().firstValue("Content-Encoding").orElse(null);
        }

        @Override
        public long getContentLength() {
            return answer.body().length;
        }

        @Override
        public String getContentType() {
            return answer.headers().firstValue("Content-Type").orElse(null);
        }

        @Override
        public String getStatusLine() {
            return "HTTP/1.1 " + status;
        }

        @Override
        public int getStatusCode() {
            return status;
        }

        @Override
        public String getReasonPhrase() {
            return "";
        }

        @Override
        public int getHeaderCount() {
            return headers.size();
        }

        @Override
        public String getHeaderName(int index) {
            return headers.get(index).getKey();
        }

        @Override
        public String getHeaderValue(int index) {
            return headers.get(index).getValue();
        }
    }
}
