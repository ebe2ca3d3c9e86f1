package dev.forgeway.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A PostgreSQL of Debian's package {@code postgresql}, whose tools fit it: the one that other tests start has none. */
public final class InstalledPostgres implements AutoCloseable {

    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int port;
    private final Process server;

    /** Starts one with nothing in it. */
    public InstalledPostgres(Path folder, int port) {
        this.port = port;
        run(command("initdb", "--pgdata=" + folder, "--username=postgres", "--auth=trust", "--encoding=UTF8"));
        try {
            server = new ProcessBuilder(
                            command("postgres", "-D", folder.toString(), "-p", "" + port, "-k", "", "-h", "127.0.0.1"))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("server.log").toFile())
                    .redirectInput(new File("/dev/null"))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("a database, see " + folder)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(this::ask);
    }

    private void ask() throws Exception {
        try (Connection connection = DriverManager.getConnection(url())) {
            connection.createStatement().execute("select 1");
        }
    }

    public String url() {
        return "jdbc:" + uri();
    }

    private String uri() {
        return "postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    }

    /** As docs/operations.md says. */
    public void dump(Path file) {
        run(List.of(tool("pg_dump"), "--format=custom", "--file=" + file, "--dbname=" + uri()));
    }

    /** As docs/operations.md says. */
    public void restore(Path file) {
        run(List.of(tool("pg_restore"), "--exit-on-error", "--dbname=" + uri(), file.toString()));
    }

    @Override
    public void close() {
        Stream.concat(server.descendants(), Stream.of(server.toHandle()))
                .toList()
                .forEach(ProcessHandle::destroyForcibly);
        server.onExit().join();
    }

    /** PostgreSQL refuses to run as root, and gets a namespace of users of its own there. */
    private static List<String> command(String tool, String... arguments) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(tool(tool));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String tool(String name) {
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.max(Comparator.naturalOrder())
                    .orElseThrow(() -> new IllegalStateException("apt-get install postgresql"))
                    .resolve("bin")
                    .resolve(name)
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException("apt-get install postgresql", e);
        }
    }

    private static void run(List<String> command) {
        try {
            Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (run.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
