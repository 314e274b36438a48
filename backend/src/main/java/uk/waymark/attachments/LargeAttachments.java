package uk.waymark.attachments;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import uk.waymark.platform.BodySizes;
import uk.waymark.platform.Language;
import uk.waymark.platform.ProblemException;

/** A file that no force takes, for its size or its type, is refused before it is read, with what is taken. */
@ServerFilter({"/v1/me/cases/*/messages/attachments", "/v1/staff/cases/*/attachments"})
final class LargeAttachments implements Ordered {
    private static final int MOST_BYTES = 10 << 20;
    private static final double MEGABYTE = 1 << 20;
    private final AttachmentSettings settings;

    LargeAttachments(AttachmentSettings settings) {
        this.settings = settings;
    }

    /** After the caller is known. */
    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after() - 1;
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        if (request.getMethod() != HttpMethod.POST) {
            return;
        }
        if (request.getContentLength() > MOST_BYTES) {
            throw tooLarge(MOST_BYTES, language(request));
        }
        kind(request);
        BodySizes.allow(request, MOST_BYTES);
    }

    /** Whose it is, and in which language they read, is not looked up for what is refused unread. */
    private static String language(HttpRequest<?> request) {
        return Language.of(request.getHeaders().get(HttpHeaders.ACCEPT_LANGUAGE), "en");
    }

    /** @throws ProblemException 415 for what is never taken */
    FileKind kind(HttpRequest<?> request) {
        String language = language(request);
        return FileKind.ofType(request.getContentType().map(MediaType::getName).orElse("")).orElseThrow(() -> ProblemException.of(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", settings.text("title.type", language), settings.text("type", language)));
    }

    /** @param language {@code en} or {@code cy} */
    ProblemException tooLarge(long most, String language) {
        return ProblemException.of(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", settings.text("title.too_large", language),
            settings.text("too_large", language).replace("{most}", megabytes(most)));
    }

    /** Whole ones, or with one place after the point. */
    static String megabytes(long bytes) {
        double megabytes = bytes / MEGABYTE;
        return megabytes == Math.rint(megabytes) ? String.valueOf((long) megabytes) : String.format(java.util.Locale.ROOT, "%.1f", megabytes);
    }
}
