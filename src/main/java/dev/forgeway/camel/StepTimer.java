package dev.forgeway.camel;

import dev.forgeway.metrics.StepLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.MessageHistory;
import org.apache.camel.NamedNode;
import org.apache.camel.spi.MessageHistoryFactory;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.DefaultMessageHistory;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Times every node of every route: as a meter ({@code camel_message_history_seconds}, the name that Camel's own
 * factory gives it) and, where the thread has a {@link StepLog} open, as a step in the story of the delivery. Beans
 * are the steps; the nodes around them only say where to go.
 */
@Component
class StepTimer extends ServiceSupport implements MessageHistoryFactory, CamelContextConfiguration {

    private static final String METER = "camel.message.history";

    private final MeterRegistry registry;
    private @Nullable CamelContext context;
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();

    StepTimer(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void beforeApplicationStart(CamelContext camelContext) {
        camelContext.setMessageHistoryFactory(this);
    }

    @Override
    public void afterApplicationStart(CamelContext camelContext) {}

    @Override
    public MessageHistory newMessageHistory(String routeId, NamedNode node, Exchange exchange) {
        return new TimedNode(routeId, node, timer(routeId, node));
    }

    private Timer timer(String routeId, NamedNode node) {
        return timers.computeIfAbsent(
                routeId + "/" + node.getId(),
                key -> Timer.builder(METER)
                        .description("How long a node of a route took")
                        .tags("routeId", routeId, "nodeId", shortId(routeId, node), "kind", "CamelMessageHistory")
                        .register(registry));
    }

    /** The id of a node inside its route. */
    private static String shortId(String routeId, NamedNode node) {
        String id = node.getId();
        return id.startsWith(routeId + ".") ? id.substring(routeId.length() + 1) : id;
    }

    @Override
    public @Nullable CamelContext getCamelContext() {
        return context;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.context = camelContext;
    }

    @Override
    public boolean isCopyMessage() {
        return false;
    }

    @Override
    public void setCopyMessage(boolean copyMessage) {
        throw new UnsupportedOperationException("messages are not copied for timing");
    }

    @Override
    public String getNodePattern() {
        return "*";
    }

    @Override
    public void setNodePattern(String nodePattern) {
        throw new UnsupportedOperationException("every node is timed");
    }

    /** One node, from its start to its end. */
    private static final class TimedNode extends DefaultMessageHistory {

        private final Timer timer;
        private final Instant at = Instant.now();
        private final long started = System.nanoTime();

        TimedNode(String routeId, NamedNode node, Timer timer) {
            super(routeId, node, null);
            this.timer = timer;
        }

        @Override
        public void nodeProcessingDone() {
            super.nodeProcessingDone();
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            timer.record(took);
            if (getNode().getShortName().equals("bean")) {
                StepLog.end(getRouteId(), shortId(getRouteId(), getNode()), at, took);
            }
        }
    }
}
