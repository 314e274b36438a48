package uk.waymark.web;

import io.micronaut.http.MediaType;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import uk.waymark.platform.DataFile;

/**
 * The static files, under one folder that is named by the hash of them all, so that a browser may keep them for ever and
 * modules find each other. GOV.UK Frontend (MIT) comes from its WebJar and leaves here without GDS Transport and the crest,
 * which belong to GOV.UK.
 */
@Singleton
public final class Assets {
    static final String FOLDER = "/assets/";
    private static final String STYLE = "app.css";
    private static final String GOVUK_STYLE = "govuk-frontend.min.css";
    private static final String SCRIPT = "govuk-frontend.min.js";
    private static final List<String> OWN = List.of("app.js", "words.js", "icon.svg",
        "icon-180.png", "icon-192.png", "icon-512.png");

    /** @param gzip the same, compressed */
    record File(byte[] plain, byte[] gzip, MediaType type) { }

    private final Map<String, File> files = new LinkedHashMap<>();
    private final String version;

    Assets() {
        var digest = sha256();
        // one file for both: on a poor line each question costs more than its bytes
        add(digest, STYLE, (stripped(text(govuk(GOVUK_STYLE))) + '\n' + text(read("/web/pages/" + STYLE))).getBytes(StandardCharsets.UTF_8));
        add(digest, SCRIPT, text(govuk(SCRIPT)).replaceAll("(?m)^//# sourceMappingURL=.*$", "").getBytes(StandardCharsets.UTF_8));
        OWN.forEach(name -> add(digest, name, read("/web/pages/" + name)));
        version = HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    /** The address of a file. @throws IllegalArgumentException where there is none of that name */
    public String url(String name) {
        if (!files.containsKey(name)) {
            throw new IllegalArgumentException("no file " + name);
        }
        return FOLDER + version + '/' + name;
    }

    /** @return null where there is none, or not any more */
    File find(String ofVersion, String name) {
        return version.equals(ofVersion) ? files.get(name) : null;
    }

    /** What cannot be kept for ever: the service worker needs a name that stays. */
    static byte[] read(String resource) {
        try (var in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no file " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(MessageDigest digest, String name, byte[] content) {
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update(content);
        files.put(name, new File(content, gzip(content), type(name)));
    }

    /** Without the faces of GDS Transport, its name in lists of families, and the crest. */
    private static String stripped(String css) {
        String plain = css.replaceAll("@font-face\\{[^}]*}", "")
            .replaceAll("(?i)\"?GDS Transport\"?,\\s*arial", "arial,\"Helvetica Neue\",\"Liberation Sans\"")
            .replaceAll("url\\([^)]*govuk-crest[^)]*\\)", "none")
            .replaceAll("/\\*# sourceMappingURL=[^*]*\\*/", "");
        if (plain.contains("GDS Transport") || plain.contains("crest.")) {
            throw new IllegalStateException("GOV.UK Frontend looks different: its font or crest would go out");
        }
        return plain;
    }

    private static byte[] govuk(String file) {
        String version = DataFile.of("/META-INF/maven/org.webjars.npm/govuk-frontend/pom.properties").text("version");
        return read("/META-INF/resources/webjars/govuk-frontend/" + version + "/dist/govuk/" + file);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] plain) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static MediaType type(String name) {
        return MediaType.of(name.endsWith(".css") ? "text/css; charset=utf-8"
            : name.endsWith(".js") ? "text/javascript; charset=utf-8" : name.endsWith(".png") ? "image/png" : "image/svg+xml");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
