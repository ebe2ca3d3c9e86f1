package dev.forgeway.bench;

import java.util.List;

/**
 * What a storm on the bus costs, of which 1 % matters, and what it does to the first status of the pull requests that
 * come in meanwhile. Broker and publisher are in this process and not counted.
 */
final class BusStorm {

    private final int messages;

    BusStorm(boolean quick) {
        this.messages = quick ? 10_000 : 100_000;
    }

    void run(Results results) throws Exception {
        try (BusBroker broker = new BusBroker();
                ServerProcess server = new ServerProcess(
                        BusStormServer.class,
                        List.of(Integer.toString(messages)),
                        "--" + BenchWorld.SHOWN + "=true",
                        "--forgeway.ingest.fedora-messaging.url=" + broker.url(),
                        "--forgeway.ingest.fedora-messaging.queue=" + BusBroker.QUEUE,
                        "--forgeway.ingest.fedora-messaging.topics=org.fedoraproject.prod.copr.build.*",
                        "--forgeway.ingest.fedora-messaging.owners=packit")) {
            server.awaitReady();
            broker.storm(messages);
            write(results, server.awaitEnd());
        }
    }

    private void write(Results results, ServerProcess run) {
        results.table("A storm of %d bus messages, with 5 pull requests per second".formatted(messages), "", "");
        row(results, "messages that mattered", run, "storm.kept");
        row(results, "until all were looked at, s", run, "storm.seconds");
        row(results, "processor time, with that of the pull requests, s", run, "storm.cpu-seconds");
        double calm = run.number("calm.cpu-share") * run.number("storm.seconds");
        results.row("— of it the pull requests, as in calm, s", "%.1f".formatted(calm));
        row(results, "first status in calm, mean, ms", run, "calm.first-status-millis");
        row(results, "first status in the storm, mean, ms", run, "storm.first-status-millis");
        row(results, "slowest first status, ms", run, "storm.slowest-first-status-millis");
    }

    private static void row(Results results, String label, ServerProcess run, String key) {
        double value = run.number(key);
        results.row(label, (value < 100 ? "%.1f" : "%.0f").formatted(value));
    }
}
