package uk.waymark.export;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.server.types.files.StreamedFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file on its way out, written while it is sent. Its name tells nobody what it is about. */
final class ExportAnswer {
    static final String ZIP = "application/zip";
    private static final Logger LOG = LoggerFactory.getLogger(ExportAnswer.class);
    private static final int AHEAD = 16 * 1024;

    private ExportAnswer() { }

    static HttpResponse<?> of(Exports.Body body) {
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
