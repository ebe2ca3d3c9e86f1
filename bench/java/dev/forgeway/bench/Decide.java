package dev.forgeway.bench;

import java.util.List;

/** How long a pull request that needs no look-up is in the room {@code decide}, one at a time. */
final class Decide {

    private final int deliveries;
    private final int warmUp;

    Decide(boolean quick) {
        this.deliveries = quick ? 200 : 1000;
        this.warmUp = quick ? 500 : 2000;
    }

    void run(Results results) throws Exception {
        List<String> numbers = List.of(Integer.toString(deliveries), Integer.toString(warmUp));
        try (ServerProcess process = new ServerProcess(DecideServer.class, numbers, "--forgeway.roles=INGEST,DECIDE")) {
            process.awaitEnd();
            results.table(
                    "Decide: %d pull requests of 25 KB with 3 jobs each, one at a time, no look-up"
                            .formatted(deliveries),
                    "",
                    "milliseconds");
            results.row("own time, median (target: below 5)", "%.2f".formatted(process.number("median")));
            results.row("p99", "%.2f".formatted(process.number("p99")));
            results.row("slowest", "%.2f".formatted(process.number("slowest")));
        }
    }
}
