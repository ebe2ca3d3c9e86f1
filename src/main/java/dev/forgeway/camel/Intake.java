package dev.forgeway.camel;

import dev.forgeway.admin.Draining;
import dev.forgeway.store.Pauses;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.Suspendable;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Stops and starts what takes in, and leaves what runs alone. A webhook that still comes is kept on its queue: its sender
 * may never send it again. The readiness probe sends new ones elsewhere.
 */
@Component("intakeHealthIndicator")
class Intake implements Draining, HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final CamelContext camel;
    private final Set<String> stopped = ConcurrentHashMap.newKeySet();
    private volatile boolean isDrained;
    private volatile boolean isToldEmpty = true;

    Intake(CamelContext camel, Pauses pauses) {
        this.camel = camel;
        pauses.onLook(this::tellWhenEmpty);
    }

    @Override
    public synchronized void begin() {
        isDrained = true;
        for (Route route : camel.getRoutes()) {
            boolean takesIn = takesIn(route)
                    && !route.getEndpoint().getEndpointUri().startsWith("platform-http:")
                    && camel.getRouteController()
                            .getRouteStatus(route.getRouteId())
                            .isStarted();
            if (takesIn && stopped.add(route.getRouteId())) {
                stop(route.getConsumer());
            }
        }
        isToldEmpty = false;
    }

    @Override
    public synchronized void end() {
        isToldEmpty = true;
        camel.getRoutes().stream()
                .filter(route -> stopped.remove(route.getRouteId()))
                .forEach(route -> ServiceHelper.resumeService(route.getConsumer()));
        isDrained = false;
    }

    /** One that cannot rest is stopped; to resume it starts it again. */
    private static void stop(Consumer consumer) {
        if (consumer instanceof Suspendable) {
            ServiceHelper.suspendService(consumer);
        } else {
            ServiceHelper.stopService(consumer);
        }
    }

    /** Part of the readiness probe: who is drained is sent nothing. */
    @Override
    public Health health() {
        return (isDrained ? Health.outOfService() : Health.up()).build();
    }

    @Override
    public Map<String, Integer> running() {
        return running(camel);
    }

    static Map<String, Integer> running(CamelContext context) {
        Map<String, Integer> running = new TreeMap<>();
        for (Route route : context.getRoutes()) {
            int size = context.getInflightRepository().size(route.getRouteId());
            if (size > 0 && takesIn(route) && !route.getRouteId().startsWith("admin-")) {
                running.put(route.getRouteId(), size);
            }
        }
        return running;
    }

    private static boolean takesIn(Route route) {
        return !route.getEndpoint().getEndpointUri().startsWith("direct:");
    }

    private void tellWhenEmpty() {
        if (!isToldEmpty && running().isEmpty()) {
            isToldEmpty = true;
            LOG.info("Drained: nothing runs here any more");
        }
    }
}
