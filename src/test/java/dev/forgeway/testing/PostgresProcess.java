package dev.forgeway.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A PostgreSQL that can be killed, and started again on what the kill left. */
public final class PostgresProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final List<String> command;
    private ProcessHandle server;

    /** @param folder where its data goes */
    public PostgresProcess(Path folder) throws IOException {
        this.folder = folder;
        // without it, what was committed a moment before a kill is gone
        this.postgres = EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setServerConfig("synchronous_commit", "on")
                .start();
        long pid = Long.parseLong(
                Files.readAllLines(folder.resolve("postmaster.pid")).get(0));
        this.server = ProcessHandle.of(pid).orElseThrow();
        this.command = command(server.info());
    }

    /** As it was started; PostgreSQL refuses to run as root, and gets a namespace of users of its own there. */
    private static List<String> command(ProcessHandle.Info info) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(info.command().orElseThrow());
        command.addAll(List.of(info.arguments().orElseThrow()));
        return command;
    }

    public String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    /** SIGKILL to the server and to all that serve its connections; returns when they are gone. */
    public void kill() {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(server), server.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        Awaitility.await().atMost(PATIENCE).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Starts what was killed; returns when it has recovered and answers. */
    public void startAgain() {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .untilAsserted(this::startAndAsk);
    }

    private void startAndAsk() throws IOException, SQLException {
        if (!server.isAlive()) {
            server = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("again.log").toFile())
                    .redirectInput(new File("/dev/null"))
                    .start()
                    .toHandle();
        }
        try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
            connection.createStatement().execute("select 1");
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
