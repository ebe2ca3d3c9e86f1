package dev.forgeway.bench;

import dev.forgeway.store.AllowlistStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Forgeway in a storm, as a process of its own: first the storm is queued, then it is worked on and others come. */
final class JobStormServer {

    private static final int CONNECTIONS = 8;
    private static final int JOBS = BenchWorld.HANDLERS.size();
    private static final String STORM = "packit/hello";
    private static final String ACTIVE = "active/hello";
    private static final String NEW = "newcomer/hello";
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration JOB_TAKES = Duration.ofMillis(20);
    private static final String COUNT = "select count(*) from job where project = ? and state = ?";

    private final CamelContext camel;
    private final JdbcTemplate jdbc;
    private final int port;

    private JobStormServer(ServletWebServerApplicationContext context) {
        this.camel = context.getBean(CamelContext.class);
        this.jdbc = context.getBean(JdbcTemplate.class);
        this.port = context.getWebServer().getPort();
    }

    /** Takes the number of the storm's jobs, then arguments of the application. */
    public static void main(String[] args) throws Exception {
        int jobs = Integer.parseInt(args[0]);
        try (var context = Forgeway.start(Arrays.copyOfRange(args, 1, args.length))) {
            AllowlistStore allowlist = context.getBean(AllowlistStore.class);
            List.of("github.com/active", "github.com/newcomer")
                    .forEach(namespace -> allowlist.put(namespace, "approved-manually", "for the benchmark"));
            Report.ready(context);
            new JobStormServer(context).play(jobs);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }

    private void play(int jobs) throws Exception {
        send(new Webhook(ACTIVE, null));
        await(() -> count(ACTIVE, "DONE") == JOBS);
        for (String handler : BenchWorld.HANDLERS) {
            camel.getRouteController().suspendRoute("handle-bench-" + handler);
        }
        int deliveries = (jobs + JOBS - 1) / JOBS;
        new Load(new Webhook(STORM, null), port).count(CONNECTIONS, deliveries);
        await(() -> count(STORM, "QUEUED") == deliveries * JOBS);
        IdleHandler.takes = JOB_TAKES;
        long began = System.nanoTime();
        for (String handler : BenchWorld.HANDLERS) {
            camel.getRouteController().resumeRoute("handle-bench-" + handler);
        }
        await(() -> count(STORM, "DONE") > jobs / 20);
        othersCome();
        await(() -> count(STORM, "DONE") == deliveries * JOBS);
        Report.measured("storm", seconds(began));
        Report.say("done", count(STORM, "DONE"));
    }

    private void othersCome() throws IOException {
        Webhook command = new Webhook(ACTIVE, "/packit bench");
        Webhook opened = new Webhook(NEW, null);
        long arrived = System.nanoTime();
        send(command);
        send(opened);
        await(() -> count(ACTIVE, "DONE") == 2 * JOBS);
        Report.measured("active-user", seconds(arrived));
        await(() -> count(NEW, "DONE") == JOBS);
        Report.measured("new-user", seconds(arrived));
        Report.say("done-meanwhile", count(STORM, "DONE"));
    }

    private void send(Webhook webhook) throws IOException {
        try (KeepAliveConnection connection = new KeepAliveConnection(port)) {
            int status = connection.exchange(webhook.request());
            if (status != 202) {
                throw new IllegalStateException("a delivery was answered with " + status);
            }
        }
    }

    private int count(String repository, String state) {
        return Objects.requireNonNull(jdbc.queryForObject(COUNT, Integer.class, "github.com/" + repository, state));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static void await(BooleanSupplier reached) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("it took too long");
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
