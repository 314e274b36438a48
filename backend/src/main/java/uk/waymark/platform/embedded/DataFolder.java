package uk.waymark.platform.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The folder of one embedded server, held by one process at a time. Whoever holds it has a lock on {@code owner.lock};
 * the kernel gives that up when the process dies, however it dies, so a folder that can be locked is one that nobody
 * looks after any more.
 */
final class DataFolder implements AutoCloseable {
    private static final String LOCK = "owner.lock";
    private static final Pattern TEMPORARY_NAME = Pattern.compile("(\\d+)-\\d+");
    /** Opening and closing a lock file a second time in one process would give up the first lock (POSIX). */
    private static final Set<Path> HELD_HERE = new HashSet<>();
    private static int made;

    private final Path path;
    private final boolean temporary;
    private final FileChannel lock;

    private DataFolder(Path path, boolean temporary, FileChannel lock) {
        this.path = path;
        this.temporary = temporary;
        this.lock = lock;
    }

    /** A new folder {@code home/PROCESS-N}. */
    static synchronized DataFolder temporary(Path home, boolean passable) throws IOException {
        try (var channel = open(home.resolve("folders.lock")); var lock = channel.lock()) {
            assert lock.isValid();
            made++;
            var name = ProcessHandle.current().pid() + "-" + made;
            return hold(Folders.createOwn(home.resolve(name), passable), true);
        }
    }

    /** The folder {@code parent/postgresql}, new or from an earlier run. */
    static synchronized DataFolder kept(Path parent, boolean passable) throws IOException {
        if (!Files.isDirectory(parent)) {
            Files.createDirectories(parent);
        }
        return hold(Folders.createOwn(parent.toRealPath().resolve("postgresql"), passable), false);
    }

    private static DataFolder hold(Path path, boolean temporary) throws IOException {
        var lockFile = path.resolve(LOCK);
        if (HELD_HERE.contains(path)) {
            throw inUse(path, Long.toString(ProcessHandle.current().pid()));
        }
        var channel = open(lockFile);
        if (channel.tryLock() == null) {
            channel.close();
            throw inUse(path, Files.readString(lockFile).strip());
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
        HELD_HERE.add(path);
        return new DataFolder(path, temporary, channel);
    }

    /**
     * Finds temporary folders whose process is gone, hands each to {@code stop} so that a server in it is stopped, and
     * deletes them.
     */
    static synchronized void sweep(Path home, Consumer<Path> stop) throws IOException {
        try (var channel = open(home.resolve("folders.lock")); var lock = channel.lock()) {
            assert lock.isValid();
            for (var folder : temporaryFolders(home)) {
                sweepOne(folder, stop);
            }
        }
    }

    private static List<Path> temporaryFolders(Path home) throws IOException {
        try (var all = Files.list(home)) {
            return all.filter(p -> TEMPORARY_NAME.matcher(p.getFileName().toString()).matches())
                    .filter(p -> !HELD_HERE.contains(p)).toList();
        }
    }

    private static void sweepOne(Path folder, Consumer<Path> stop) throws IOException {
        try (var channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null) {
                stop.accept(folder);
                Folders.delete(folder);
            }
        } catch (NoSuchFileException e) {
            if (!makerLives(folder)) { // half deleted, or never finished
                Folders.delete(folder);
            }
        }
    }

    private static boolean makerLives(Path folder) {
        var name = TEMPORARY_NAME.matcher(folder.getFileName().toString());
        return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isPresent();
    }

    Path path() {
        return path;
    }

    boolean isTemporary() {
        return temporary;
    }

    /** Gives the folder up, and deletes it if it was a temporary one. */
    @Override
    public void close() throws IOException {
        try (lock) {
            if (temporary) {
                Folders.delete(path);
            }
        } finally {
            synchronized (DataFolder.class) {
                HELD_HERE.remove(path);
            }
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static EmbeddedDatabaseException inUse(Path path, String process) {
        return new EmbeddedDatabaseException(path.getParent() + " is in use by another Waymark (process " + process
                + "). Stop that one, or give another folder.");
    }
}
