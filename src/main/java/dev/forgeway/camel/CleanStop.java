package dev.forgeway.camel;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Says at a stop what is waited for, and behind it what was left. Nothing more is taken in meanwhile. What does not end in
 * time ({@code camel.main.shutdown-timeout}) loses its transaction: its message goes back to its queue.
 */
@Component
class CleanStop extends LifecycleStrategySupport {

    private static final Logger LOG = LoggerFactory.getLogger(CleanStop.class);

    private volatile long began;

    @Override
    public void onContextStopping(CamelContext context) {
        began = System.nanoTime();
        Map<String, Integer> running = Intake.running(context);
        LOG.info("Stopping: {}", running.isEmpty() ? "nothing runs" : "waits for " + words(running));
    }

    @Override
    public void onContextStopped(CamelContext context) {
        long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        if (context.getShutdownStrategy().hasTimeoutOccurred()) {
            LOG.warn("Stopped after {} ms; what did not end in time goes back to its queue", millis);
        } else {
            LOG.info("Stopped after {} ms; nothing was left", millis);
        }
    }

    private static String words(Map<String, Integer> running) {
        return running.entrySet().stream()
                .map(route -> route.getKey() + " (" + route.getValue() + ")")
                .collect(Collectors.joining(", "));
    }
}
