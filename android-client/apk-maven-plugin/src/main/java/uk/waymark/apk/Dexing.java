package uk.waymark.apk;

import com.android.tools.r8.CompilationMode;
import com.android.tools.r8.D8;
import com.android.tools.r8.D8Command;
import com.android.tools.r8.Diagnostic;
import com.android.tools.r8.DiagnosticsHandler;
import com.android.tools.r8.JdkClassFileProvider;
import com.android.tools.r8.OutputMode;
import com.android.tools.r8.R8;
import com.android.tools.r8.R8Command;
import com.android.tools.r8.Version;
import com.android.tools.r8.origin.Origin;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.maven.plugin.logging.Log;

/**
 * Turns classes into dex code.
 *
 * @param work where aapt2's rules lie and R8's map goes
 * @param dexCache where the libraries' dex code is kept between debug builds
 * @param jars the libraries
 * @param aars the unpacked libraries that are AARs, which bring rules of their own
 * @param onlyToCompile what is on the device already
 */
record Dexing(Log log, Path work, Path dexCache, int minSdk, List<Path> jars, List<Path> aars, List<Path> onlyToCompile) {

    /**
     * Shrunk, optimised and renamed.
     *
     * @param classes the folder of {@code own}
     * @param kept what has to be as it was, or there is no release
     */
    void release(Path classes, List<Path> own, Path proguardRules, Path dex, Kept kept) throws Exception {
        Path jdk = Path.of(System.getProperty("java.home"));
        StringBuilder usage = new StringBuilder();
        R8Command.Builder b = R8Command.builder(quiet()).setMode(CompilationMode.RELEASE).setMinApiLevel(minSdk)
                .addProgramFiles(jars).addProgramFiles(own).addLibraryFiles(onlyToCompile)
                .addLibraryResourceProvider(JdkClassFileProvider.fromJdkHome(jdk)).setOutput(dex, OutputMode.DexIndexed)
                .setProguardMapOutputPath(work.resolve("mapping.txt"))
                .setProguardUsageConsumer((text, handler) -> usage.append(text))
                .addProguardConfigurationFiles(work.resolve("aapt-rules.pro"));
        b.addProguardConfiguration(ANDROID_RULES, Origin.unknown());
        for (Path a : aars) {
            if (Files.exists(a.resolve("proguard.txt"))) {
                b.addProguardConfigurationFiles(a.resolve("proguard.txt"));
            }
        }
        if (Files.exists(proguardRules)) {
            b.addProguardConfigurationFiles(proguardRules);
        }
        R8.run(b.build());
        Files.writeString(work.resolve("usage.txt"), usage);
        List<String> names = own.stream().map(f -> classes.relativize(f).toString().replace(".class", "").replace(File.separatorChar, '.')).toList();
        List<Path> all = new ArrayList<>(jars);
        all.addAll(onlyToCompile);
        all.add(classes);
        kept.check(Files.readString(work.resolve("mapping.txt")), usage.toString(), names, all);
    }

    /** As it is, to be debugged. */
    void debug(List<Path> own, Path dex) throws Exception {
        Path jdk = Path.of(System.getProperty("java.home"));
        // The libraries' code changes only with their versions: its dex files are kept between builds.
        Path cached = dexCache.resolve(cacheName());
        if (!Files.exists(cached)) {
            Files.createDirectories(cached.getParent());
            Path part = Files.createTempFile(cached.getParent(), "part", ".zip");
            D8.run(D8Command.builder(quiet()).setMode(CompilationMode.DEBUG).setMinApiLevel(minSdk).addProgramFiles(jars)
                    .addLibraryFiles(onlyToCompile).addLibraryResourceProvider(JdkClassFileProvider.fromJdkHome(jdk))
                    .setOutput(part, OutputMode.DexIndexed).build());
            Files.move(part, cached, StandardCopyOption.REPLACE_EXISTING);
        }
        Path ownDex = work.resolve("own.zip");
        D8.run(D8Command.builder(quiet()).setMode(CompilationMode.DEBUG).setMinApiLevel(minSdk).addProgramFiles(own)
                .addClasspathFiles(jars).addLibraryFiles(onlyToCompile)
                .addLibraryResourceProvider(JdkClassFileProvider.fromJdkHome(jdk))
                .setOutput(ownDex, OutputMode.DexIndexed).build());
        int[] count = {0};
        for (Path zip : List.of(ownDex, cached)) {
            Support.each(zip, (e, in) -> {
                if (e.getName().endsWith(".dex")) {
                    count[0]++;
                    Files.copy(in, dex.resolve(count[0] == 1 ? "classes.dex" : "classes" + count[0] + ".dex"));
                }
            });
        }
    }

    /** Warnings and errors are shown; remarks on libraries' debug tables and unused rules are not. */
    private DiagnosticsHandler quiet() {
        return new DiagnosticsHandler() {
            @Override
            public void info(Diagnostic d) {
                log.debug(d.getDiagnosticMessage());
            }

            @Override
            public void warning(Diagnostic d) {
                if (d.getDiagnosticMessage().endsWith("already exists.")) {
                    log.debug(d.getDiagnosticMessage());
                } else {
                    log.warn(d.getOrigin() + ": " + d.getDiagnosticMessage());
                }
            }
        };
    }

    private String cacheName() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Path jar : jars) {
            digest.update(Files.readAllBytes(jar));
        }
        digest.update((minSdk + " " + Version.getVersionString()).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest(), 0, 16) + ".zip";
    }

    /** The rules that every Android build starts from. */
    private static final List<String> ANDROID_RULES = List.of(
            "-keepattributes *Annotation*,Signature,InnerClasses,EnclosingMethod,SourceFile,LineNumberTable",
            "-keepclasseswithmembernames,includedescriptorclasses class * { native <methods>; }",
            "-keepclassmembers enum * { public static **[] values(); public static ** valueOf(java.lang.String); }",
            "-keepclassmembers class * implements android.os.Parcelable { public static final ** CREATOR; }",
            "-keep class androidx.annotation.Keep",
            "-keep @androidx.annotation.Keep class * { *; }",
            "-keepclasseswithmembers class * { @androidx.annotation.Keep <methods>; }",
            "-keepclasseswithmembers class * { @androidx.annotation.Keep <fields>; }",
            "-keepclasseswithmembers class * { @androidx.annotation.Keep <init>(...); }",
            "-dontwarn java.lang.management.**",
            "-dontwarn javax.annotation.**");
}
