package uk.waymark.platform.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One PostgreSQL in one folder, driven by its own programs: {@code data} holds the database, {@code server.log} what
 * the server said since its start, {@code superuser-password} what its name says.
 */
final class PostgresServer {
    static final String SUPERUSER = "postgres";
    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 30;

    private final Path binaries;
    private final ServerUser user;
    private final Path folder;
    private final Path data;
    private Optional<Process> child = Optional.empty();

    PostgresServer(Path binaries, ServerUser user, Path folder) {
        this.binaries = binaries;
        this.user = user;
        this.folder = folder;
        this.data = folder.resolve("data");
    }

    boolean isInitialised() {
        return Files.exists(data.resolve("PG_VERSION"));
    }

    /**
     * Makes the cluster beside its place and moves it there when it is whole: a kill half-way leaves nothing that looks
     * like a database. Text sorts by code point on every machine, whatever its locales.
     */
    void initialise(String password, boolean durable) throws IOException {
        var half = folder.resolve("data.part");
        Folders.delete(half);
        own(Files.createDirectory(half, PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("rwx------"))));
        var command = new ArrayList<>(List.of(program("initdb"), "--pgdata=" + half, "--username=" + SUPERUSER,
                "--pwfile=" + writePassword(password), "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C",
                "--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
        if (!durable) {
            command.add("--no-sync");
        }
        var result = ChildCommand.run(folder, START_SECONDS, user.prefix(), command);
        if (!result.succeeded()) {
            throw new EmbeddedDatabaseException("PostgreSQL could not make its data folder " + half + hint() + ":\n"
                    + result.output());
        }
        Files.move(half, data, StandardCopyOption.ATOMIC_MOVE);
    }

    String password() throws IOException {
        return Files.readString(passwordFile()).strip();
    }

    /**
     * Starts the server as a child of this process and waits until it takes connections.
     *
     * @return whether it runs; false where it did not come up, with the reason in {@link #log}
     */
    boolean start(int port, boolean durable) throws IOException {
        var command = new ArrayList<>(user.serverPrefix());
        command.addAll(List.of(program("postgres"), "-D", data.toString(), "-p", Integer.toString(port)));
        settings(durable).forEach(setting -> command.addAll(List.of("-c", setting)));
        child = Optional.of(ChildCommand.start(folder, command, logFile().toFile()));
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!isReady()) {
            if (exitedWithin(20) || System.nanoTime() > deadline) {
                return false;
            }
        }
        return true;
    }

    /** The server tells its state in the eighth line of its pid file; this is what {@code pg_ctl --wait} looks at. */
    private boolean isReady() {
        try {
            var lines = Files.readAllLines(pidFile());
            return lines.size() >= 8 && "ready".equals(lines.get(7).strip());
        } catch (IOException e) { // not written yet
            return false;
        }
    }

    private boolean exitedWithin(long millis) {
        try {
            return child.isPresent() && child.get().waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** The end of the server's log of this start. */
    String log() {
        return ChildCommand.tail(logFile());
    }

    /**
     * Stops the server if one runs on this folder. What the pid file names is believed only after looking at that
     * process: after a restart of the machine the number may belong to anything.
     */
    void stop() {
        var running = running();
        if (running.isEmpty()) {
            child.ifPresent(Process::destroyForcibly); // one that never got as far as its pid file
            return;
        }
        if (!stop("fast") && !stop("immediate")) {
            running.get().destroyForcibly();
        }
        exitedWithin(TimeUnit.SECONDS.toMillis(STOP_SECONDS)); // takes its exit code, so that no defunct process stays
    }

    /** Removes a pid file that names no server of this folder, because PostgreSQL would refuse to start beside it. */
    void clearStalePidFile() throws IOException {
        if (running().isEmpty()) {
            Files.deleteIfExists(pidFile());
        }
    }

    Optional<ProcessHandle> running() {
        try (var lines = Files.lines(pidFile())) {
            return lines.findFirst().map(String::strip).map(Long::parseLong).flatMap(ProcessHandle::of)
                    .filter(ProcessHandle::isAlive).filter(this::isServerOfThisFolder);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private boolean isServerOfThisFolder(ProcessHandle process) {
        var line = process.info().commandLine().orElse("");
        return line.contains("postgres") && line.contains(data.toString());
    }

    private boolean stop(String mode) {
        return ChildCommand.run(folder, STOP_SECONDS + 10, user.prefix(), List.of(program("pg_ctl"),
                "--pgdata=" + data, "--mode=" + mode, "--wait", "--timeout=" + STOP_SECONDS, "stop")).succeeded();
    }

    private static List<String> settings(boolean durable) {
        var onDisk = durable ? "on" : "off";
        return List.of("listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=" + onDisk,
                "synchronous_commit=" + onDisk, "full_page_writes=" + onDisk, "max_connections=200", "jit=off",
                "timezone=UTC", "log_timezone=UTC",
                "dynamic_shared_memory_type=mmap", // stays in the folder: a kill leaves nothing in /dev/shm
                "log_error_verbosity=terse", "log_min_error_statement=panic"); // no values from rows in the log
    }

    private Path writePassword(String password) throws IOException {
        var file = passwordFile();
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, password + "\n");
        return own(file);
    }

    private Path own(Path file) {
        user.own(file);
        return file;
    }

    private String hint() {
        return user.isAnother() ? " as the user " + user.owner() + ", who has to be able to reach it" : "";
    }

    private Path passwordFile() {
        return folder.resolve("superuser-password");
    }

    private Path logFile() {
        return folder.resolve("server.log");
    }

    private Path pidFile() {
        return data.resolve("postmaster.pid");
    }

    private String program(String name) {
        return binaries.resolve("bin").resolve(name).toString();
    }
}
