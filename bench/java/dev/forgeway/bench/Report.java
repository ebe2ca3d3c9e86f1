package dev.forgeway.bench;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.metrics.buffering.BufferingApplicationStartup;
import org.springframework.boot.context.metrics.buffering.StartupTimeline.TimelineEvent;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/** What a process of the benchmark tells the one that started it: lines of {@code key=value} on standard output. */
final class Report {

    static final String MARK = "BENCH ";

    private static final PrintStream OUT = System.out;

    private Report() {}

    /** The server takes requests. */
    static void ready(ServletWebServerApplicationContext context) {
        say("port", context.getWebServer().getPort());
        say("ready", System.currentTimeMillis());
    }

    static void say(String key, Object value) {
        OUT.println(MARK + key + "=" + value);
        OUT.flush();
    }

    static void measured(String key, double value) {
        say(key, String.format(Locale.ROOT, "%.4f", value));
    }

    /** Where the time of the start went, in milliseconds. */
    static void startup(long main, BufferingApplicationStartup startup) {
        say("start.jvm", main - ManagementFactory.getRuntimeMXBean().getStartTime());
        Map<String, String> names = Map.of("start.database", "flywayInitializer", "start.broker", "embeddedBroker");
        names.forEach((key, bean) -> say(key, millis(startup, bean)));
    }

    private static long millis(BufferingApplicationStartup startup, String bean) {
        return startup.getBufferedTimeline().getEvents().stream()
                .filter(event -> event.getStartupStep().getName().equals("spring.beans.instantiate"))
                .filter(event -> isAbout(event, bean))
                .map(TimelineEvent::getDuration)
                .mapToLong(Duration::toMillis)
                .max()
                .orElse(0);
    }

    private static boolean isAbout(TimelineEvent event, String bean) {
        for (var tag : event.getStartupStep().getTags()) {
            if (tag.getKey().equals("beanName") && tag.getValue().equals(bean)) {
                return true;
            }
        }
        return false;
    }
}
