package uk.waymark.apk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.Log;

/** Small file and process helpers that the goals use. */
final class Support {
    static final LocalDateTime FIXED_TIME = LocalDateTime.of(1980, 1, 2, 0, 0);

    private Support() {}

    /** The folder that an AAR is unpacked into, under target/android/aar. */
    static Path aarFolder(Path work, Artifact a) {
        return work.resolve("aar").resolve(a.getGroupId() + "_" + a.getArtifactId() + "_" + a.getVersion());
    }

    /** Writes the aapt2 executable for this operating system to the work folder. */
    static Path aapt2(Path work) throws IOException, MojoExecutionException {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String name = os.contains("win") ? "windows/aapt2.exe" : os.contains("mac") ? "macosx/aapt2" : "linux/aapt2";
        Path exe = work.resolve("tools").resolve(name.substring(name.indexOf('/') + 1));
        if (!Files.exists(exe)) {
            Files.createDirectories(exe.getParent());
            try (InputStream in = Support.class.getResourceAsStream("/prebuilt/" + name)) {
                if (in == null) {
                    throw new MojoExecutionException("no aapt2 for " + os + " in apktool-lib");
                }
                Files.copy(in, exe);
            }
            exe.toFile().setExecutable(true);
        }
        return exe;
    }

    static void exec(Log log, List<String> command) throws IOException, MojoExecutionException {
        Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
        p.getOutputStream().close();
        String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (p.waitFor() != 0) {
                throw new MojoExecutionException(String.join(" ", command) + "\n" + out);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("interrupted", e);
        }
        if (!out.isEmpty()) {
            log.info(out);
        }
    }

    interface Each {
        void take(ZipEntry entry, InputStream in) throws IOException;
    }

    /** Every file in a zip, in its order. */
    static void each(Path zip, Each each) throws IOException {
        try (ZipFile z = new ZipFile(zip.toFile())) {
            var entries = z.entries();
            while (entries.hasMoreElements()) {
                ZipEntry e = entries.nextElement();
                if (!e.isDirectory()) {
                    try (InputStream in = z.getInputStream(e)) {
                        each.take(e, in);
                    }
                }
            }
        }
    }

    static void unzip(Path zip, Path to) throws IOException {
        each(zip, (e, in) -> {
            Path out = to.resolve(e.getName()).normalize();
            if (out.startsWith(to)) {
                Files.createDirectories(out.getParent());
                Files.copy(in, out, StandardCopyOption.REPLACE_EXISTING);
            }
        });
    }

    /** Joins jars into one (an AAR may carry libs/*.jar beside its classes.jar). */
    static void joinJars(List<Path> jars, Path to) throws IOException {
        var seen = new java.util.HashSet<String>();
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
            for (Path jar : jars) {
                each(jar, (e, in) -> {
                    if (seen.add(e.getName())) {
                        ZipEntry copy = new ZipEntry(e.getName());
                        copy.setTimeLocal(FIXED_TIME); // the same AAR makes the same jar
                        out.putNextEntry(copy);
                        in.transferTo(out);
                        out.closeEntry();
                    }
                });
            }
        }
    }

    static List<Path> files(Path root) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(root)) {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path f, BasicFileAttributes attrs) {
                    found.add(f);
                    return FileVisitResult.CONTINUE;
                }
            });
            found.sort(null);
        }
        return found;
    }
}
