package uk.waymark.apk;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Component;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/**
 * Unpacks the AARs and puts their classes on the class path, merges the manifests, compiles and links the
 * resources, generates the R classes, and tells Robolectric where all that lies.
 */
@Mojo(name = "resources", defaultPhase = LifecyclePhase.GENERATE_SOURCES,
        requiresDependencyResolution = ResolutionScope.TEST, threadSafe = true)
public class ResourcesMojo extends AppMojo {
    @Parameter(defaultValue = "${repositorySystemSession}", readonly = true)
    private RepositorySystemSession session;

    @Parameter(defaultValue = "${project.remoteProjectRepositories}", readonly = true)
    private List<RemoteRepository> repositories;

    @Component
    private RepositorySystem repositorySystem;

    @Parameter(defaultValue = "${project.basedir}/src/main/AndroidManifest.xml")
    private File manifest;

    @Parameter(defaultValue = "${project.basedir}/src/main/res")
    private File res;

    @Parameter(defaultValue = "${project.basedir}/src/main/assets")
    private File assets;

    /** Goes into the app in the place of the asset that is called so; null for the one that lies there. */
    @Parameter
    private Map<String, File> assetsInstead;

    @Parameter(required = true)
    private String applicationId;

    @Parameter(required = true)
    private int minSdk;

    @Parameter(required = true)
    private int targetSdk;

    @Parameter(defaultValue = "1")
    private int versionCode;

    @Parameter(defaultValue = "${project.version}")
    private String versionName;

    /** Versions of org.robolectric:android-all-instrumented that the tests run on. */
    @Parameter
    private List<String> robolectricSdks;

    @Override
    void run() throws IOException, MojoExecutionException {
        Path dir = work.toPath();
        Files.createDirectories(dir.resolve("flat"));
        Path aapt2 = Support.aapt2(dir);
        Path androidJar = null;
        List<Artifact> libraries = new ArrayList<>();
        for (Artifact a : project.getArtifacts()) {
            if (a.getArtifactId().equals("android-all")) {
                androidJar = a.getFile().toPath();
            }
            if (!a.getType().equals("aar") || a.getArtifactHandler().isAddedToClasspath()) {
                continue;
            }
            putOnClassPath(dir, a);
            if (goesIn(a)) {
                libraries.add(a);
            }
        }
        if (androidJar == null) {
            throw new MojoExecutionException("add org.robolectric:android-all with scope provided");
        }

        Path merged = dir.resolve("AndroidManifest.xml");
        new Manifests(getLog(), applicationId, minSdk, targetSdk).merge(manifest,
                libraries.stream().map(a -> Support.aarFolder(dir, a)).toList(), merged);

        // Later overlays win, so the libraries go in reverse order and the app's own resources last.
        List<Path> flats = new ArrayList<>();
        List<Path> assetDirs = new ArrayList<>();
        for (Artifact a : libraries) {
            Path unpacked = Support.aarFolder(dir, a);
            Path r = unpacked.resolve("res");
            if (!Support.files(r).isEmpty()) {
                flats.add(0, compile(aapt2, dir, unpacked.getFileName().toString(), r, true));
            }
            if (Files.isDirectory(unpacked.resolve("assets"))) {
                assetDirs.add(unpacked.resolve("assets"));
            }
        }
        if (res.isDirectory()) {
            flats.add(compile(aapt2, dir, "app", res.toPath(), false));
        }
        if (assets.isDirectory()) {
            assetDirs.add(0, assets.toPath());
        }
        if (assetsInstead != null) { // of two assets with one name the first is taken
            Path instead = dir.resolve("assets");
            Files.createDirectories(instead);
            for (Map.Entry<String, File> asset : assetsInstead.entrySet()) {
                Files.copy(asset.getValue().toPath(), instead.resolve(asset.getKey()), StandardCopyOption.REPLACE_EXISTING);
            }
            assetDirs.add(0, instead);
        }

        Path apk = dir.resolve("resources.ap_");
        Path symbols = dir.resolve("R.txt");
        List<String> link = new ArrayList<>(List.of(aapt2.toString(), "link", "-I", androidJar.toString(),
                "--manifest", merged.toString(), "-o", apk.toString(), "--auto-add-overlay", "--no-version-vectors",
                "--min-sdk-version", "" + minSdk, "--target-sdk-version", "" + targetSdk,
                "--version-code", "" + versionCode, "--version-name", versionName,
                "--output-text-symbols", symbols.toString(), "--proguard", dir.resolve("aapt-rules.pro").toString()));
        for (Path a : assetDirs) {
            link.addAll(List.of("-A", a.toString()));
        }
        for (Path f : flats) {
            link.addAll(List.of("-R", f.toString()));
        }
        Support.exec(getLog(), link);
        Path debuggable = dir.resolve("resources-debug.ap_"); // the same with the manifest marked debuggable
        link.set(link.indexOf(apk.toString()), debuggable.toString());
        link.add("--debug-mode");
        Support.exec(getLog(), link);

        Path sources = dir.resolve("r");
        RClasses.write(libraries.stream().map(a -> Support.aarFolder(dir, a)).toList(), symbols, manifest.toPath(), sources);
        project.addCompileSourceRoot(sources.toString());
        writeRobolectricFiles(merged, apk);
        getLog().info(libraries.size() + " AARs, " + flats.size() + " resource sets, " + Files.size(apk) / 1024 + " KiB resources.ap_");
    }

