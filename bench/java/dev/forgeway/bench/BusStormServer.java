package dev.forgeway.bench;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/**
 * Forgeway in a storm of bus messages, as a process of its own: first pull requests in calm, then the same while the
 * messages come, until all of them were looked at.
 */
final class BusStormServer {

    private static final int CONNECTIONS = 2;
    private static final double PER_SECOND = 5;
    private static final Duration CALM = Duration.ofSeconds(15);
    private static final Duration SLICE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final MeterRegistry meters;
    private final Load load;

    private BusStormServer(ServletWebServerApplicationContext context) {
        this.meters = context.getBean(MeterRegistry.class);
        this.load = new Load(
                new Webhook()::requestOfANewCommit, context.getWebServer().getPort());
    }

    /** Takes the number of messages that will come, then arguments of the application. */
    public static void main(String[] args) throws Exception {
        int messages = Integer.parseInt(args[0]);
        try (var context = Forgeway.start(Arrays.copyOfRange(args, 1, args.length))) {
            BusStormServer storm = new BusStormServer(context);
            storm.load.open(CONNECTIONS, 2 * PER_SECOND, CALM);
            storm.calm();
            Report.ready(context);
            storm.blow(messages);
            Report.say("done", true);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }

    private void calm() throws Exception {
        First before = first();
        long cpu = cpu();
        load.open(CONNECTIONS, PER_SECOND, CALM);
        Report.measured("calm.cpu-share", (cpu() - cpu) / 1e9 / CALM.toSeconds());
        Report.measured("calm.first-status-millis", before.meanUntil(first()));
    }

    private void blow(int messages) throws Exception {
        long cpu = cpu();
        long start = System.nanoTime();
        First before = first();
        while (heard() < messages) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException("only " + heard() + " messages came");
            }
            load.open(CONNECTIONS, PER_SECOND, SLICE);
        }
        Report.measured("storm.seconds", (System.nanoTime() - start) / 1e9);
        LockSupport.parkNanos(SLICE.toNanos()); // what was queued last is worked on
        Report.measured("storm.cpu-seconds", (cpu() - cpu) / 1e9);
        Report.measured("storm.first-status-millis", before.meanUntil(first()));
        Report.measured("storm.slowest-first-status-millis", first().slowest());
        Report.measured("storm.kept", counted("accepted"));
    }

    /** What is known of the first statuses so far. */
    private record First(double count, double millis, double slowest) {

        double meanUntil(First later) {
            return (later.millis - millis) / (later.count - count);
        }
    }

    private First first() {
        Timer timer = meters.find("forgeway.report.first.status").timer();
        return timer == null
                ? new First(0, 0, 0)
                : new First(timer.count(), timer.totalTime(TimeUnit.MILLISECONDS), timer.max(TimeUnit.MILLISECONDS));
    }

    private double heard() {
        return counted("accepted") + counted("ignored");
    }

    private double counted(String result) {
        return meters
                .find("forgeway.ingest.deliveries")
                .tags("source", "fedora-messaging", "result", result)
                .counters()
                .stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
