package dev.forgeway.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;

/** A PostgreSQL of its own that writes for real: the test library switches that off. */
final class PostgresServer implements Closeable {

    private final EmbeddedPostgres server;

    PostgresServer() throws IOException {
        this.server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    /** Prints the URL and stays. */
    public static void main(String[] args) throws Exception {
        PostgresServer server = new PostgresServer();
        Report.say("url", server.url());
        Thread.currentThread().join();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