    private void putOnClassPath(Path dir, Artifact a) throws IOException {
        Path to = Support.aarFolder(dir, a);
        Path jar = to.resolve("all.jar");
        if (!Files.exists(jar)) {
            Support.unzip(a.getFile().toPath(), to);
            List<Path> jars = new ArrayList<>();
            if (Files.exists(to.resolve("classes.jar"))) {
                jars.add(to.resolve("classes.jar"));
            }
            for (Path f : Support.files(to.resolve("libs"))) {
                if (f.toString().endsWith(".jar")) {
                    jars.add(f);
                }
            }
            Support.joinJars(jars, jar);
        }
        DefaultArtifactHandler handler = new DefaultArtifactHandler("aar");
        handler.setAddedToClasspath(true);
        handler.setLanguage("java");
        a.setArtifactHandler(handler);
        a.setFile(jar.toFile());
    }

    private Path compile(Path aapt2, Path dir, String name, Path from, boolean cached) throws IOException, MojoExecutionException {
        Path to = dir.resolve("flat").resolve(name + ".zip");
        if (!cached || !Files.exists(to)) {
            List<String> command = new ArrayList<>(List.of(aapt2.toString(), "compile", "--dir", from.toString(), "-o", to.toString()));
            if (cached) {
                command.add("--legacy"); // libraries may hold what newer rules call errors
            }
            Support.exec(getLog(), command);
        }
        return to;
    }

    private void writeRobolectricFiles(Path merged, Path apk) throws IOException, MojoExecutionException {
        Path classes = Path.of(project.getBuild().getTestOutputDirectory());
        Properties config = new Properties();
        config.setProperty("android_merged_manifest", merged.toAbsolutePath().toString());
        config.setProperty("android_resource_apk", apk.toAbsolutePath().toString());
        config.setProperty("android_merged_assets", assets.getAbsolutePath());
        config.setProperty("android_custom_package", applicationId);
        Path to = classes.resolve("com/android/tools/test_config.properties");
        Files.createDirectories(to.getParent());
        try (var out = Files.newBufferedWriter(to)) {
            config.store(out, null);
        }
        if (robolectricSdks == null) {
            return;
        }
        // Robolectric would fetch these jars itself; Maven fetches them instead, and this file says where they lie.
        Properties jars = new Properties();
        for (String version : robolectricSdks) {
            ArtifactRequest request = new ArtifactRequest(
                    new DefaultArtifact("org.robolectric", "android-all-instrumented", "jar", version), repositories, null);
            try {
                jars.setProperty("org.robolectric:android-all-instrumented:" + version,
                        repositorySystem.resolveArtifact(session, request).getArtifact().getFile().getAbsolutePath());
            } catch (ArtifactResolutionException e) {
                throw new MojoExecutionException(e.getMessage(), e);
            }
        }
        try (var out = Files.newBufferedWriter(classes.resolve("robolectric-deps.properties"))) {
            jars.store(out, null);
        }
    }
}
