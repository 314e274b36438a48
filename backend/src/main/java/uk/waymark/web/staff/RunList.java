package uk.waymark.web.staff;

import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import uk.waymark.web.Carried;

/** A list of reminders on its way from being checked to being sent: sealed in the page itself, so nothing of it is kept here. */
@Singleton
final class RunList {
    private static final String FILE = "file";
    private final Carried carried;

    RunList(Carried carried) {
        this.carried = carried;
    }

    /** What the API takes. @param file whether it is the bytes of a CSV, and else the days */
    record Wanted(boolean file, Object body) {
        Map<String, String> headers() {
            return file ? Map.of("Content-Type", "text/csv") : Map.of();
        }

        /** Without what is in it. */
        @Override
        public String toString() {
            return "Wanted[" + (file ? "file" : "days") + "]";
        }
    }

    String pack(byte[] file) {
        var zipped = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(zipped)) {
            zip.write(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return carried.pack(Map.of(FILE, Base64.getEncoder().encodeToString(zipped.toByteArray())));
    }

    /** @param days from, to and perhaps unit, as typed */
    String pack(Map<String, String> days) {
        return carried.pack(days);
    }

    /** @return empty for what is not ours, or too old */
    Optional<Wanted> open(String packed) {
        var what = new LinkedHashMap<>(carried.open(packed));
        if (what.isEmpty()) {
            return Optional.empty();
        }
        String file = what.get(FILE);
        return Optional.of(file == null ? new Wanted(false, what) : new Wanted(true, unzipped(Base64.getDecoder().decode(file))));
    }

    private static byte[] unzipped(byte[] zipped) {
        try (var zip = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            return zip.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
