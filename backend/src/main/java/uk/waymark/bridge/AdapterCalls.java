package uk.waymark.bridge;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.http.HttpRequest;
import java.time.Duration;
import uk.waymark.platform.BoundedCalls;
import uk.waymark.platform.MachineClock;

/** HTTP for adapters, within the times of {@link PullSettings}. */
@Singleton
public final class AdapterCalls implements AutoCloseable {
    private final BoundedCalls calls;

    public AdapterCalls(PullSettings settings, MachineClock clock) {
        this.calls = new BoundedCalls(settings.connectTimeout(), settings.answerTimeout(), clock);
    }

    /** @param atMost how much time is left; the settings' limit where that is shorter */
    public BoundedCalls.Reply send(HttpRequest.Builder request, Duration atMost) {
        return calls.send(request, atMost);
    }

    @Override
    @PreDestroy
    public void close() {
        calls.close();
    }
}
