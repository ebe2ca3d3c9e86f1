package dev.forgeway.camel;

import dev.forgeway.config.Role;
import dev.forgeway.config.Settings;
import dev.forgeway.ingest.BusMessage;
import dev.forgeway.metrics.IngestMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.component.jms.JmsConsumer;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Consumer;
import org.apache.camel.component.springrabbit.SpringRabbitMQConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.jms.listener.DefaultMessageListenerContainer;
import org.springframework.stereotype.Component;

/**
 * Down when a bus that is on is not being consumed. What was last heard of each is told beside it, because a bus can be
 * silent although everything is connected.
 */
@Component("busHealthIndicator")
class BusHealth implements HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(BusHealth.class);

    private static final Map<String, String> ROUTES = Map.of(
            BusMessage.FEDORA_MESSAGING, FedoraMessagingSource.ROUTE,
            BusMessage.AMQP, "ingest-amqp-",
            BusMessage.MQTT, "ingest-mqtt-");

    private final CamelContext context;
    private final FedoraMessagingConsumers rabbit;
    private final IngestMetrics metrics;
    private final List<String> on;
    private final Set<String> ofMqtt;

    BusHealth(CamelContext context, FedoraMessagingConsumers rabbit, IngestMetrics metrics, Settings settings) {
        this.context = context;
        this.rabbit = rabbit;
        this.metrics = metrics;
        this.on = on(settings);
        on.forEach(metrics::consumes);
        this.ofMqtt = settings.ingest().mqtt().topics().stream()
                .map(MqttSources::routeId)
                .collect(Collectors.toSet());
    }

    private static List<String> on(Settings settings) {
        List<String> on = new ArrayList<>();
        if (settings.hasRole(Role.INGEST)) {
            if (settings.ingest().fedoraMessaging().isOn()) {
                on.add(BusMessage.FEDORA_MESSAGING);
            }
            if (settings.ingest().amqp().isOn()) {
                on.add(BusMessage.AMQP);
            }
            if (settings.ingest().mqtt().isOn()) {
                on.add(BusMessage.MQTT);
            }
        }
        return List.copyOf(on);
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        for (String source : on) {
            List<String> lost = lost(source);
            health.withDetail(source, lost.isEmpty() ? "consumed" : "not consumed: " + String.join(", ", lost));
            metrics.lastHeard(source).ifPresent(at -> health.withDetail(source + " last message", at.toString()));
            if (!lost.isEmpty()) {
                health.down();
            }
        }
        return health.build();
    }

    private List<String> lost(String source) {
        String prefix = String.valueOf(ROUTES.get(source));
        List<Route> routes = context.getRoutes().stream()
                .filter(route -> route.getRouteId().startsWith(prefix))
                .toList();
        if (routes.isEmpty()) {
            return List.of("no route " + prefix);
        }
        Set<String> lost = new TreeSet<>(source.equals(BusMessage.MQTT) ? ofMqtt : Set.of());
        routes.forEach(route -> lost.remove(route.getRouteId())); // one that is made anew is not there meanwhile
        routes.stream()
                .filter(route -> !isConsuming(route.getConsumer()))
                .map(Route::getRouteId)
                .forEach(lost::add);
        return List.copyOf(lost);
    }

    private boolean isConsuming(@Nullable Consumer consumer) {
        if (consumer instanceof SpringRabbitMQConsumer) {
            return rabbit.areConnected();
        }
        if (consumer instanceof JmsConsumer jms) {
            return isRegistered(jms);
        }
        return consumer instanceof PahoMqtt5Consumer mqtt
                && mqtt.getClient() != null
                && mqtt.getClient().isConnected();
    }

    private static boolean isRegistered(JmsConsumer consumer) {
        try {
            return consumer.getListenerContainer() instanceof DefaultMessageListenerContainer container
                    && container.isRunning()
                    && container.isRegisteredWithDestination();
        } catch (Exception e) {
            LOG.debug("The consumer of {} does not tell whether it is registered", consumer.getEndpoint(), e);
            return false;
        }
    }
}
