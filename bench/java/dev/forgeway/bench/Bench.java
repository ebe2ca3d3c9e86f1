package dev.forgeway.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** Runs the benchmark, or one part of it; started by {@code bench/run}. */
final class Bench {

    private static final List<String> PARTS = List.of(
            "start", "accept", "end-to-end", "parse", "decide", "bus-storm", "job-storm", "statuses", "million");
    private static final Path DOCUMENT = Path.of("docs/performance.md");

    private Bench() {}

    public static void main(String[] args) throws Exception {
        LoggingSystem.get(Bench.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
        List<String> wanted = new ArrayList<>(List.of(args));
        boolean quick = wanted.remove("--quick");
        if (!PARTS.containsAll(wanted)) {
            System.err.println("usage: bench/run [--quick] [" + String.join("] [", PARTS) + "]");
            System.exit(2);
        }
        String machine = Machine.describe();
        System.out.println(machine);
        for (String part : wanted.isEmpty() ? PARTS : wanted) {
            Results results = new Results(System.out);
            run(part, quick, results);
            if (!quick) {
                results.writeTo(DOCUMENT, part, machine);
            }
        }
        System.exit(0);
    }

    private static void run(String part, boolean quick, Results results) throws Exception {
        switch (part) {
            case "start" -> new Start(quick).run(results);
            case "accept" -> new Accept(quick).run(results);
            case "parse" -> new Parse(quick).run(results);
            case "decide" -> new Decide(quick).run(results);
            case "bus-storm" -> new BusStorm(quick).run(results);
            case "job-storm" -> new JobStorm(quick).run(results);
            case "million" -> new Million(quick).run(results);
            case "statuses" -> new Statuses(quick).run(results);
            default -> new Throughput(quick).run(results);
        }
    }
}
