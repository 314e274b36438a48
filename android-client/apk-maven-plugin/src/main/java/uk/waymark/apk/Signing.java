package uk.waymark.apk;

import com.android.apksig.ApkSigner;
import com.android.apksig.ApkVerifier;
import java.io.File;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.Log;

/**
 * Signs an APK by schemes 2 and 3, and verifies what came of it. Where the key store does not exist, one with a debug key is made.
 *
 * @param password of the key store and its key; where it is null, the environment's, and otherwise that of a debug key
 */
record Signing(Log log, File keystore, String password, int minSdk) {
    private static final String DEBUG_PASSWORD = "android";

    void sign(Path unsigned, File apk) throws Exception {
        String given = password != null ? password : System.getenv().getOrDefault("WAYMARK_APK_PASSWORD", DEBUG_PASSWORD);
        if (!keystore.exists()) {
            Support.exec(log, List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair", "-keystore", keystore.getPath(), "-storetype", "PKCS12", "-storepass", given,
                    "-alias", "debug", "-keyalg", "RSA", "-keysize", "2048", "-validity", "10950", "-dname", "CN=Android Debug"));
        }
        KeyStore store = KeyStore.getInstance(keystore, given.toCharArray());
        String alias = store.aliases().nextElement();
        PrivateKey key = (PrivateKey) store.getKey(alias, given.toCharArray());
        X509Certificate certificate = (X509Certificate) store.getCertificate(alias);
        new ApkSigner.Builder(List.of(new ApkSigner.SignerConfig.Builder("key", key, List.of(certificate)).build()))
                .setInputApk(unsigned.toFile()).setOutputApk(apk).setMinSdkVersion(minSdk)
                .setV1SigningEnabled(false).setV2SigningEnabled(true).setV3SigningEnabled(true)
                .setLibraryPageAlignmentBytes(16384).build().sign();
        ApkVerifier.Result result = new ApkVerifier.Builder(apk).build().verify();
        if (!result.isVerified() || !result.isVerifiedUsingV2Scheme() || !result.isVerifiedUsingV3Scheme()) {
            throw new MojoExecutionException("the signed APK does not verify: " + result.getErrors());
        }
        log.info(apk.getName() + ": signatures v2 and v3 verified, " + certificate.getSubjectX500Principal());
    }
}
