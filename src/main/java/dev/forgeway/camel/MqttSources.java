package dev.forgeway.camel;

import dev.forgeway.bus.BusClients;
import dev.forgeway.config.IngestSettings;
import dev.forgeway.config.Role;
import dev.forgeway.config.Settings;
import dev.forgeway.ingest.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Component;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Configuration;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * One route for every topic filter of the MQTT broker; without any, one that is seen but does not run. Camel's component
 * subscribes to one filter with one client, so each has a session of its own.
 *
 * <p>A route whose connection is lost, or could not be made, is made anew until it is subscribed. The client's own way
 * to connect again can hang for good.
 */
@Configuration(proxyBeanMethods = false)
class MqttSources implements CamelContextConfiguration, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(MqttSources.class);

    private static final String OFF = "off";
    private static final Duration STOPPING = Duration.ofSeconds(5);

    /** How long the broker keeps messages for us while we are away. */
    private static final Duration SESSION = Duration.ofDays(7);

    /** The broker sends no more before the first is acknowledged, which MQTT has no other word for. */
    private static final int UNACKNOWLEDGED = 10;

    private static final int HASH_LENGTH = 8;

    private final IngestSettings.Mqtt settings;
    private final Duration pause;
    private final boolean on;
    private final Map<String, MqttSession> sessions = new ConcurrentHashMap<>();

    MqttSources(Settings settings) {
        this.settings = settings.ingest().mqtt();
        this.pause = settings.ingest().busPause();
        this.on = this.settings.isOn() && settings.hasRole(Role.INGEST);
    }

    /**
     * The component behind {@code mqtt:}. Quality of service 1, a session that outlives the connection
     * (https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html#_Toc3901048), and an acknowledgement only when the
     * route has come to its end.
     */
    @Bean("mqtt")
    PahoMqtt5Component mqtt() {
        PahoMqtt5Configuration configuration = new PahoMqtt5Configuration();
        configuration.setQos(1);
        configuration.setManualAcksEnabled(true);
        PahoMqtt5Component component = new PahoMqtt5Component();
        component.setConfiguration(configuration);
        return component;
    }

    private MqttConnectionOptions options() {
        MqttConnectionOptions options = BusClients.mqtt(settings);
        options.setCleanStart(false);
        options.setSessionExpiryInterval(SESSION.toSeconds());
        options.setReceiveMaximum(UNACKNOWLEDGED);
        return options;
    }

    @Override
    public void beforeApplicationStart(CamelContext context) {}

    @Override
    public void afterApplicationStart(CamelContext context) {
        List<String> topics = settings.isOn() ? settings.topics() : List.of(OFF);
        topics.forEach(topic -> add(context, topic, null));
        if (on) {
            ScheduledExecutorService watch =
                    context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "mqtt-watch");
            watch.scheduleWithFixedDelay(() -> look(context), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Makes the routes anew whose connection is gone. */
    private void look(CamelContext context) {
        for (String topic : settings.topics()) {
            MqttSession session = sessions.get(topic);
            if ((session == null || !session.isConnected()) && !context.isStopping() && !context.isStopped()) {
                start(context, topic);
            }
        }
    }

    private void start(CamelContext context, String topic) {
        try {
            remove(context, topic);
            MqttSession session = new MqttSession(String.valueOf(settings.url()), clientId(topic), options());
            sessions.put(topic, session);
            context.getRegistry().bind(session.name(), session);
            add(context, topic, session);
        } catch (Exception e) {
            LOG.warn("The MQTT broker cannot be subscribed to for {}: {}", topic, cause(e));
            keepSeen(context, topic);
        }
    }

    private void keepSeen(CamelContext context, String topic) {
        try {
            remove(context, topic);
            add(context, topic, null);
        } catch (Exception e) {
            LOG.warn("The route of {} cannot be shown: {}", topic, cause(e));
        }
    }

    @Override
    public void destroy() {
        sessions.values().forEach(MqttSession::abandon);
    }

    private void remove(CamelContext context, String topic) throws Exception {
        MqttSession session = sessions.remove(topic);
        if (session != null) {
            session.abandon();
            context.getRegistry().unbind(session.name());
        }
        if (context.getRoute(routeId(topic)) != null) {
            context.getRouteController().stopRoute(routeId(topic), STOPPING.toSeconds(), TimeUnit.SECONDS);
            context.removeRoute(routeId(topic));
        }
    }

    private static String cause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.toString();
    }

    private void add(CamelContext context, String topic, @Nullable MqttSession session) {
        TemplatedRouteBuilder route = TemplatedRouteBuilder.builder(context, "mqtt-source")
                .routeId(routeId(topic))
                .prefixId("ingest-mqtt-" + (Math.max(0, settings.topics().indexOf(topic)) + 1) + ".")
                .parameter("topic", topic)
                .parameter("started", session != null);
        if (session != null) {
            route.parameter("client", "#bean:" + session.name());
        }
        route.add();
    }

    static String routeId(String topic) {
        return "ingest-mqtt-" + topic;
    }

    private String clientId(String topic) {
        String hash = Sha256.hex(topic.getBytes(StandardCharsets.UTF_8));
        return settings.clientId() + "-" + hash.substring(0, HASH_LENGTH);
    }
}
