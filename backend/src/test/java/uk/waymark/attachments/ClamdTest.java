package uk.waymark.attachments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.waymark.attachments.StandInScanner.Mood;
import uk.waymark.testing.RunningWaymark;

/** What a scanner's answers are taken for: from a stand-in that behaves badly, and from ClamAV itself where it is installed. */
class ClamdTest {
    private static final byte[] PLAIN = "nothing much".getBytes(StandardCharsets.US_ASCII);
    /** The test file of EICAR, which scanners find; in two parts, so that they do not find this source. */
    private static final String EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*";

    private static Clamd at(String address, Duration timeout) {
        return new Clamd(address, timeout);
    }

    @Test
    void whatItFindsIsNamedAndWhateverElseItDoesIsNoAnswer() {
        try (var scanner = new StandInScanner()) {
            Clamd clamd = at(scanner.address(), Duration.ofSeconds(60));
            assertTrue(clamd.connected());
            assertEquals(new Scanner.Verdict.Clean(), clamd.scan(PLAIN));
            assertEquals(new Scanner.Verdict.Clean(), clamd.scan(new byte[1_000_000]));
            assertEquals(new Scanner.Verdict.Infected("Harmful.Test"), clamd.scan(("a" + StandInScanner.HARMFUL).getBytes(
                StandardCharsets.US_ASCII)));
            for (Mood mood : List.of(Mood.SILENT, Mood.BREAKS_OFF, Mood.HALF_AN_ANSWER, Mood.ERROR)) {
                scanner.mood = mood;
                // nobody who answers is so late on a busy machine; for whoever is silent nobody waits for long
                Clamd asked = mood == Mood.SILENT ? at(scanner.address(), Duration.ofMillis(700)) : clamd;
                assertEquals(new Scanner.Verdict.CannotSay(), asked.scan(PLAIN), mood.name());
            }
            scanner.mood = Mood.WELL;
            assertEquals(new Scanner.Verdict.Clean(), clamd.scan(PLAIN), "and it is asked as before");
        }
    }

    @Test
    void withoutOneNothingIsSaid() {
        assertFalse(at("", Duration.ofSeconds(1)).connected());
        assertEquals(new Scanner.Verdict.CannotSay(), at("", Duration.ofSeconds(1)).scan(PLAIN));
        assertEquals(new Scanner.Verdict.CannotSay(), at("tcp://127.0.0.1:" + RunningWaymark.freePort(), Duration.ofSeconds(1)).scan(PLAIN));
        assertEquals(new Scanner.Verdict.CannotSay(), at("unix:/nowhere/clamd.sock", Duration.ofSeconds(1)).scan(PLAIN));
        assertThrows(IllegalArgumentException.class, () -> at("http://127.0.0.1", Duration.ofSeconds(1)));
    }

    @Test
    void clamAvItself(@TempDir Path folder) throws IOException, InterruptedException {
        Optional<Path> daemon = Stream.of("/usr/sbin/clamd", "/usr/local/sbin/clamd").map(Path::of).filter(Files::isExecutable).findFirst();
        assumeTrue(daemon.isPresent(), "ClamAV's clamd is not installed (Debian: clamav-daemon): what it says is not tested here");
        // a signature of our own: none is fetched
        Files.writeString(folder.resolve("own.ndb"), "Own.Eicar:0:*:" + HexFormat.of().formatHex(EICAR.getBytes(StandardCharsets.US_ASCII))
            + "\n");
        int port = RunningWaymark.freePort();
        Path socket = folder.resolve("clamd.sock");
        Path settings = Files.writeString(folder.resolve("clamd.conf"), """
            TCPSocket %d
            TCPAddr 127.0.0.1
            LocalSocket %s
            DatabaseDirectory %s
            TemporaryDirectory %s
            Foreground yes
            StreamMaxLength 11M
            """.formatted(port, socket, folder, folder));
        Process clamd = new ProcessBuilder(daemon.get().toString(), "--config-file=" + settings).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try {
            for (String address : List.of("tcp://127.0.0.1:" + port, "unix:" + socket)) {
                Clamd asked = at(address, Duration.ofSeconds(30));
                for (int i = 0; i < 300 && !(asked.scan(PLAIN) instanceof Scanner.Verdict.Clean); i++) {
                    assertTrue(clamd.isAlive(), "clamd has ended");
                    TimeUnit.MILLISECONDS.sleep(200); // another program starts
                }
                assertEquals(new Scanner.Verdict.Clean(), asked.scan(PLAIN));
                String found = assertInstanceOf(Scanner.Verdict.Infected.class,
                    asked.scan(("x" + EICAR + "y").getBytes(StandardCharsets.US_ASCII))).finding();
                assertTrue(found.startsWith("Own.Eicar"), found);
                assertEquals(new Scanner.Verdict.Clean(), asked.scan(new byte[10 << 20]), "the largest that is taken");
                assertEquals(new Scanner.Verdict.CannotSay(), asked.scan(new byte[12 << 20]), "more than it is set to read");
            }
        } finally {
            clamd.destroy();
            clamd.waitFor(20, TimeUnit.SECONDS);
        }
    }
}
