package dev.forgeway.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * From queued deliveries to the outcomes of all their jobs in the database, as a process of its own. The deliveries, for
 * many pull requests of one project, come over HTTP while nobody decides; then the clock starts, and with it the consumers.
 */
final class EndToEnd {

    private static final String DECIDE = "decide-delivery";
    private static final int CONNECTIONS = 8;
    private static final int PULL_REQUESTS = 100;
    private static final int JOBS = BenchWorld.HANDLERS.size();
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Asked of an index, however many have ended. */
    private static final String OPEN = "select count(*) from job where state in ('BLOCKED', 'QUEUED', 'WAITING')";

    private static final String NEWEST = "select coalesce(max(id), '') from job";
    private static final String FAILED = "select count(*) from job where id > ? and outcome <> 'succeeded'";

    private final CamelContext camel;
    private final JdbcTemplate jdbc;
    private final Load load;
    private long jobs;

    EndToEnd(ServletWebServerApplicationContext context) {
        this.camel = context.getBean(CamelContext.class);
        this.jdbc = context.getBean(JdbcTemplate.class);
        this.load = new Load(manyPullRequests(), context.getWebServer().getPort());
    }

    /** Takes the number of deliveries and how many times they come, then arguments of the application; the last time counts. */
    public static void main(String[] args) throws Exception {
        int deliveries = Integer.parseInt(args[0]);
        int times = Integer.parseInt(args[1]);
        try (var context = Forgeway.start(Arrays.copyOfRange(args, 2, args.length))) {
            EndToEnd run = new EndToEnd(context);
            Report.ready(context);
            Report.measured("first-events-per-second", run.play(deliveries));
            for (int time = 2; time <= times; time++) {
                Report.measured("events-per-second", run.play(deliveries));
            }
            Report.say("resident-megabytes", Machine.residentMegabytes("self"));
            Report.say("done", true);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }

    private static Supplier<byte[]> manyPullRequests() {
        List<Webhook> webhooks =
                IntStream.rangeClosed(1, PULL_REQUESTS).mapToObj(Webhook::new).toList();
        AtomicInteger next = new AtomicInteger();
        return () -> webhooks.get(Math.floorMod(next.getAndIncrement(), PULL_REQUESTS))
                .request();
    }

    /** Returns how many deliveries per second went all the way. */
    double play(int deliveries) throws Exception {
        long openBefore = number(OPEN);
        String lastBefore = Objects.requireNonNull(jdbc.queryForObject(NEWEST, String.class));
        camel.getRouteController().suspendRoute(DECIDE);
        Load.Outcome queued = load.count(CONNECTIONS, deliveries);
        if (queued.accepted() != deliveries) {
            throw new IllegalStateException("only " + queued.accepted() + " deliveries were accepted");
        }
        jobs += (long) deliveries * JOBS;
        System.gc();
        long cpu = cpu();
        ThreadTimes times = ThreadTimes.now();
        long started = System.nanoTime();
        camel.getRouteController().resumeRoute(DECIDE);
        await(openBefore);
        double seconds = (System.nanoTime() - started) / 1e9;
        Report.measured("cpu-millis-per-event", (cpu() - cpu) / 1e6 / deliveries);
        ThreadTimes.now()
                .since(times)
                .forEach((group, millis) -> Report.measured("cpu-millis." + group, (double) millis / deliveries));
        if (number(FAILED, lastBefore) > 0) {
            throw new IllegalStateException(number(FAILED, lastBefore) + " jobs did not succeed");
        }
        return deliveries / seconds;
    }

    /** Waits for the handlers first, which costs nothing, and then for the last rows. */
    private void await(long openBefore) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (IdleHandler.HANDLED.sum() < jobs || number(OPEN) > openBefore) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(number(OPEN) + " of " + jobs + " jobs are not done");
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private long number(String sql, Object... values) {
        return Objects.requireNonNull(jdbc.queryForObject(sql, Long.class, values));
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
