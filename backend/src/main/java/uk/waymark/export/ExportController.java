package uk.waymark.export;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import jakarta.annotation.Nullable;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.CurrentCaller;

/** The file over HTTP. By hand, because it is written while it is sent. */
@Controller("/v1/me")
@Secured("person")
@ExecuteOn(TaskExecutors.BLOCKING)
class ExportController {
    private static final Logger LOG = LoggerFactory.getLogger(ExportController.class);
    private static final String ZIP = "application/zip";
    private static final int AHEAD = 16 * 1024;
    private final Exports exports;
    private final CurrentCaller caller;

    ExportController(Exports exports, CurrentCaller caller) {
        this.exports = exports;
        this.caller = caller;
    }

    /** A name that tells nobody what it is about. */
    @Get("/export")
    @Produces({ZIP, "application/problem+json"})
    HttpResponse<?> export(@Nullable @Header(HttpHeaders.ACCEPT_LANGUAGE) String acceptLanguage) {
        Exports.Body body = exports.open(caller.person(), acceptLanguage);
        return HttpResponse.ok(new StreamedFile(written(body), new MediaType(ZIP)))
            .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"my-information.zip\"")
            .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** Whoever reads slowly, or stops, holds no connection of the database: each page is read in a transaction of its own. */
    private static InputStream written(Exports.Body body) {
        var passage = new Passage();
        Thread.ofVirtual().start(() -> {
            try {
                var out = new BufferedOutputStream(passage.out(), AHEAD);
                body.to(out);
                out.flush();
                passage.end();
            } catch (IOException e) {
                LOG.debug("the reader of an export went away");
            } catch (RuntimeException e) {
                LOG.warn("an export ended early: {}", e.getClass().getSimpleName());
                passage.breakOff();
            }
        });
        return passage.in();
    }
}
