package dev.forgeway.bus;

import dev.forgeway.config.IngestSettings;
import dev.forgeway.config.PublishSettings;
import dev.forgeway.error.TransientException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** MQTT 5 with quality of service 1: published is what the broker acknowledged. Headers become user properties. */
final class MqttPublisher implements BusPublisher {

    private static final long PATIENCE_MILLIS = 10_000;

    /** The client waits for all of it, although no broker answers a goodbye. */
    private static final long GOODBYE_MILLIS = 1_000;

    private final MqttClient client;
    private final MqttConnectionOptions options;

    MqttPublisher(PublishSettings.Mqtt settings) {
        this.options = BusClients.mqtt(new IngestSettings.Mqtt(
                settings.url(), List.of(), "", settings.user(), settings.password(), settings.caCertificate()));
        try {
            // each process has a name of its own, or the broker would let only one of them stay
            String name = "forgeway-publish-" + UUID.randomUUID();
            this.client = new MqttClient(Objects.requireNonNull(settings.url()), name, new MemoryPersistence());
            this.client.setTimeToWait(PATIENCE_MILLIS);
        } catch (MqttException e) {
            throw new IllegalStateException("forgeway.handle.publish.mqtt.url cannot be used", e);
        }
    }

    @Override
    public void publish(Publication message) {
        connect();
        MqttProperties properties = new MqttProperties();
        properties.setContentType(message.contentType());
        properties.setUserProperties(message.headers().entrySet().stream()
                .map(header ->
                        new UserProperty(header.getKey(), header.getValue().toString()))
                .toList());
        MqttMessage out = new MqttMessage(message.body(), 1, false, properties);
        try {
            client.publish(message.topic(), out);
        } catch (MqttException e) {
            throw new TransientException("the MQTT broker did not take the message: " + e, e);
        }
    }

    private synchronized void connect() {
        try {
            if (!client.isConnected()) {
                client.connect(options);
            }
        } catch (MqttException e) {
            throw new BusAwayException(e);
        }
    }

    @Override
    public void close() {
        try {
            client.disconnectForcibly(0, GOODBYE_MILLIS);
            client.close(true);
        } catch (MqttException e) {
            throw new IllegalStateException("the MQTT client does not let itself be closed", e);
        }
    }
}
