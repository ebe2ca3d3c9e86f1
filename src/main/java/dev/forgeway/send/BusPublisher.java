package dev.forgeway.send;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.forgeway.bus.BusClients;
import dev.forgeway.bus.GivenMessageId;
import dev.forgeway.config.IngestSettings;
import dev.forgeway.config.UrlText;
import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;

/** Publishes a message on a bus that Forgeway listens to, and returns when the broker has it. */
final class BusPublisher {

    private static final long PATIENCE_MILLIS = 10_000;

    private final IngestSettings settings;

    BusPublisher(IngestSettings settings) {
        this.settings = settings;
    }

    void publish(Outgoing message) {
        switch (message.source()) {
            case FEDORA_MESSAGING -> fedoraMessaging(message);
            case AMQP -> amqp(message);
            case MQTT -> mqtt(message);
            default -> throw new IllegalArgumentException(message.source() + " is no bus");
        }
    }

    /** https://fedora-messaging.readthedocs.io/en/stable/user-guide/messages/wire-format.html */
    private void fedoraMessaging(Outgoing message) {
        String url = configured(
                "forgeway.ingest.fedora-messaging.url",
                settings.fedoraMessaging().url());
        BasicProperties properties = new BasicProperties.Builder()
                .contentType("application/json")
                .contentEncoding("utf-8")
                .deliveryMode(2)
                .messageId(message.id())
                .headers(Map.of(
                        "fedora_messaging_schema",
                        "base.message",
                        "fedora_messaging_severity",
                        20,
                        "sent-at",
                        Instant.now().toString()))
                .build();
        AtomicBoolean returned = new AtomicBoolean();
        boolean confirmed;
        try (Connection connection =
                        BusClients.fedoraMessaging(settings.fedoraMessaging()).newConnection();
                Channel channel = connection.createChannel()) {
            channel.confirmSelect();
            channel.addReturnListener(unroutable -> returned.set(true));
            channel.basicPublish(
                    settings.fedoraMessaging().exchange(), message.event(), true, properties, message.body());
            confirmed = channel.waitForConfirms(PATIENCE_MILLIS);
        } catch (IOException | TimeoutException e) {
            throw SendException.unreached(shown(url), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SendException.unreached(shown(url), e);
        }
        if (!confirmed || returned.get()) {
            throw SendException.refused("no queue took it: is one bound to " + message.event() + ", and not full?");
        }
    }

    private void amqp(Outgoing message) {
        String url = configured("forgeway.ingest.amqp.url", settings.amqp().url());
        JmsConnectionFactory factory = BusClients.amqp(settings.amqp());
        GivenMessageId id = new GivenMessageId();
        id.next(message.id());
        factory.setMessageIDPolicy(id);
        factory.setValidatePropertyNames(false);
        try (jakarta.jms.Connection connection = factory.createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(destination(session, message.event()))) {
            BytesMessage out = session.createBytesMessage();
            out.writeBytes(message.body());
            out.setStringProperty("topic", message.event());
            producer.send(out);
        } catch (JMSException e) {
            throw SendException.unreached(shown(url), e);
        }
    }

    /** The topic itself where Forgeway subscribes to it, else the queue that it takes from. */
    private Destination destination(Session session, String topic) throws JMSException {
        if (settings.amqp().subscriptions().contains(topic)) {
            return session.createTopic(topic);
        }
        String queue = settings.amqp().addresses().stream()
                .findFirst()
                .orElseThrow(() -> SendException.missing("forgeway.ingest.amqp.addresses"));
        return session.createQueue(queue);
    }

    private void mqtt(Outgoing message) {
        String url = configured("forgeway.ingest.mqtt.url", settings.mqtt().url());
        try {
            MqttClient client = new MqttClient(url, "forgeway-send-" + message.id(), new MemoryPersistence());
            try {
                client.connect(BusClients.mqtt(settings.mqtt()));
                client.publish(message.event(), message.body(), 1, false);
                client.disconnect();
            } finally {
                client.close(true);
            }
        } catch (MqttException e) {
            throw SendException.unreached(shown(url), e);
        }
    }

    private static String configured(String key, @Nullable String url) {
        if (url == null) {
            throw SendException.missing(key);
        }
        return url;
    }

    private static String shown(String url) {
        return String.valueOf(UrlText.withoutUserInfo(url));
    }
}
