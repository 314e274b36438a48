package uk.waymark.apk;

import java.io.File;
import java.util.List;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** What the goals that build the app have in common: which app it is, which libraries go into it, and where it is worked on. */
abstract class AppMojo extends AbstractMojo {
    @Parameter(defaultValue = "${project}", readonly = true)
    MavenProject project;

    @Parameter(defaultValue = "${project.build.directory}/android")
    File work;

    @Override
    public final void execute() throws MojoExecutionException {
        try {
            run();
        } catch (MojoExecutionException e) {
            throw e;
        } catch (Exception e) {
            throw new MojoExecutionException(e.toString(), e);
        }
    }

    abstract void run() throws Exception;

    /** The libraries on the class path that go into the app; those that are AARs are there once {@code resources} has unpacked them. */
    final List<Artifact> packed() {
        return project.getArtifacts().stream().filter(a -> a.getArtifactHandler().isAddedToClasspath() && goesIn(a)).toList();
    }

    /** Whether it goes into the app, or is only there to compile or to test with. */
    static boolean goesIn(Artifact a) {
        return Artifact.SCOPE_COMPILE.equals(a.getScope()) || Artifact.SCOPE_RUNTIME.equals(a.getScope());
    }
}
