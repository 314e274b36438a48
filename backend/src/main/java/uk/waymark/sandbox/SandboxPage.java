package uk.waymark.sandbox;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import jakarta.inject.Singleton;

/** Placeholder. */
@Singleton
@Requires(env = "sandbox")
final class SandboxPage {
    HttpResponse<String> show(String notice) {
        return HttpResponse.ok("<!doctype html><title>Waymark sandbox</title>");
    }
}
