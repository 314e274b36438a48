package uk.waymark.apk;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Turns the classes into dex code, and packs and signs the APK. */
@Mojo(name = "package", defaultPhase = LifecyclePhase.PACKAGE,
        requiresDependencyResolution = ResolutionScope.TEST, threadSafe = true)
public class ApkMojo extends AppMojo {
    @Parameter(required = true)
    private int minSdk;

    /** True: shrunk and optimised with R8, not debuggable. False: D8 only, debuggable. */
    @Parameter(defaultValue = "false")
    private boolean release;

    /** True: this one is left out. */
    @Parameter(defaultValue = "false")
    private boolean skip;

    /** Where the libraries' dex files are kept between debug builds. */
    @Parameter(defaultValue = "${project.build.directory}/android/dex-cache")
    private File dexCache;

    @Parameter(defaultValue = "${project.basedir}/proguard-rules.pro")
    private File proguardRules;

    /** A key store; where it does not exist, one with a debug key is made. */
    @Parameter(property = "apk.keystore", defaultValue = "${project.build.directory}/android/debug.p12")
    private File keystore;

    /** Its password. Where it is not given, the environment's {@code WAYMARK_APK_PASSWORD}: not for others to read in a list of processes. */
    @Parameter(property = "apk.keystore.password")
    private String keystorePassword;

    @Parameter(required = true)
    private File apk;

    /** How large it may be, in bytes; 0 for as large as it gets. */
    @Parameter(defaultValue = "0")
    private long maxBytes;

    /** A package whose classes are read and written by their fields, which R8 has to leave as they are. */
    @Parameter
    private String models;

    /** A class whose subclasses are made by their names, which R8 has to leave as they are. */
    @Parameter
    private String made;

    @Override
    void run() throws Exception {
        if (skip) {
            return;
        }
        Path dir = work.toPath();
        List<Path> jars = new ArrayList<>();
        List<Path> unpackedAars = new ArrayList<>();
        List<Path> onlyToCompile = new ArrayList<>();
        for (Artifact a : packed()) {
            jars.add(a.getFile().toPath());
            if (a.getType().equals("aar")) {
                unpackedAars.add(Support.aarFolder(dir, a));
            }
        }
        for (Artifact a : project.getArtifacts()) {
            if (Artifact.SCOPE_PROVIDED.equals(a.getScope()) && a.getArtifactHandler().isAddedToClasspath()) {
                onlyToCompile.add(a.getFile().toPath());
            }
        }
        long start = System.nanoTime();
        Path dex = dir.resolve(release ? "dex-release" : "dex-debug");
        for (Path old : Support.files(dex)) {
            Files.delete(old);
        }
        Files.createDirectories(dex);
        Path classes = Path.of(project.getBuild().getOutputDirectory());
        List<Path> own = Support.files(classes).stream().filter(f -> f.toString().endsWith(".class")).toList();
        Dexing dexing = new Dexing(getLog(), dir, dexCache.toPath(), minSdk, jars, unpackedAars, onlyToCompile);
        if (release) {
            dexing.release(classes, own, proguardRules.toPath(), dex, new Kept(models, made));
        } else {
            dexing.debug(own, dex);
        }
        long dexed = System.nanoTime();

        Path unsigned = dir.resolve(release ? "unsigned-release.apk" : "unsigned-debug.apk");
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(unsigned))) {
            Support.each(dir.resolve(release ? "resources.ap_" : "resources-debug.ap_"), (e, in) ->
                    put(out, e.getName(), in.readAllBytes(), e.getMethod() == ZipEntry.STORED));
            for (Path d : Support.files(dex)) {
                String name = dex.relativize(d).toString().replace('\\', '/');
                if (name.endsWith(".dex")) {
                    put(out, name, Files.readAllBytes(d), false);
                } else if (isResource(name)) {
                    merge(entries, name, Files.readAllBytes(d)); // R8 writes these, with the names it gave to classes
                }
            }
            for (Path a : unpackedAars) {
                Path jni = a.resolve("jni");
                for (Path so : Support.files(jni)) {
                    put(out, "lib/" + jni.relativize(so).toString().replace('\\', '/'), Files.readAllBytes(so), true);
                }
            }
            for (Path jar : release ? List.<Path>of() : jars) {
                Support.each(jar, (e, in) -> {
                    if (isResource(e.getName())) {
                        merge(entries, e.getName(), in.readAllBytes());
                    }
                });
            }
            for (Path f : Support.files(classes)) {
                String name = classes.relativize(f).toString().replace('\\', '/');
                if (isResource(name)) {
                    merge(entries, name, Files.readAllBytes(f));
                }
            }
            for (Map.Entry<String, byte[]> e : entries.entrySet()) {
                put(out, e.getKey(), e.getValue(), false);
            }
        }
        new Signing(getLog(), keystore, keystorePassword, minSdk).sign(unsigned, apk);
        Files.delete(unsigned);
        getLog().info(String.format("%s: %d KiB; %s %.1f s, packing and signing %.1f s", apk.getName(), apk.length() / 1024,
                release ? "R8" : "D8", (dexed - start) / 1e9, (System.nanoTime() - dexed) / 1e9));
        if (maxBytes > 0 && apk.length() > maxBytes) {
            throw new MojoExecutionException(apk + " has " + apk.length() + " bytes and may have " + maxBytes);
        }
    }

    private static boolean isResource(String name) {
        return !name.endsWith("/") && !name.endsWith(".class") && !name.endsWith(".java") && !name.endsWith(".proto")
                && !name.endsWith(".kotlin_module") && !name.endsWith(".knm") && !name.contains("linkdata/")
                && (!name.startsWith("META-INF/") || name.startsWith("META-INF/services/"));
    }

    private static void merge(Map<String, byte[]> entries, String name, byte[] data) {
        entries.merge(name, data, (a, b) -> {
            if (!name.startsWith("META-INF/services/")) {
                return a;
            }
            ByteArrayOutputStream both = new ByteArrayOutputStream();
            both.writeBytes(a);
            both.write('\n');
            both.writeBytes(b);
            return both.toByteArray();
        });
    }

    private static void put(ZipOutputStream out, String name, byte[] data, boolean stored) throws IOException {
        ZipEntry e = new ZipEntry(name);
        e.setTimeLocal(Support.FIXED_TIME); // the same input makes the same APK
        if (stored) {
            CRC32 crc = new CRC32();
            crc.update(data);
            e.setMethod(ZipEntry.STORED);
            e.setSize(data.length);
            e.setCompressedSize(data.length);
            e.setCrc(crc.getValue());
        }
        out.putNextEntry(e);
        out.write(data);
        out.closeEntry();
    }
}
