package dev.forgeway.bench;

import java.util.List;
import java.util.Locale;

/** What a million stored deliveries change: for people who search, for the pipeline, and for retention. */
final class Million {

    private static final int STORED = 1_000_000;

    private final List<Integer> numbers;

    Million(boolean quick) {
        this.numbers = quick ? List.of(STORED / 10, 500, 2, 20) : List.of(STORED, 1000, 3, 60);
    }

    void run(Results results) throws Exception {
        List<String> leading = numbers.stream().map(String::valueOf).toList();
        try (PostgresServer server = new PostgresServer();
                ServerProcess process = new ServerProcess(
                        MillionServer.class,
                        leading,
                        "--forgeway.admin.token=" + MillionServer.TOKEN,
                        // retention is started by the benchmark
                        "--forgeway.schedule.interval=24h",
                        "--spring.datasource.url=" + server.url(),
                        "--spring.datasource.username=postgres",
                        "--spring.datasource.password=postgres")) {
            process.awaitEnd();
            stored(results, process);
            searches(results, process);
            pipeline(results, process);
            retention(results, process);
        }
    }

    private static void stored(Results results, ServerProcess process) {
        results.table("Stored on PostgreSQL", "", "");
        results.row("deliveries", whole(process, "stored.delivery"));
        results.row("jobs", whole(process, "stored.job"));
        results.row("targets of jobs", whole(process, "stored.job_target"));
        results.row("statuses", whole(process, "stored.outbox"));
        results.row("size of the database, MB", whole(process, "stored.megabytes"));
    }

    private static void searches(Results results, ServerProcess process) {
        results.table(
                "Searches over HTTP, ms (target: below 200)",
                "",
                "everybody: p50",
                "p99",
                "with the token: p50",
                "p99");
        for (int i = 0; i < process.number("searches"); i++) {
            String search = "search." + i;
            results.row(
                    process.text(search + ".name"),
                    millis(process, search + ".everybody.median"),
                    millis(process, search + ".everybody.slow"),
                    millis(process, search + ".operator.median"),
                    millis(process, search + ".operator.slow"));
        }
    }

    private static void pipeline(Results results, ServerProcess process) {
        double empty = process.number("pipeline.empty");
        results.table("The pipeline: deliveries with three jobs per second", "", "per second", "of the first");
        results.row("with nothing else stored", rate(empty), "1.00");
        for (String phase : List.of("full", "cleaned")) {
            double measured = process.number("pipeline." + phase);
            results.row(
                    phase.equals("full") ? "with all of it stored" : "while retention deletes",
                    rate(measured),
                    "%.2f".formatted(measured / empty));
        }
    }

    private static void retention(Results results, ServerProcess process) {
        results.table("Retention, while the pipeline works: deliveries", "", "in all", "per second");
        for (String part : List.of("bodies", "steps", "deliveries")) {
            String key = "retention." + part;
            results.row(
                    part.equals("deliveries") ? "deleted with all that belongs to them" : "freed of their " + part,
                    whole(process, key),
                    whole(process, key + ".per-second"));
        }
        double deleted = process.number("retention.deliveries.per-second");
        results.row("deleted in runs of 10 s, a minute and 20 s apart", "", rate(deleted * 10 / 90));
    }

    private static String rate(double value) {
        return "%.0f".formatted(value);
    }

    private static String millis(ServerProcess process, String key) {
        return "%.1f".formatted(process.number(key));
    }

    private static String whole(ServerProcess process, String key) {
        return String.format(Locale.ROOT, "%,.0f", process.number(key));
    }
}
