package uk.waymark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where a demo keeps its secrets and its log: the folder that was asked for, or one that goes when it stops. */
final class DemoFolder {
    private static final Pattern TEMPORARY = Pattern.compile("waymark-demo-(\\d+)");

    private DemoFolder() { }

    /** @param dataOrNull the folder that was asked for */
    static Path of(Path dataOrNull) throws IOException {
        if (dataOrNull != null) {
            return Files.createDirectories(dataOrNull);
        }
        Path home = Path.of(System.getProperty("java.io.tmpdir"));
        forgetThoseOfTheKilled(home);
        Path folder = home.resolve("waymark-demo-" + ProcessHandle.current().pid());
        return Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** The folders of the demos that run here now and keep nothing. */
    static List<Path> running() throws IOException {
        return in(Path.of(System.getProperty("java.io.tmpdir"))).stream()
            .filter(folder -> TEMPORARY.matcher(folder.getFileName().toString()).matches())
            .filter(RunningDemo::in).toList();
    }

    /** Removes a folder that was made for one run. */
    static void forget(Path folder) {
        try {
            for (Path file : in(folder)) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            System.err.println("The folder " + folder + " could not be removed.");
        }
    }

    /** What a kill -9 left: a folder named for a process that is no more. */
    private static void forgetThoseOfTheKilled(Path home) throws IOException {
        for (Path folder : in(home)) {
            Matcher name = TEMPORARY.matcher(folder.getFileName().toString());
            if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty() && Files.isWritable(folder)) {
                forget(folder);
            }
        }
    }

    private static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
