package uk.waymark.platform.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders with the rights that they need, whatever the umask of the caller. */
final class Folders {
    private Folders() { }

    /**
     * Makes a folder that only its owner may list, or takes one that is there; others may pass through where PostgreSQL
     * runs as another user. A folder of somebody else is refused: in a shared temporary folder anyone could have put
     * it there, with programs of their own inside.
     */
    static Path createOwn(Path folder, boolean passable) throws IOException {
        Files.createDirectories(folder);
        var me = me();
        var owner = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName();
        if (!owner.equals(me) || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new EmbeddedDatabaseException(folder + " belongs to " + owner + ", not to " + me
                    + ". Remove it, or choose another folder (--data, or -Djava.io.tmpdir for temporary data).");
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(passable ? "rwx--x--x" : "rwx------"));
        return folder;
    }

    /** Who this process is to the file system; {@code user.name} is "?" where the user has no name. */
    static String me() throws IOException {
        var probe = Files.createTempFile("waymark", ".probe");
        try {
            return Files.getOwner(probe).getName();
        } finally {
            Files.delete(probe);
        }
    }

    static Path createReadable(Path folder) throws IOException {
        Files.createDirectories(folder);
        setReadable(folder, true);
        return folder;
    }

    static void setReadable(Path file, boolean executable) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    /** Deletes a folder and all in it, links themselves and not what they point to. A missing one is no error. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) { // a server that is just stopping removes files of its own
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException e) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
