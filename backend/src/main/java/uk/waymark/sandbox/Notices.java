package uk.waymark.sandbox;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicReference;

/** Carries what a form came to over to the page that is shown next. One person plays with a sandbox at a time. */
@Singleton
@Requires(env = "sandbox")
final class Notices {
    private final AtomicReference<SandboxPage.Notice> left = new AtomicReference<>();

    void leave(SandboxPage.Notice notice) {
        left.set(notice);
    }

    /** @return what was left, once; or null */
    SandboxPage.Notice take() {
        return left.getAndSet(null);
    }
}
