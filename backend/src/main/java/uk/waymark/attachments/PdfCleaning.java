package uk.waymark.attachments;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.ProblemException;

/**
 * Has a PDF cleaned by a process of its own: a document can make whoever reads it work for hours or take all memory there is, and a
 * limit on another process holds whatever the library does. It is there from the start, so that the figure is.
 */
@Context
final class PdfCleaning {
    private static final Logger LOG = LoggerFactory.getLogger(PdfCleaning.class);
    private static final Set<Integer> OUR_CODES = Set.of(CleanPdf.BROKEN, CleanPdf.ENCRYPTED, CleanPdf.TOO_MANY_PAGES, CleanPdf.JPEG_2000,
        CleanPdf.DRAWN_BY_A_PROGRAM);
    private final AttachmentSettings settings;
    private final String program;
    private final Counter failed;
    private final Semaphore places;

    @Inject
    PdfCleaning(AttachmentSettings settings, MeterRegistry meters) {
        this(settings, meters, System.getProperty("java.home") + "/bin/java");
    }

    /** @param program that runs Java */
    PdfCleaning(AttachmentSettings settings, MeterRegistry meters, String program) {
        this.settings = settings;
        this.program = program;
        this.failed = Counter.builder("waymark.attachments.cleaning.failed")
            .description("Documents not taken because the process that cleans them did not run").register(meters);
        this.places = new Semaphore(settings.number("document.at_once"));
    }

    /** @throws ProblemException 429 where others are being cleaned for too long; 503 where the process that does it does not run */
    Cleaned clean(byte[] in) {
        Duration time = settings.time("document.time");
        try {
            if (!places.tryAcquire(time.toSeconds(), TimeUnit.SECONDS)) {
                throw ProblemException.tooMany(time);
            }
            try {
                return run(in, time);
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        } catch (IOException e) {
            failed.increment();
            LOG.error("documents cannot be cleaned: the process that does it did not run: {}", e.getMessage());
            throw unavailable();
        }
    }

    private Cleaned run(byte[] in, Duration time) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(program, "-Xmx" + settings.number("document.memory") + "m",
            "-Xss1m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError", "-Djava.awt.headless=true", "-cp",
            System.getProperty("java.class.path"), CleanPdf.class.getName(), settings.text("pages"), settings.text("pixels"))
            .redirectError(ProcessBuilder.Redirect.DISCARD);
        // no password, no key
        builder.environment().clear();
        Process process = builder.start();
        var late = new AtomicBoolean();
        try {
            var deadline = Thread.ofVirtual().start(() -> endAfter(process, time, late));
            Thread.ofVirtual().start(() -> hand(process, in));
            // no more than was ever sent in, by far: what grows beyond is not read
            byte[] out = process.getInputStream().readNBytes(4 * in.length + (1 << 20));
            boolean whole = process.getInputStream().read() < 0;
            int code = whole ? process.waitFor() : CleanPdf.BROKEN;
            deadline.interrupt();
            if (!late.get() && code != 0 && !OUR_CODES.contains(code)) {
                // it did not begin, or was ended by the system: that says nothing of the document
                throw new IOException("it ended with " + code);
            }
            return code == 0 && out.length > 0 ? new Cleaned.Clean(out) : new Cleaned.Refused(why(code));
        } finally {
            process.destroyForcibly();
        }
    }

    private static void hand(Process process, byte[] in) {
        try (OutputStream to = process.getOutputStream()) {
            to.write(in);
        } catch (IOException e) {
            // it has ended: its code says why
        }
    }

    private static void endAfter(Process process, Duration time, AtomicBoolean late) {
        try {
            if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
                late.set(true);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            // it has ended in time
        }
    }

    private static String why(int code) {
        return switch (code) {
            case CleanPdf.ENCRYPTED -> "encrypted";
            case CleanPdf.TOO_MANY_PAGES -> "pages";
            case CleanPdf.JPEG_2000 -> "jpeg2000";
            case CleanPdf.DRAWN_BY_A_PROGRAM -> "form";
            default -> "broken";
        };
    }

    private static ProblemException unavailable() {
        return ProblemException.of(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "Not possible at the moment",
            "Documents cannot be taken at the moment. Try again in a few minutes, or send a photo of it.");
    }
}
