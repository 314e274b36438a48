package uk.waymark.platform;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * HTTP to a force's own systems, with an end to it: connecting, the whole answer and its size (2 MB) are limited, no redirect is followed
 * and no failure names an address.
 */
public final class BoundedCalls implements AutoCloseable {
    private static final int MOST_BYTES = 2 * 1024 * 1024;
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    private final HttpClient http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Duration answerTimeout;
    private final MachineClock clock;

    /** @param answerTimeout the most for any answer, its body included */
    public BoundedCalls(Duration connectTimeout, Duration answerTimeout, MachineClock clock) {
        this.answerTimeout = answerTimeout;
        this.clock = clock;
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout).executor(threads).build();
    }

    /** What came back. */
    public sealed interface Reply {

        /** @param etag or null @param retryAfter how long it wants to be left alone; null where it says nothing */
        record Answer(int status, String etag, Duration retryAfter, byte[] body) implements Reply { }

        /** @param why a short code in snake_case; {@code unreachable} where nothing was sent */
        record None(String why) implements Reply { }
    }

    /** @param atMost how much time is left; the limit of these calls where that is shorter */
    public Reply send(HttpRequest.Builder request, Duration atMost) {
        Duration limit = atMost.compareTo(answerTimeout) < 0 ? atMost : answerTimeout;
        if (!limit.isPositive()) {
            return new Reply.None("timeout");
        }
        // HttpRequest's own timeout ends when the headers are there: a body may then drip for ever
        Future<Reply> exchange = threads.submit(() -> exchange(request.timeout(limit).build()));
        try {
            return exchange.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            return new Reply.None("timeout");
        } catch (ExecutionException e) {
            return new Reply.None(reason(e.getCause()));
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            return new Reply.None("interrupted");
        }
    }

    private Reply exchange(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            byte[] body = in.readNBytes(MOST_BYTES + 1);
            if (body.length > MOST_BYTES) {
                return new Reply.None("too_large");
            }
            return new Reply.Answer(response.statusCode(), response.headers().firstValue("ETag").orElse(null),
                response.headers().firstValue("Retry-After").flatMap(this::wait).orElse(null), body);
        }
    }

    /** RFC 9110, 10.2.3: seconds or a date. */
    private Optional<Duration> wait(String retryAfter) {
        String text = retryAfter.strip();
        try {
            Duration wait = text.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(text))
                : Duration.between(clock.instant(), ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static String reason(Throwable failure) {
        return switch (failure) {
            case HttpConnectTimeoutException e -> "unreachable";
            case HttpTimeoutException e -> "timeout";
            case ConnectException e -> "unreachable";
            case IOException e -> "connection_lost";
            default -> "failed";
        };
    }

    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }
}
