package uk.waymark.apk;

import com.android.manifmerger.ManifestMerger2;
import com.android.manifmerger.ManifestSystemProperty;
import com.android.manifmerger.MergingReport;
import com.android.utils.ILogger;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.Log;

/** Merges the app's manifest with those of its libraries. */
record Manifests(Log log, String applicationId, int minSdk, int targetSdk) {

    void merge(File manifest, List<Path> libraries, Path to) throws IOException, MojoExecutionException {
        ILogger logger = new ILogger() {
            @Override
            public void error(Throwable t, String format, Object... args) {
                log.error(String.format(String.valueOf(format), args), t);
            }

            @Override
            public void warning(String format, Object... args) {
                log.warn(String.format(format, args));
            }

            @Override
            public void info(String format, Object... args) {
                log.debug(String.format(format, args));
            }

            @Override
            public void verbose(String format, Object... args) {}
        };
        try {
            ManifestMerger2.Invoker invoker = ManifestMerger2.newMerger(manifest, logger, ManifestMerger2.MergeType.APPLICATION);
            for (Path library : libraries) {
                invoker.addLibraryManifest(library.resolve("AndroidManifest.xml").toFile());
            }
            // not the placeholder applicationId as well: the merger refuses both
            invoker.setOverride(ManifestSystemProperty.Document.PACKAGE, applicationId);
            invoker.setOverride(ManifestSystemProperty.UsesSdk.MIN_SDK_VERSION, "" + minSdk);
            invoker.setOverride(ManifestSystemProperty.UsesSdk.TARGET_SDK_VERSION, "" + targetSdk);
            // without it what is marked as removed is there all the same
            invoker.withFeatures(ManifestMerger2.Invoker.Feature.REMOVE_TOOLS_DECLARATIONS);
            MergingReport report = invoker.merge();
            if (!report.getResult().isSuccess()) {
                report.log(logger);
                throw new MojoExecutionException("manifest merging failed: " + report.getReportString());
            }
            Files.writeString(to, report.getMergedDocument(MergingReport.MergedManifestKind.MERGED));
        } catch (ManifestMerger2.MergeFailureException e) {
            throw new MojoExecutionException("manifest merging failed", e);
        }
    }
}
