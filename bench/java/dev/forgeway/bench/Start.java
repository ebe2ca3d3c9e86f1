package dev.forgeway.bench;

import java.util.ArrayList;
import java.util.List;

/** How soon a new process takes requests, on an empty data folder, where the time goes, and what memory it takes. */
final class Start {

    private final int runs;

    Start(boolean quick) {
        this.runs = quick ? 1 : 5;
    }

    private record Run(double ready, double jvm, double database, double broker, double camel, double resident) {

        double rest() {
            return ready - jvm - database - broker - camel;
        }
    }

    void run(Results results) throws Exception {
        List<Run> all = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            all.add(once());
        }
        results.table("Start, from nothing, median of " + runs, "", "");
        results.row("process to ready, ms", "%.0f".formatted(Median.of(all, Run::ready)));
        results.row("— of it Java virtual machine", "%.0f".formatted(Median.of(all, Run::jvm)));
        results.row("— of it database: open and migrate", "%.0f".formatted(Median.of(all, Run::database)));
        results.row("— of it broker", "%.0f".formatted(Median.of(all, Run::broker)));
        results.row("— of it routes", "%.0f".formatted(Median.of(all, Run::camel)));
        results.row("— of it Spring and everything else", "%.0f".formatted(Median.of(all, Run::rest)));
        results.row("resident memory after the start, MB", "%.0f".formatted(Median.of(all, Run::resident)));
    }

    private static Run once() throws Exception {
        try (ServerProcess server = new ServerProcess(Forgeway.class, List.of())) {
            server.awaitReady();
            return new Run(
                    server.millisToReady(),
                    server.number("start.jvm"),
                    server.number("start.database"),
                    server.number("start.broker"),
                    server.number("start.camel"),
                    server.residentMegabytes());
        }
    }
}
