package uk.waymark.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;

/** A force with an identity provider, and its system that reports events: what a benchmark needs to bring anything in over HTTP. */
final class BenchFeed implements AutoCloseable {
    private static final String ISSUER = "https://idp.bench.example";

    private final HttpServer keys;
    private final RSAKey key;
    private final String token;

    private BenchFeed(HttpServer keys, RSAKey key) throws JOSEException {
        this.keys = keys;
        this.key = key;
        this.token = token("rms", "system");
    }

    /** The identity provider, as far as a server asks it: its public key. */
    private static BenchFeed start() throws JOSEException, IOException {
        RSAKey key = new RSAKeyGenerator(2048).keyID("bench").generate();
        byte[] jwks = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/jwks", exchange -> {
            exchange.sendResponseHeaders(200, jwks.length);
            exchange.getResponseBody().write(jwks);
            exchange.close();
        });
        server.start();
        return new BenchFeed(server, key);
    }

    /** What is measured on a server that a force can report to. */
    interface Measured {
        String on(BenchFeed feed, ProductionSite site, ServerProcess server) throws Exception;
    }

    /** Starts a server on a database of its own, as in production but that it sends nothing, and ends both. @return what was measured */
    static String measure(List<String> command, Measured measured) throws Exception {
        try (var feed = start(); var site = ProductionSite.start()) {
            var environment = new HashMap<>(site.environment());
            System.out.println("Migrating the database");
            ServerRun.of(command, environment, site.port());
            feed.register(site);
            // a property of the machine: what is in the environment is read by Settings alone, and this is no setting
            var silent = new ArrayList<>(command);
            silent.add(1, "-Dwaymark.messaging.sends=false");
            try (var server = ServerProcess.start(silent, environment, site.port())) {
                String figures = measured.on(feed, site, server);
                server.stop();
                return figures;
            }
        }
    }

    /** Once the database is migrated. */
    private void register(ProductionSite site) throws SQLException {
        try (var c = site.superuser(); var s = c.createStatement()) {
            ReadData.force(s, 0);
            s.execute("insert into waymark.identity_provider (id, force_id, issuer, audience, jwks_uri) select gen_random_uuid(), id, '"
                    + ISSUER + "', 'waymark', 'http://127.0.0.1:" + keys.getAddress().getPort()
                    + "/jwks' from waymark.force where code = 'bench-0'");
            s.execute("alter system set max_wal_size = '16GB'");
            s.execute("alter system set checkpoint_timeout = '30min'");
            s.execute("select pg_reload_conf()");
        }
    }

    /** A whole request that reports these events. */
    byte[] batch(List<String> events) {
        byte[] body = events.stream().collect(Collectors.joining(",", "{\"source\": \"rms\", \"events\": [", "]}"))
            .getBytes(StandardCharsets.UTF_8);
        byte[] head = ("POST /v1/bridge/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            + "Authorization: Bearer " + token + "\r\nContent-Length: " + body.length + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    /** Of somebody of the force, or of a system. */
    String token(String subject, String role) throws JOSEException {
        Instant now = Instant.now();
        var jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
            new JWTClaimsSet.Builder().issuer(ISSUER).audience("waymark").subject(subject).claim("roles", List.of(role))
                .issueTime(Date.from(now)).expirationTime(Date.from(now.plus(Duration.ofHours(3)))).build());
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    @Override
    public void close() {
        keys.stop(0);
    }
}
