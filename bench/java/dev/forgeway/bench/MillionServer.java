package dev.forgeway.bench;

import dev.forgeway.schedule.Retention;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * Forgeway on a PostgreSQL that fills up, as a process of its own: the pipeline while little is stored, then every search
 * and the pipeline again while much is, and in the end both while retention deletes.
 */
final class MillionServer {

    /** Of the people who are told of private projects too. */
    static final String TOKEN = "bench-admin-token-0123456789";

    private static final Path SCRIPT = Path.of("bench/sql/million.sql");

    private static final List<String> OUTCOMES = List.of("ignored", "duplicate", "filtered", "dispatched", "parked");

    private final JdbcTemplate jdbc;
    private final MeterRegistry meters;
    private final Retention retention;
    private final EndToEnd pipeline;
    private final int port;
    private final int played;
    private final int times;

    private MillionServer(ServletWebServerApplicationContext context, int played, int times) {
        this.jdbc = context.getBean(JdbcTemplate.class);
        this.meters = context.getBean(MeterRegistry.class);
        this.retention = context.getBean(Retention.class);
        this.pipeline = new EndToEnd(context);
        this.port = context.getWebServer().getPort();
        this.played = played;
        this.times = times;
    }

    /**
     * Takes how many deliveries are stored, how many are played at a time, how many times, and how often each search is
     * asked, then arguments of the application.
     */
    public static void main(String[] args) throws Exception {
        List<Integer> numbers =
                Arrays.stream(args).limit(4).map(Integer::valueOf).toList();
        try (var context = Forgeway.start(Arrays.copyOfRange(args, 4, args.length))) {
            Report.ready(context);
            MillionServer server = new MillionServer(context, numbers.get(1), numbers.get(2));
            server.play("warm-up");
            server.play("empty");
            server.fill(numbers.get(0));
            server.search(numbers.get(3));
            server.play("full");
            server.playWhileRetentionDeletes();
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }

    private void play(String phase) throws Exception {
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            rates.add(pipeline.play(played));
        }
        Report.measured("pipeline." + phase, Median.of(rates, Double::doubleValue));
    }

    private void fill(int stored) throws Exception {
        long start = System.nanoTime();
        String script = Files.readString(SCRIPT).replace(":stored", Integer.toString(stored));
        jdbc.execute((ConnectionCallback<Boolean>) connection -> run(connection, script));
        jdbc.execute("vacuum analyze");
        Report.measured("fill.seconds", (System.nanoTime() - start) / 1e9);
        for (String table : List.of("delivery", "job", "job_target", "outbox")) {
            Report.say("stored." + table, count(table));
        }
        Report.say(
                "stored.megabytes",
                jdbc.queryForObject("select pg_database_size(current_database()) / 1024 / 1024", Long.class));
    }

    private static boolean run(Connection connection, String script) {
        ScriptUtils.executeSqlScript(connection, new ByteArrayResource(script.getBytes(StandardCharsets.UTF_8)));
        return true;
    }

    private void search(int asked) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        List<Search> searches = new Searches(jdbc).all();
        Report.say("searches", searches.size());
        for (int i = 0; i < searches.size(); i++) {
            Report.say("search." + i + ".name", searches.get(i).name());
            took("search." + i + ".everybody", searches.get(i).ask(http, port, null, asked / 4, asked));
            took("search." + i + ".operator", searches.get(i).ask(http, port, TOKEN, asked / 4, asked));
        }
    }

    private static void took(String search, Search.Times took) {
        Report.measured(search + ".median", took.median());
        Report.measured(search + ".slow", took.slow());
    }

    /** Retention begins again as soon as it is through, until the pipeline is. */
    private void playWhileRetentionDeletes() throws Exception {
        AtomicBoolean goesOn = new AtomicBoolean(true);
        CompletableFuture<Void> cleaner = CompletableFuture.runAsync(() -> {
            Cleaned bodies = new Cleaned("bodies", retention::dropBodies, List.of("bodies"));
            Cleaned steps = new Cleaned("steps", retention::dropSteps, List.of("steps"));
            Cleaned deliveries = new Cleaned("deliveries", retention::deleteDeliveries, OUTCOMES);
            while (goesOn.get()) {
                List.of(bodies, steps, deliveries).forEach(Cleaned::run);
            }
            List.of(bodies, steps, deliveries).forEach(Cleaned::report);
        });
        play("cleaned");
        goesOn.set(false);
        cleaner.get();
    }

    /** One part of retention: how much it cleaned, and how long that took. */
    private final class Cleaned {

        private final String name;
        private final Runnable part;
        private final List<String> kinds;
        private double deliveries;
        private double seconds;

        Cleaned(String name, Runnable part, List<String> kinds) {
            this.name = name;
            this.part = part;
            this.kinds = kinds;
        }

        void run() {
            double before = sum();
            long start = System.nanoTime();
            part.run();
            if (sum() > before) {
                deliveries += sum() - before;
                seconds += (System.nanoTime() - start) / 1e9;
            }
        }

        private double sum() {
            return kinds.stream()
                    .mapToDouble(kind -> meters.counter("forgeway.schedule.retention.deliveries", "kind", kind)
                            .count())
                    .sum();
        }

        void report() {
            Report.measured("retention." + name, deliveries);
            Report.measured("retention." + name + ".per-second", deliveries / seconds);
        }
    }

    private long count(String table) {
        return Objects.requireNonNull(jdbc.queryForObject("select count(*) from " + table, Long.class));
    }
}
