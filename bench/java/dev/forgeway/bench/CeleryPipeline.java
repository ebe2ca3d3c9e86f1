package dev.forgeway.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What there was before: {@code bench/celery/pipeline.py}, with the payload and the PostgreSQL of the other side. */
final class CeleryPipeline {

    /** Debian's Python, whose packages the pipeline needs. */
    private static final String PYTHON = "/usr/bin/python3";

    private static final String RATE = "events-per-second=";
    private static final long PATIENCE_SECONDS = 600;

    private CeleryPipeline() {}

    /** Whether the machine has what the pipeline needs: Debian's python3-celery, python3-psycopg2 and rabbitmq-server. */
    static boolean isInstalled() throws IOException, InterruptedException {
        return Files.isExecutable(Path.of("/usr/sbin/rabbitmq-server"))
                && Files.isExecutable(Path.of(PYTHON))
                && new ProcessBuilder(PYTHON, "-c", "import celery, psycopg2")
                                .start()
                                .waitFor()
                        == 0;
    }

    /** Events per second. */
    static double play(int deliveries) throws IOException, InterruptedException {
        Path payload = Files.createTempFile("forgeway-bench", ".json");
        Path answer = Files.createTempFile("forgeway-bench", ".txt");
        Path log = Files.createTempFile("forgeway-bench", ".log");
        Files.write(payload, new Webhook().payload());
        try (PostgresServer database = new PostgresServer()) {
            Process process = new ProcessBuilder(List.of(
                            PYTHON,
                            "bench/celery/pipeline.py",
                            Integer.toString(deliveries),
                            database.url().substring("jdbc:".length()),
                            payload.toString()))
                    .redirectOutput(answer.toFile())
                    .redirectError(log.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException("the Celery pipeline failed, see " + log);
            }
        }
        return Files.readString(answer, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(RATE))
                .mapToDouble(line -> Double.parseDouble(line.substring(RATE.length())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the Celery pipeline said nothing, see " + log));
    }
}
