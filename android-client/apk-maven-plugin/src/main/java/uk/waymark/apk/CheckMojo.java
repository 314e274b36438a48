package uk.waymark.apk;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Has a text that goes into the app read by the app's own code: what it refuses stops the build, and not a phone. */
@Mojo(name = "check", defaultPhase = LifecyclePhase.PROCESS_CLASSES,
        requiresDependencyResolution = ResolutionScope.TEST, threadSafe = true)
public class CheckMojo extends AppMojo {
    @Parameter(required = true)
    private File file;

    /** What reads it, {@code class#method}: static, of the text, and throws where it is not as it has to be. */
    @Parameter(required = true)
    private String reader;

    @Override
    void run() throws Exception {
        if (!file.isFile()) {
            throw new MojoExecutionException("there is no file " + file);
        }
        List<URL> classes = new ArrayList<>(List.of(Path.of(project.getBuild().getOutputDirectory()).toUri().toURL()));
        for (Artifact a : packed()) {
            classes.add(a.getFile().toURI().toURL());
        }
        String[] method = reader.split("#");
        try (URLClassLoader loader = new URLClassLoader(classes.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            loader.loadClass(method[0]).getMethod(method[1], String.class).invoke(null, Files.readString(file.toPath()));
        } catch (InvocationTargetException e) {
            throw new MojoExecutionException(file + ": " + e.getCause().getMessage(), e.getCause());
        }
    }
}
