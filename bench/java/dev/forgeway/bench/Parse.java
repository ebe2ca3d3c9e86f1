package dev.forgeway.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forgeway.decide.parse.GitHubParser;
import dev.forgeway.ingest.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** What it costs to make an event of a 25 KB {@code pull_request}, against Jackson reading a tree of the same bytes. */
final class Parse {

    private static final int BATCH = 200;

    private final byte[] body = new Webhook().body();
    private final int rounds;
    private final Duration time;

    Parse(boolean quick) {
        this.rounds = quick ? 5 : 15;
        this.time = Duration.ofMillis(quick ? 500 : 2000);
    }

    /** The microseconds that each takes, measured one right after the other. */
    private record Round(double parse, double tree) {

        double ratio() {
            return parse / tree;
        }
    }

    void run(Results results) throws Exception {
        GitHubParser parser = new GitHubParser();
        ObjectMapper jackson = new ObjectMapper();
        Delivery delivery =
                new Delivery("id", "github", "key", "pull_request", Instant.now(), Map.of(), body, List.of());
        Callable<Object> parse = () -> parser.parse(delivery).orElseThrow();
        Callable<Object> tree = () -> jackson.readTree(body);
        List<Round> measured = new ArrayList<>();
        for (int round = -2; round < rounds; round++) {
            Round now = new Round(micros(parse), micros(tree));
            if (round >= 0) {
                measured.add(now);
            }
        }
        results.table("Parse: a `pull_request` of " + body.length + " bytes, median of " + rounds, "", "microseconds");
        results.row("an event of it", "%.1f".formatted(Median.of(measured, Round::parse)));
        results.row("bare Jackson tree of it", "%.1f".formatted(Median.of(measured, Round::tree)));
        results.row("ratio (target: at most 2)", "%.2f".formatted(Median.of(measured, Round::ratio)));
    }

    private double micros(Callable<Object> work) throws Exception {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        long count = 0;
        int seen = 0;
        while (System.nanoTime() < end) {
            for (int i = 0; i < BATCH; i++) {
                seen += work.call().hashCode() == 0 ? 1 : 0;
            }
            count += BATCH;
        }
        if (seen == count) {
            throw new IllegalStateException("nothing was read");
        }
        return (System.nanoTime() - start) / 1e3 / count;
    }
}
