package uk.waymark.attachments;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import uk.waymark.platform.BodySizes;
import uk.waymark.platform.ProblemException;

/** A file that no force takes, for its size or its type, is refused before it is read, with what is taken. */
@ServerFilter({"/v1/me/cases/*/messages/attachments", "/v1/staff/cases/*/attachments"})
final class LargeAttachments implements Ordered {
    private static final int MOST_BYTES = 10 << 20;
    private static final double MEGABYTE = 1 << 20;

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
            throw tooLarge(MOST_BYTES);
        }
        kind(request.getContentType().orElse(null));
        BodySizes.allow(request, MOST_BYTES);
    }

    /** @throws ProblemException 415 for what is never taken */
    static FileKind kind(MediaType type) {
        return FileKind.ofType(type == null ? "" : type.getName()).orElseThrow(() -> ProblemException.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "unsupported-media-type", "Not taken in that form",
            "Send a photo as image/jpeg or image/png, or a document as application/pdf. Save other files as one of these first."));
    }

    static ProblemException tooLarge(long most) {
        return ProblemException.of(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", "Too large",
            "A file has at most " + megabytes(most) + " MB. Nothing was kept: make it smaller, or send it in parts.");
    }

    /** Whole ones, or with one place after the point. */
    static String megabytes(long bytes) {
        double megabytes = bytes / MEGABYTE;
        return megabytes == Math.rint(megabytes) ? String.valueOf((long) megabytes) : String.format(java.util.Locale.ROOT, "%.1f", megabytes);
    }
}
