package dev.forgeway.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How many events per second go all the way, on each database. */
final class Throughput {

    private static final List<String> GROUPS =
            List.of("routes", "broker", "database", "collector", "compiler", "other");

    private final int deliveries;
    private final int times;
    private final int rounds;

    Throughput(boolean quick) {
        this.deliveries = quick ? 1000 : 5000;
        this.times = quick ? 2 : 5;
        this.rounds = quick ? 1 : 3;
    }

    void run(Results results) throws Exception {
        List<ServerProcess> h2 = new ArrayList<>();
        List<ServerProcess> postgres = new ArrayList<>();
        List<Double> celery = new ArrayList<>();
        boolean withCelery = CeleryPipeline.isInstalled();
        for (int round = 0; round < rounds; round++) {
            if (withCelery) {
                celery.add(CeleryPipeline.play(deliveries));
            }
            h2.add(play());
            try (PostgresServer server = new PostgresServer()) {
                postgres.add(play(
                        "--spring.datasource.url=" + server.url(),
                        "--spring.datasource.username=postgres",
                        "--spring.datasource.password=postgres"));
            }
        }
        results.table(
                "End to end: from %d queued deliveries to the outcomes of %d jobs in the database"
                        .formatted(deliveries, deliveries * BenchWorld.HANDLERS.size()),
                "",
                "H2",
                "PostgreSQL");
        row(results, "events per second", h2, postgres, "events-per-second", 1);
        row(results, "events per second, the first time after a start", h2, postgres, "first-events-per-second", 1);
        if (withCelery) {
            double rate = Median.of(celery, Double::doubleValue);
            row(
                    results,
                    "times the Celery pipeline (%.0f per second)".formatted(rate),
                    h2,
                    postgres,
                    "events-per-second",
                    rate);
        }
        row(results, "processor time per event, ms", h2, postgres, "cpu-millis-per-event", 1);
        for (String group : GROUPS) {
            row(results, "— of it " + group, h2, postgres, "cpu-millis." + group, 1);
        }
        row(results, "resident memory after the load, MB", h2, postgres, "resident-megabytes", 1);
    }

    private ServerProcess play(String... settings) throws IOException, InterruptedException {
        List<String> numbers = List.of(Integer.toString(deliveries), Integer.toString(times));
        try (ServerProcess process = new ServerProcess(EndToEnd.class, numbers, settings)) {
            return process.awaitEnd();
        }
    }

    private static void row(
            Results results,
            String label,
            List<ServerProcess> h2,
            List<ServerProcess> postgres,
            String key,
            double unit) {
        results.row(label, text(h2, key, unit), text(postgres, key, unit));
    }

    private static String text(List<ServerProcess> runs, String key, double unit) {
        if (!runs.stream().allMatch(run -> run.said(key))) {
            return "–"; // PostgreSQL's threads are not in Forgeway's process
        }
        double value = Median.of(runs, run -> run.number(key)) / unit;
        return (value < 20 ? "%.2f" : "%.0f").formatted(value);
    }
}
