package dev.forgeway.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the rules of {@code observability/alerts.yaml} make of the meters of a running application, as promtool evaluates
 * them (https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/). Two looks at the meters are one
 * after the other; from then on everything goes on in the same way, a day of it in no time.
 */
final class Alerts {

    private static final Pattern LINE = Pattern.compile("((?:forgeway|hikaricp)_\\S+?(?:\\{.*\\})?) (\\S+)");
    private static final Path RULES = Path.of("observability/alerts.yaml");
    private static final int MINUTES = 60;

    private final URI prometheus;

    Alerts(int managementPort) {
        this.prometheus = URI.create("http://127.0.0.1:" + managementPort + "/actuator/prometheus");
    }

    /**
     * The meters of one moment.
     *
     * @param at by the clock of the application
     */
    record Look(Instant at, Map<String, Double> series) {}

    Look look() {
        return look(Instant.now());
    }

    Look look(Instant at) {
        HttpRequest request = HttpRequest.newBuilder(prometheus).build();
        Map<String, Double> series = new TreeMap<>();
        try {
            String told = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
            told.lines().map(LINE::matcher).filter(Matcher::matches).forEach(line -> {
                double value = line.group(2).equals("NaN") ? Double.NaN : Double.parseDouble(line.group(2));
                series.put(line.group(1), value);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new Look(at, series);
    }

    /** What promtool says against it that an alert fires within the hour, when it goes on as between the looks. */
    String against(String alert, Look before, Look now) {
        return promtool(alert, "[{labels: '{}', value: 1}]", before, now);
    }

    /** What promtool says against it that it does not. */
    String againstSilence(String alert, Look before, Look now) {
        return promtool(alert, "[]", before, now);
    }

    private static String promtool(String alert, String expected, Look before, Look now) {
        StringBuilder test = new StringBuilder("rule_files: ['"
                + RULES.toAbsolutePath()
                + "']\nevaluation_interval: 1m\ntests:\n- interval: 1m\n  input_series:\n");
        double minutes = Math.max(1, Duration.between(before.at(), now.at()).toMillis()) / 60_000.0;
        asked(alert, now).forEach((name, value) -> {
            double start = sinceNow(name, value, now.at());
            double earlier = before.series().getOrDefault(name, name.contains("_total") ? 0 : value);
            double step = (value - earlier) / minutes;
            test.append("  - series: '%s'\n    values: '%s'\n".formatted(name, values(start, step)));
        });
        test.append("""
                  promql_expr_test:
                  - expr: 'max(max_over_time(ALERTS{alertname="%s",alertstate="firing"}[1h]))'
                    eval_time: %dm
                    exp_samples: %s
                """.formatted(alert, MINUTES, expected));
        return run(test.toString());
    }

    /** The series that the alert, or what is recorded for any, asks for: an hour of all of them takes promtool seconds. */
    private static Map<String, Double> asked(String alert, Look now) {
        List<String> rules = List.of(rules().split("- alert: "));
        String recorded = rules.get(0);
        String rule = rules.stream()
                .filter(one -> one.startsWith(alert + "\n"))
                .findFirst()
                .orElseThrow();
        Map<String, Double> asked = new TreeMap<>(now.series());
        asked.keySet().removeIf(series -> !(recorded + rule).contains(series.replaceFirst("\\{.*", "")));
        return asked;
    }

    private static String rules() {
        try {
            return Files.readString(RULES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The time of promtool begins at zero. */
    private static double sinceNow(String name, double value, Instant now) {
        return name.contains("_timestamp_seconds") ? value - now.toEpochMilli() / 1000.0 : value;
    }

    private static String values(double start, double step) {
        return Double.isNaN(start) || Double.isNaN(step)
                ? "NaN"
                : String.format(Locale.ROOT, "%.6f%s%.6fx%d", start, step < 0 ? "-" : "+", Math.abs(step), MINUTES);
    }

    /**
     * Empty when everything was as expected, and where promtool is not installed: the rest of a story is to be told there, too,
     * and {@link dev.forgeway.deploy.ObservabilityFilesTest} says that it is missing.
     */
    private static String run(String test) {
        try {
            Path file = Files.createTempFile(Path.of("target").toAbsolutePath(), "alerts", ".test.yaml");
            Files.writeString(file, test);
            Process promtool = start(file);
            if (promtool == null) {
                return "";
            }
            String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean isAsExpected = promtool.waitFor() == 0;
            Files.delete(file);
            return isAsExpected ? "" : said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Process start(Path file) {
        try {
            return new ProcessBuilder("promtool", "test", "rules", file.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException missing) {
            return null;
        }
    }
}
