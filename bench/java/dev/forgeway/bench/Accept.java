package dev.forgeway.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast a webhook is accepted, against a bare controller. One server runs at a time, in turns; the load comes from
 * this process.
 */
final class Accept {

    private static final int FEW = 8;
    private static final int MANY = 32;
    private static final double SHARE_OF_MAXIMUM = 0.65;

    private final Webhook webhook = new Webhook();
    private final int rounds;
    private final int warmUp;
    private final Duration time;

    Accept(boolean quick) {
        this.rounds = quick ? 1 : 2;
        this.warmUp = quick ? 5000 : 50_000;
        this.time = Duration.ofSeconds(quick ? 5 : 10);
    }

    /** The maximum with few and with many connections. */
    private record Maximum(double few, double many, long residentMegabytes) {}

    private record Latency(double p50, double p99) {}

    /** What one kind of server came to in all rounds. */
    private static final class Side {

        private final List<Maximum> maxima = new ArrayList<>();
        private final List<Latency> latencies = new ArrayList<>();

        double few() {
            return Median.of(maxima, Maximum::few);
        }

        double many() {
            return Median.of(maxima, Maximum::many);
        }

        double p50() {
            return Median.of(latencies, Latency::p50);
        }

        double p99() {
            return Median.of(latencies, Latency::p99);
        }
    }

    void run(Results results) throws Exception {
        Side forgeway = new Side();
        Side bare = new Side();
        for (int round = 0; round < rounds; round++) {
            forgeway.maxima.add(maximum(forgeway()));
            bare.maxima.add(maximum(bare()));
        }
        double rate = SHARE_OF_MAXIMUM * Math.min(forgeway.many(), bare.many());
        for (int round = 0; round < rounds; round++) {
            forgeway.latencies.add(latency(forgeway(), rate));
            bare.latencies.add(latency(bare(), rate));
        }
        Maximum allRoles = maximum(new ServerProcess(Forgeway.class, List.of()));
        write(results, forgeway, bare, rate, allRoles);
    }

    private static ServerProcess forgeway() throws IOException {
        return new ServerProcess(Forgeway.class, List.of(), "--forgeway.roles=INGEST", "--" + Forgeway.DRAIN + "=true");
    }

    private static ServerProcess bare() throws IOException {
        return new ServerProcess(BareServer.class, List.of(), "--forgeway.roles=INGEST");
    }

    private Maximum maximum(ServerProcess server) throws Exception {
        try (server) {
            Load load = new Load(webhook, server.awaitReady().port());
            load.count(FEW, warmUp);
            double few = load.closed(FEW, time).perSecond();
            double many = load.closed(MANY, time).perSecond();
            return new Maximum(few, many, server.residentMegabytes());
        }
    }

    private Latency latency(ServerProcess server, double rate) throws Exception {
        try (server) {
            Load load = new Load(webhook, server.awaitReady().port());
            load.count(FEW, warmUp);
            Load.Outcome outcome = load.open(MANY, rate, time.multipliedBy(2));
            return new Latency(outcome.millis(0.50), outcome.millis(0.99));
        }
    }

    private static void write(Results results, Side forgeway, Side bare, double rate, Maximum allRoles) {
        results.table(
                "Accept: `POST /webhooks/github`, 25 KB, signed, durable before 202",
                "",
                "Forgeway",
                "bare controller",
                "ratio");
        row(results, "most per second, 8 connections", forgeway.few(), bare.few());
        row(results, "most per second, 32 connections", forgeway.many(), bare.many());
        String at = " at %.0f per second, ms".formatted(rate);
        row(results, "p50" + at, forgeway.p50(), bare.p50());
        row(results, "p99" + at, forgeway.p99(), bare.p99());
        results.row("resident memory after the load, MB", text(forgeway), text(bare), "");
        results.row("most per second while it also works on them", "%.0f".formatted(allRoles.many()), "", "");
    }

    private static String text(Side side) {
        return "%.0f".formatted(Median.of(side.maxima, maximum -> (double) maximum.residentMegabytes()));
    }

    private static void row(Results results, String label, double forgeway, double bare) {
        String form = forgeway < 100 ? "%.1f" : "%.0f";
        results.row(label, form.formatted(forgeway), form.formatted(bare), "%.2f".formatted(forgeway / bare));
    }
}
