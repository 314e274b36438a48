package uk.waymark.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.CertificatePinner;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;

/** The directory of forces, what a force in it has to have, and who is taken for its server. */
class ForceTest {
    private static final String PIN = "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private static final String SPARE = "sha256/BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA=";

    private static Force force(String address, String rest) {
        return Force.directory("{\"forces\": [{\"code\": \"n\", \"name\": {\"en\": \"N\", \"cy\": \"G\"}, \"address\": \"" + address + "\"" + rest + "}]}").get(0);
    }

    @Test
    void pins_hold_until_their_last_day() {
        Force force = force("https://n.example/", ", \"pins\": [\"" + PIN + "\", \"" + SPARE + "\"], \"pins_until\": \"2027-06-30\"");
        assertEquals(2, Line.client(force, LocalDate.parse("2027-06-30")).certificatePinner().getPins().size());
        assertEquals(Set.of(), Line.client(force, LocalDate.parse("2027-07-01")).certificatePinner().getPins());
        assertEquals(CertificatePinner.DEFAULT.getPins(), Line.client(force("https://n.example/", ""), LocalDate.EPOCH).certificatePinner().getPins());
    }

    @Test
    void a_pin_needs_a_spare_and_an_end() {
        assertThrows(IllegalArgumentException.class, () -> force("https://n.example/", ", \"pins\": [\"" + PIN + "\"], \"pins_until\": \"2027-06-30\""));
        assertThrows(IllegalArgumentException.class, () -> force("https://n.example/", ", \"pins\": [\"" + PIN + "\", \"" + SPARE + "\"]"));
        assertThrows(IllegalArgumentException.class, () -> force("https://n.example/", ", \"pins\": [\"x\", \"y\"], \"pins_until\": \"2027-06-30\""));
    }

    @Test
    void a_force_is_reached_by_tls_only() {
        assertThrows(IllegalArgumentException.class, () -> force("http://n.example/", ""));
        assertEquals("n.example", force("https://n.example/", "").address().host());
    }

    @Test
    void a_server_whose_key_is_no_pin_hears_nothing() throws IOException {
        HeldCertificate now = key();
        HeldCertificate spare = key();
        String pins = pins(now, spare);
        assertEquals(1, reached(now, pins, "2027-06-30"));
        assertEquals(1, reached(spare, pins, "2027-06-30"), "the key has changed to the spare one");
        assertThrows(SSLPeerUnverifiedException.class, () -> reached(key(), pins, "2027-06-30"));
        assertEquals(1, reached(key(), pins, "2027-07-01"), "an old app is not shut out for good");
    }

    @Test
    void a_server_whom_nobody_vouches_for_is_not_spoken_to() throws IOException {
        HeldCertificate own = key();
        try (MockWebServer server = served(own)) {
            Force force = force("https://localhost:" + server.getPort() + "/", "");
            assertThrows(SSLHandshakeException.class, () -> ask(Line.client(force, LocalDate.EPOCH), force));
            assertEquals(0, server.getRequestCount());
        }
    }

    private static HeldCertificate key() {
        return new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    }

    private static String pins(HeldCertificate one, HeldCertificate other) {
        return ", \"pins\": [\"" + CertificatePinner.pin(one.certificate()) + "\", \"" + CertificatePinner.pin(other.certificate())
                + "\"], \"pins_until\": \"2027-06-30\"";
    }

    private static MockWebServer served(HeldCertificate key) {
        MockWebServer server = new MockWebServer();
        server.useHttps(new HandshakeCertificates.Builder().heldCertificate(key).build().sslSocketFactory(), false);
        server.enqueue(new MockResponse());
        return server;
    }

    /** How many requests came to a server with this key, which an authority that the phone knows vouches for; throws where it is refused. */
    private static int reached(HeldCertificate key, String pins, String today) throws IOException {
        try (MockWebServer server = served(key)) {
            Force force = force("https://localhost:" + server.getPort() + "/", pins);
            HandshakeCertificates known = new HandshakeCertificates.Builder().addTrustedCertificate(key.certificate()).build();
            try {
                ask(Line.client(force, LocalDate.parse(today)).newBuilder()
                        .sslSocketFactory(known.sslSocketFactory(), known.trustManager()).build(), force);
            } catch (SSLPeerUnverifiedException e) {
                assertEquals(0, server.getRequestCount());
                throw e;
            }
            return server.getRequestCount();
        }
    }

    private static void ask(OkHttpClient client, Force force) throws IOException {
        client.newCall(new Request.Builder().url(force.address()).build()).execute().close();
    }

    /** Of any force: only what has to be so, not who is in it. */
    @Test
    void the_directory_in_the_app_can_be_released() throws IOException {
        assertFalse(Force.toRelease(Files.readString(new File("../app/src/main/assets/forces.json").toPath())).isEmpty());
    }

    @Test
    void what_is_wrong_in_a_directory_is_said_before_it_is_released() {
        String good = "{\"code\": \"n\", \"name\": {\"en\": \"N\", \"cy\": \"G\"}, \"address\": \"https://n.example/\"";
        LocalDate today = LocalDate.parse("2027-06-30");
        String pins = ", \"pins\": [\"" + PIN + "\", \"" + SPARE + "\"], \"pins_until\": \"2027-06-30\"";
        assertEquals(2, Force.toRelease("{\"forces\": [" + good + pins + "}, " + good.replace("\"n\"", "\"m\"") + "}]}", today).size());
        Map.of("[]", "there is no force",
                "[" + good + "}, " + good + "}]", "one code has two",
                "[" + good + pins.replace("-30\"", "-29\"") + "}]", "its pins have ended",
                "[" + good + pins.replace("pins_until", "until") + "}]", ", not [",
                "[" + good + pins.replace(SPARE, PIN) + "}]", "a backup pin",
                "[" + good.replace("https:", "http:").replace("n.example", "localhost") + "}]", "must be https",
                "[" + good.replace("\"G\"", "\" \"") + "}]", "English and Welsh",
                "[" + good.replace("address", "name2") + "}]", ", not [",
                "[{\"code\": \"n\", \"name\": {\"en\": \"N\", \"cy\": \"G\"}}]", "the address is missing",
                "[" + good + ", \"firebase\": {\"project_id\": \"p\"}}]", "firebase needs").forEach((forces, why) -> {
                    String said = assertThrows(IllegalArgumentException.class,
                            () -> Force.toRelease("{\"forces\": " + forces + "}", today), forces).getMessage();
                    assertTrue(said.contains(why), said);
                });
    }
}
