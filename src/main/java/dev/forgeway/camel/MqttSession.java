package dev.forgeway.camel;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a session. It connects when it subscribes, which the route does when it can take messages: what the
 * broker kept for us comes right after the connection.
 */
class MqttSession extends MqttClient {

    private static final Logger LOG = LoggerFactory.getLogger(MqttSession.class);

    /** A connection that breaks while it is being made is never told (https://github.com/eclipse-paho/paho.mqtt.java/issues/999). */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private static final AtomicInteger MADE = new AtomicInteger();

    private final String name = "mqtt-session-" + MADE.incrementAndGet();
    private final MqttConnectionOptions options;

    MqttSession(String url, String clientId, MqttConnectionOptions options) throws MqttException {
        super(url, clientId, new MemoryPersistence());
        this.options = options;
        setManualAcks(true);
        setTimeToWait(PATIENCE.toMillis());
    }

    /** By which the route finds it. */
    String name() {
        return name;
    }

    @Override
    public IMqttToken subscribe(String topic, int qos) throws MqttException {
        if (!isConnected()) {
            connect(options);
        }
        return super.subscribe(topic, qos);
    }

    /** Leaves the session to the next connection; whatever state this one is in. */
    void abandon() {
        try {
            if (isConnected()) {
                disconnectForcibly(0, GOODBYE.toMillis());
            }
            close(true);
        } catch (MqttException e) {
            LOG.debug("The connection of {} does not close", getClientId(), e);
        }
    }
}
