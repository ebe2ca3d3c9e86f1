package dev.forgeway.bench;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/**
 * Decides deliveries one at a time, as a process of its own, and tells how long each was in the route that decides: what
 * the route's timer grew by.
 */
final class DecideServer {

    private static final int CONNECTIONS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final MeterRegistry registry;
    private final Load load;
    private long expected;

    private DecideServer(ServletWebServerApplicationContext context) {
        this.registry = context.getBean(MeterRegistry.class);
        this.load = new Load(new Webhook(), context.getWebServer().getPort());
    }

    /** Takes the number of deliveries and how many come before to warm up, then arguments of the application. */
    public static void main(String[] args) throws Exception {
        int deliveries = Integer.parseInt(args[0]);
        int warmUp = Integer.parseInt(args[1]);
        try (var context = Forgeway.start(Arrays.copyOfRange(args, 2, args.length))) {
            DecideServer run = new DecideServer(context);
            Report.ready(context);
            run.decide(CONNECTIONS, warmUp);
            double[] millis = run.oneByOne(deliveries);
            Report.measured("median", millis[millis.length / 2]);
            Report.measured("p99", millis[(int) (millis.length * 0.99)]);
            Report.measured("slowest", millis[millis.length - 1]);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }

    /** How long each delivery took, in milliseconds, the fastest first. */
    private double[] oneByOne(int deliveries) throws Exception {
        List<Double> millis = new ArrayList<>();
        double before = total();
        for (int i = 0; i < deliveries; i++) {
            decide(1, 1);
            double after = total();
            millis.add(after - before);
            before = after;
        }
        return millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    private void decide(int connections, int deliveries) throws Exception {
        Load.Outcome sent = load.count(connections, deliveries);
        if (sent.accepted() != deliveries) {
            throw new IllegalStateException("only " + sent.accepted() + " deliveries were accepted");
        }
        expected += deliveries;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (timers().stream().mapToLong(Timer::count).sum() < expected) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("deliveries are not decided");
            }
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    private double total() {
        return timers().stream()
                .mapToDouble(timer -> timer.totalTime(TimeUnit.MILLISECONDS))
                .sum();
    }

    /** One for each way in which the route can end. */
    private List<Timer> timers() {
        return List.copyOf(registry.find("camel.route.policy")
                .tag("routeId", "decide-delivery")
                .timers());
    }
}
