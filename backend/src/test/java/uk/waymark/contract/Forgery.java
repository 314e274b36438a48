package uk.waymark.contract;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tokens that say the same as a real one and that nobody who may has signed. */
final class Forgery {
    private static final RSAKey OURS = key();
    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);

    private Forgery() { }

    private static RSAKey key() {
        try {
            return new RSAKeyGenerator(2048).keyID("northmoor-1").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return forged tokens by how they were made */
    static Map<String, String> of(String real, URI server) {
        try {
            SignedJWT jwt = SignedJWT.parse(real);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            var forged = new LinkedHashMap<String, String>();
            forged.put("own HS256 key", sign(header(JWSAlgorithm.HS256), claims, new MACSigner(SECRET)));
            forged.put("own RS256 key", sign(header(JWSAlgorithm.RS256), claims, new RSASSASigner(OURS)));
            forged.put("own RS256 key in the header", sign(new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("northmoor-1")
                .jwk(OURS.toPublicJWK()).build(), claims, new RSASSASigner(OURS)));
            forged.put("the public key as a secret", sign(header(JWSAlgorithm.HS256), claims,
                new MACSigner(publicKey(server))));
            forged.put("alg none", new PlainJWT(claims).serialize());
            forged.put("alg none with a signature", Base64URL.encode("{\"alg\":\"none\"}")
                + real.substring(real.indexOf('.')));
            forged.put("no signature", real.substring(0, real.lastIndexOf('.') + 1));
            forged.put("changed claims", jwt.getHeader().toBase64URL() + "." + new JWTClaimsSet.Builder(claims)
                .claim("more", true).build().toPayload().toBase64URL() + "." + jwt.getSignature());
            forged.put("an unknown issuer", sign(header(JWSAlgorithm.RS256), issuedBy(claims,
                "https://elsewhere.example"),
                new RSASSASigner(OURS)));
            forged.put("an issuer with a NUL", sign(header(JWSAlgorithm.RS256), issuedBy(claims, "a\0b"),
                new RSASSASigner(OURS)));
            forged.put("no issuer", sign(header(JWSAlgorithm.RS256), issuedBy(claims, null), new RSASSASigner(OURS)));
            forged.put("critical unknown header", sign(new JWSHeader.Builder(JWSAlgorithm.HS256)
                .criticalParams(java.util.Set.of("x")).customParam("x", 1).build(), claims, new MACSigner(SECRET)));
            return forged;
        } catch (JOSEException | ParseException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWTClaimsSet issuedBy(JWTClaimsSet claims, String issuer) {
        return new JWTClaimsSet.Builder(claims).issuer(issuer).build();
    }

    private static JWSHeader header(JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm).keyID("northmoor-1").build();
    }

    private static byte[] publicKey(URI server) throws IOException, ParseException, JOSEException {
        return JWKSet.load(server.resolve("/sandbox/idp/northmoor/jwks").toURL()).getKeys().get(0).toRSAKey()
            .toRSAPublicKey()
            .getEncoded();
    }

    private static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
        var jwt = new SignedJWT(header, claims);
        jwt.sign(signer);
        return jwt.serialize();
    }
}
