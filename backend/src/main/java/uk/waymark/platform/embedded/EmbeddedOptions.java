package uk.waymark.platform.embedded;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How an {@link EmbeddedDatabase} is run.
 *
 * @param data         the folder that keeps the data; empty for a temporary one that goes when the server stops
 * @param durable      whether a commit reaches the disk ({@code fsync}, {@code synchronous_commit} and
 *                     {@code full_page_writes}); no benchmark is honest without it
 * @param stopsWithJvm whether a shutdown hook stops the server. Hooks run side by side, so an application that still
 *                     needs its database while it shuts down says no and closes the server itself, last
 */
public record EmbeddedOptions(Optional<Path> data, boolean durable, boolean stopsWithJvm) {

    /** Data that goes when the server stops: quick, and not safe against a power cut. */
    public static EmbeddedOptions temporary() {
        return new EmbeddedOptions(Optional.empty(), false, true);
    }

    /** Data that stays in {@code folder/postgresql} and survives a kill. */
    public static EmbeddedOptions kept(Path folder) {
        return new EmbeddedOptions(Optional.of(folder), true, true);
    }

    /** The same with every commit on disk. */
    public EmbeddedOptions onDisk() {
        return new EmbeddedOptions(data, true, stopsWithJvm);
    }

    /** The same without a shutdown hook: the caller promises to close the server. */
    public EmbeddedOptions closedByOwner() {
        return new EmbeddedOptions(data, durable, false);
    }
}
