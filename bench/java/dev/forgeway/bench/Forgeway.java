package dev.forgeway.bench;

import dev.forgeway.Application;
import dev.forgeway.camel.EmbeddedBroker;
import dev.forgeway.store.AllowlistStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.metrics.buffering.BufferingApplicationStartup;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/** Forgeway as it ships, with the idle handlers and the instant forge of the benchmark, as a process of its own. */
final class Forgeway {

    /** A setting of the benchmark: empties the queue of deliveries all the time. */
    static final String DRAIN = "bench.drain";

    private static final int STARTUP_STEPS = 20_000;

    private Forgeway() {}

    /** Starts the server and says so on standard output. */
    public static void main(String[] args) {
        ServletWebServerApplicationContext context = start(args);
        if (context.getEnvironment().containsProperty(DRAIN)) {
            Drain.start(context.getBean(EmbeddedBroker.class));
        }
        Report.ready(context);
    }

    static ServletWebServerApplicationContext start(String... args) {
        long main = System.currentTimeMillis();
        SpringApplication application = new SpringApplication(Application.class);
        application.addInitializers(new BenchWorld());
        BufferingApplicationStartup startup = new BufferingApplicationStartup(STARTUP_STEPS);
        application.setApplicationStartup(startup);
        ServletWebServerApplicationContext context = (ServletWebServerApplicationContext) application.run(args);
        Report.startup(main, startup);
        context.getBean(AllowlistStore.class).put("github.com/packit", "approved-manually", "for the benchmark");
        return context;
    }

    /** What the settings of a process need, whichever part of the benchmark it is for. */
    static List<String> arguments(Path folder, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--forgeway.data-dir=" + folder,
                "--forgeway.ingest.github.secrets=" + Webhook.SECRET,
                "--forgeway.forge.github.token=none",
                "--forgeway.service.copr.login=none",
                "--forgeway.service.copr.token=none",
                "--forgeway.service.copr.owner=none",
                "--forgeway.service.bodhi.url=http://127.0.0.1:9"));
        arguments.addAll(List.of(more));
        return arguments;
    }
}
