package dev.forgeway.camel;

import dev.forgeway.bus.PemTls;
import dev.forgeway.config.IngestSettings;
import dev.forgeway.config.Role;
import dev.forgeway.config.Settings;
import dev.forgeway.ingest.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Component;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Configuration;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * One route for every topic filter of the MQTT broker; without any, one that is seen but does not run. Camel's component
 * subscribes to one filter with one client, so each has a session of its own.
 *
 * <p>The component connects while its route starts, and gives up when the broker is away: the route is then made anew
 * until it starts. Later losses of the connection are the client's own to mend.
 */
@Configuration(proxyBeanMethods = false)
class MqttSources implements CamelContextConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(MqttSources.class);

    private static final String OFF = "off";
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** How long the broker keeps messages for us while we are away. */
    private static final Duration SESSION = Duration.ofDays(7);

    /** The broker sends no more before the first is acknowledged, which MQTT has no other word for. */
    private static final int UNACKNOWLEDGED = 10;

    private static final int HASH_LENGTH = 8;

    private final IngestSettings.Mqtt settings;
    private final boolean on;

    MqttSources(Settings settings) {
        this.settings = settings.ingest().mqtt();
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
        configuration.setCleanStart(false);
        configuration.setSessionExpiryInterval(SESSION.toSeconds());
        configuration.setReceiveMaximum(UNACKNOWLEDGED);
        configuration.setAutomaticReconnect(true);
        configuration.setMaxReconnectDelay((int) PAUSE.toMillis());
        if (settings.url() != null) {
            configuration.setBrokerUrl(settings.url());
        }
        if (settings.caCertificate() != null) {
            configuration.setSocketFactory(
                    PemTls.context(settings.caCertificate(), null, null).getSocketFactory());
        }
        if (settings.user() != null && settings.password() != null) {
            configuration.setUserName(settings.user());
            configuration.setPassword(settings.password().value());
        }
        PahoMqtt5Component component = new PahoMqtt5Component();
        component.setConfiguration(configuration);
        return component;
    }

    @Override
    public void beforeApplicationStart(CamelContext context) {}

    @Override
    public void afterApplicationStart(CamelContext context) {
        List<String> topics = settings.isOn() ? settings.topics() : List.of(OFF);
        topics.forEach(topic -> add(context, topic, false));
        if (on) {
            ScheduledExecutorService starter =
                    context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "mqtt-start");
            topics.forEach(topic -> starter.execute(() -> start(context, topic, starter)));
        }
    }

    private void start(CamelContext context, String topic, ScheduledExecutorService again) {
        if (context.isStopping() || context.isStopped()) {
            return;
        }
        try {
            context.removeRoute(routeId(topic));
            add(context, topic, true);
        } catch (Exception e) {
            LOG.warn("The MQTT broker cannot be subscribed to for {}: {}", topic, cause(e));
            keepSeen(context, topic);
            again.schedule(() -> start(context, topic, again), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void keepSeen(CamelContext context, String topic) {
        try {
            context.removeRoute(routeId(topic));
            add(context, topic, false);
        } catch (Exception e) {
            LOG.warn("The route of {} cannot be shown: {}", topic, cause(e));
        }
    }

    private static String cause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.toString();
    }

    private void add(CamelContext context, String topic, boolean started) {
        TemplatedRouteBuilder.builder(context, "mqtt-source")
                .routeId(routeId(topic))
                .prefixId("ingest-mqtt-" + (Math.max(0, settings.topics().indexOf(topic)) + 1) + ".")
                .parameter("topic", topic)
                .parameter("clientId", clientId(topic))
                .parameter("started", started)
                .add();
    }

    private static String routeId(String topic) {
        return "ingest-mqtt-" + topic;
    }

    private String clientId(String topic) {
        String hash = Sha256.hex(topic.getBytes(StandardCharsets.UTF_8));
        return settings.clientId() + "-" + hash.substring(0, HASH_LENGTH);
    }
}
