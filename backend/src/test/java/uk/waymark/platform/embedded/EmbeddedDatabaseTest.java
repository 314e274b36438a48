package uk.waymark.platform.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real servers and real processes: what is left when one ends, and when one is killed. */
class EmbeddedDatabaseTest {
    private final List<Process> children = new ArrayList<>();

    @AfterEach
    void endChildren() {
        children.forEach(Process::destroyForcibly);
    }

    @Test
    void answersAndLeavesNothingWhenClosed() throws Exception {
        ProcessHandle server;
        Path folder;
        try (var database = EmbeddedDatabase.start((Path) null)) {
            assertEquals("18", ask(database, "select split_part(current_setting('server_version'), '.', 1)"));
            assertEquals("off", ask(database, "show fsync"));
            folder = Path.of(ask(database, "show data_directory")).getParent();
            server = postmaster(folder);
            assertTrue(server.isAlive());
        }
        assertTrue(gone(server), "the server is gone");
        assertFalse(Files.exists(folder), "its folder is gone");
    }

    @Test
    void letsNobodyInWithoutThePassword() throws Exception {
        try (var database = EmbeddedDatabase.start((Path) null)) {
            var refused = assertThrows(SQLException.class,
                    () -> DriverManager.getConnection(database.jdbcUrl("postgres"), "postgres", "postgres").close());
            assertEquals("28P01", refused.getSQLState());
            assertEquals("127.0.0.1", ask(database, "show listen_addresses"));
            assertEquals("", ask(database, "show unix_socket_directories"));
        }
    }

    @Test
    @Tag("slow")
    void twoRunSideBySide() throws Exception {
        try (var one = EmbeddedDatabase.start((Path) null); var other = EmbeddedDatabase.start((Path) null)) {
            assertNotEquals(ask(one, "show data_directory"), ask(other, "show data_directory"));
        }
    }

    @Test
    @Tag("slow")
    void keptDataIsThereNextTimeAndWasOnDisk(@TempDir Path folder) throws Exception {
        try (var database = EmbeddedDatabase.start(folder)) {
            assertEquals("on/on/on", ask(database, "select concat_ws('/', current_setting('fsync'),"
                    + " current_setting('synchronous_commit'), current_setting('full_page_writes'))"));
            change(database, "create table kept as select 42 as answer");
        }
        try (var database = EmbeddedDatabase.start(folder)) {
            assertEquals("42", ask(database, "select answer from kept"));
        }
    }

    @Test
    void aFolderInUseIsRefusedInPlainWords(@TempDir Path folder) {
        try (var database = EmbeddedDatabase.start(folder)) {
            var refused = assertThrows(EmbeddedDatabaseException.class, () -> EmbeddedDatabase.start(folder));
            assertTrue(refused.getMessage().contains("is in use by another Waymark (process "
                    + ProcessHandle.current().pid()), refused.getMessage());
            assertTrue(database.port() > 0);
        }
    }

    @Test
    @Tag("slow")
    void whatAKilledProcessLeftIsClearedAtTheNextStart() throws Exception {
        var child = startChild("");
        var folder = child.data().getParent();
        var server = postmaster(folder);
        kill(child.process());
        assertTrue(server.isAlive(), "a killed process cannot stop its server");

        try (var database = EmbeddedDatabase.start((Path) null)) {
            assertEquals("1", ask(database, "select 1"));
            assertTrue(gone(server), "the server that was left is stopped");
            assertFalse(Files.exists(folder), "the folder that was left is deleted");
        }
    }

    @Test
    @Tag("slow")
    void keptDataOfAKilledProcessIsTakenOver(@TempDir Path folder) throws Exception {
        var child = startChild(folder.toString());
        var server = postmaster(folder.resolve("postgresql"));
        var inUse = assertThrows(EmbeddedDatabaseException.class, () -> EmbeddedDatabase.start(folder));
        assertTrue(inUse.getMessage().contains("(process " + child.process().pid()), inUse.getMessage());
        kill(child.process());

        try (var database = EmbeddedDatabase.start(folder)) {
            assertTrue(gone(server));
            assertEquals("1", ask(database, "select count(*) from held"));
        }
    }

    @Test
    @Tag("slow")
    void aPidFileThatNamesSomethingElseHurtsNobody(@TempDir Path folder) throws Exception {
        EmbeddedDatabase.start(folder).close();
        var bystander = new ProcessBuilder("sleep", "60").start();
        children.add(bystander);
        Files.writeString(folder.resolve("postgresql/data/postmaster.pid"), bystander.pid() + "\n");

        try (var database = EmbeddedDatabase.start(folder)) {
            assertEquals("1", ask(database, "select 1"));
            assertTrue(bystander.isAlive(), "a process that only has the number is left alone");
        }
    }

    @Test
    @Tag("slow")
    void anOrdinaryEndOfTheProcessStopsTheServer() throws Exception {
        var child = startChild("");
        var folder = child.data().getParent();
        var server = postmaster(folder);
        child.process().destroy(); // SIGTERM
        assertTrue(child.process().waitFor(30, TimeUnit.SECONDS));
        assertTrue(gone(server));
        assertFalse(Files.exists(folder));
    }

    /** What the child processes of this test run: holds a server until it is ended. Argument: the folder or nothing. */
    static final class Holder {
        private Holder() { }

        public static void main(String[] arguments) throws Exception {
            var database = EmbeddedDatabase.start(arguments[0].isEmpty() ? null : Path.of(arguments[0]));
            change(database, "create table held as select 1 as one");
            System.out.println(ask(database, "show data_directory"));
            Thread.currentThread().join(); // for ever
        }
    }

    private record Child(Process process, Path data) { }

    private Child startChild(String folder) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), Holder.class.getName(),
                folder).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        children.add(process);
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).lines();
        return new Child(process, Path.of(firstPath(lines)));
    }

    /** A library may print a line of its own first. */
    private static String firstPath(Stream<String> lines) {
        return lines.filter(line -> line.startsWith("/") && line.endsWith("/data")).findFirst().orElseThrow();
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly(); // SIGKILL
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    }

    private static ProcessHandle postmaster(Path folder) throws IOException {
        var pid = Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }

    /** Ended, or ended and only waiting for the system to take its exit code, which is not ours to do. */
    private static boolean gone(ProcessHandle process) throws IOException {
        try {
            return !process.isAlive() || Files.readString(Path.of("/proc/" + process.pid() + "/stat")).contains(") Z ");
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    private static String ask(EmbeddedDatabase database, String query) throws SQLException {
        try (var c = database.connect("postgres"); var s = c.createStatement(); var row = s.executeQuery(query)) {
            assertTrue(row.next());
            return row.getString(1);
        }
    }

    private static void change(EmbeddedDatabase database, String statement) throws SQLException {
        try (var c = database.connect("postgres"); var s = c.createStatement()) {
            s.execute(statement);
        }
    }
}
