package uk.waymark.notifications.notify;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.spi.URLStreamHandlerProvider;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/**
 * The client's way out: exactly one HTTP request a call, whatever comes back, within a time. Left to itself the client goes
 * through the JDK's {@code HttpURLConnection}, which has no time-out unless told and sends a POST a second time when the
 * connection closes before an answer; Notify has no key by which it would know a message again. The client takes nothing
 * but a base address, so the address has a scheme of our own, and what is asked for under it comes here.
 */
final class OneRequest implements AutoCloseable {

    /** What the client is given as its base address. */
    static final String BASE = "waymark-notify://api";
    private static final String SCHEME = "waymark-notify";
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final ThreadLocal<Call> CALLING = new ThreadLocal<>();

    private final URI base;
    private final Duration answerWithin;
    private HttpClient client;

    /**
     * @param base         where Notify is, without a slash at its end
     * @param answerWithin for the whole of it, from connecting to the end of the answer
     */
    OneRequest(URI base, Duration answerWithin) {
        this.base = base;
        this.answerWithin = answerWithin;
    }

    /** What this thread is allowed to ask, and whether it has. */
    private static final class Call {
        private final OneRequest way;
        private boolean made;

        Call(OneRequest way) {
            this.way = way;
        }
    }

    /** Work that asks Notify once. */
    interface Asking<T> {
        T ask() throws Exception;
    }

    /** Lets the client ask once, through here. @throws NotSent also where it did not get as far as asking */
    <T> T once(Asking<T> asking) throws Exception {
        Call call = new Call(this);
        CALLING.set(call);
        try {
            return asking.ask();
        } catch (Exception e) {
            throw call.made ? e : new NotSent(e.getClass().getSimpleName());
        } finally {
            CALLING.remove();
        }
    }

    /** Sends what the client has put together. */
    static HttpResponse<byte[]> send(URL called, HttpRequest.Builder request) throws IOException {
        Call call = CALLING.get();
        if (call == null || call.made) {
            throw new IOException("a request that nobody allowed");
        }
        call.made = true;
        return call.way.exchange(request.uri(URI.create(call.way.base + called.getFile())).build());
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException {
        var coming = client().sendAsync(request, BodyHandlers.ofByteArray());
        try {
            return coming.get(answerWithin.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            String kind = e.getCause().getClass().getSimpleName();
            throw neverConnected(e.getCause()) ? new NotSent(kind) : new NoAnswer(kind);
        } catch (TimeoutException e) {
            coming.cancel(true);
            throw new NoAnswer("no answer in time");
        } catch (InterruptedException e) {
            coming.cancel(true);
            Thread.currentThread().interrupt();
            throw new NoAnswer("interrupted");
        }
    }

    private static boolean neverConnected(Throwable cause) {
        return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException
            || cause instanceof UnresolvedAddressException || cause instanceof SSLHandshakeException;
    }

    /** Made when first needed: most instances start without anything to send here. */
    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT)
                // a force may let its servers out through a proxy only
                .proxy(ProxySelector.getDefault()).build();
        }
        return client;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }

    /** No connection was made, so that Notify cannot have the message. Carries the kind of failure only. */
    static final class NotSent extends IOException {
        NotSent(String kind) {
            super(kind);
        }
    }

    /** The connection failed once the request may have left. Carries the kind of failure only. */
    static final class NoAnswer extends IOException {
        NoAnswer(String kind) {
            super(kind);
        }
    }

    /** Found by the JDK through {@code META-INF/services}. */
    public static final class Handlers extends URLStreamHandlerProvider {
        @Override
        public URLStreamHandler createURLStreamHandler(String scheme) {
            return !SCHEME.equals(scheme) ? null : new URLStreamHandler() {
                @Override
                protected URLConnection openConnection(URL url) {
                    return new OnceConnection(url);
                }
            };
        }
    }
}
