package uk.waymark.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * A file of times, numbers or words that is shipped with the server: {@code name = value} in UTF-8, read once. What is asked for and is
 * not in it is a mistake of ours, found by a test: {@link IllegalArgumentException} says which name of which file.
 */
public final class DataFile {
    private final String path;
    private final Properties values = new Properties();

    private DataFile(String path) {
        this.path = path;
        try (InputStream in = DataFile.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no " + path);
            }
            values.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param path from the root of the class path, as {@code /hearings/week.properties} */
    public static DataFile of(String path) {
        return new DataFile(path);
    }

    /** The file in each language. @param path as {@code /hearings/dates}, of {@code /hearings/dates_en.properties} and its Welsh twin */
    public static Map<String, DataFile> inBoth(String path) {
        return Map.of("en", of(path + "_en.properties"), "cy", of(path + "_cy.properties"));
    }

    public String text(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no " + name + " in " + path));
    }

    public String text(String name, String otherwise) {
        return values.getProperty(name, otherwise);
    }

    public Optional<String> find(String name) {
        return Optional.ofNullable(values.getProperty(name));
    }

    /** @return as ISO 8601 has it: {@code PT1H} */
    public Duration duration(String name) {
        return Duration.parse(text(name).strip());
    }

    public int number(String name) {
        return Integer.parseInt(text(name).strip());
    }

    public Set<String> names() {
        return values.stringPropertyNames();
    }
}
