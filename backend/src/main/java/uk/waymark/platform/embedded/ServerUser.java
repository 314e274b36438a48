package uk.waymark.platform.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Whom PostgreSQL runs as. It refuses to run as root, so for root it is started in a user namespace of its own or,
 * where the machine does not allow that (most containers), as the user nobody.
 *
 * @param prefix what every command is run through; empty for an ordinary user
 * @param owner  the user that has to own the server's files, empty where that is whoever runs this
 */
record ServerUser(List<String> prefix, String owner) {
    private static final String NOBODY = "nobody";

    /**
     * Finds out what this machine allows.
     *
     * @param me   who runs this process
     * @param kept the data of an earlier run, if any: whoever it was made as has to run it again
     */
    static ServerUser find(String me, Optional<Path> kept) {
        if (!"root".equals(me)) {
            return new ServerUser(List.of(), "");
        }
        if (!kept.map(ServerUser::belongsToNobody).orElse(false) && works("unshare", "-U", "true")) {
            return new ServerUser(List.of("unshare", "-U"), "");
        }
        var asNobody = List.of("setpriv", "--reuid=" + NOBODY, "--regid=65534", "--clear-groups", "--");
        if (works(Stream.concat(asNobody.stream(), Stream.of("true")).toArray(String[]::new))) {
            return new ServerUser(asNobody, NOBODY);
        }
        throw new EmbeddedDatabaseException("PostgreSQL does not run as root, and this machine allows neither user "
                + "namespaces (unshare -U) nor another user (setpriv). Start Waymark as an ordinary user.");
    }

    /** Another user has to find a way to folders that this process made for itself alone. */
    boolean isAnother() {
        return !owner.isEmpty();
    }

    void own(Path file) {
        if (!isAnother()) {
            return;
        }
        try {
            var user = file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner);
            Files.getFileAttributeView(file, PosixFileAttributeView.class).setOwner(user);
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("Could not give " + file + " to the user " + owner, e);
        }
    }

    /**
     * The prefix for a server that lives on: in a session of its own, or Ctrl-C at the terminal would stop it together
     * with the application that still needs it.
     */
    List<String> serverPrefix() {
        if (!works("setsid", "true")) { // not on macOS
            return prefix;
        }
        return Stream.concat(Stream.of("setsid"), prefix.stream()).toList();
    }

    private static boolean belongsToNobody(Path folder) {
        try {
            return NOBODY.equals(Files.getOwner(folder).getName());
        } catch (IOException e) { // a new one
            return false;
        }
    }

    private static boolean works(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // the program is not there
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
