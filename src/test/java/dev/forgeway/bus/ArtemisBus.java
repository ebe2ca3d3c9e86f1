package dev.forgeway.bus;

import dev.forgeway.testing.Certificates;
import dev.forgeway.testing.Ports;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;

/** A broker that speaks AMQP 1.0 and, with and without TLS, MQTT 5; topics are its multicast addresses. */
final class ArtemisBus implements AutoCloseable {

    private final int amqpPort = Ports.unused();
    private final int mqttPort = Ports.unused();
    private final int mqttTlsPort = Ports.unused();
    private final Path folder;
    private final Certificates own;
    private final GivenMessageId messageId = new GivenMessageId();
    private EmbeddedActiveMQ broker;
    private Connection connection;
    private Session session;
    private MqttClient mqtt;

    ArtemisBus(Path folder, Certificates own) {
        this.folder = folder;
        this.own = own;
        start();
    }

    private void start() {
        try {
            broker = startBroker();
            connection = connect();
            session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            mqtt = connectMqtt();
        } catch (Exception e) {
            throw new IllegalStateException("The bus did not start", e);
        }
    }

    /** Stops the broker, with everybody's connections, and starts it again with what it has on disk. */
    synchronized void restart() {
        close();
        start();
    }

    private EmbeddedActiveMQ startBroker() throws Exception {
        EmbeddedActiveMQ starting = new EmbeddedActiveMQ();
        starting.setConfiguration(configuration());
        starting.start();
        return starting;
    }

    private Connection connect() throws JMSException {
        JmsConnectionFactory factory = new JmsConnectionFactory("amqp://127.0.0.1:" + amqpPort);
        factory.setMessageIDPolicy(messageId);
        return factory.createConnection();
    }

    private MqttClient connectMqtt() throws MqttException {
        MqttClient client = new MqttClient("tcp://127.0.0.1:" + mqttPort, "publisher", new MemoryPersistence());
        client.connect();
        return client;
    }

    int amqpPort() {
        return amqpPort;
    }

    int mqttPort() {
        return mqttPort;
    }

    int mqttTlsPort() {
        return mqttTlsPort;
    }

    /** Publishes to a topic, which a message on a bus like this does not name again. */
    synchronized void publish(String topic, String id, String body) {
        try (MessageProducer producer = session.createProducer(session.createTopic(topic))) {
            TextMessage message = session.createTextMessage(body);
            messageId.next(id);
            producer.send(message);
        } catch (JMSException e) {
            throw new IllegalStateException("Not published: " + topic, e);
        }
    }

    synchronized void publishMqtt(String topic, String body) {
        try {
            mqtt.publish(topic, body.getBytes(StandardCharsets.UTF_8), 1, false);
        } catch (Exception e) {
            throw new IllegalStateException("Not published: " + topic, e);
        }
    }

    /** The messages of a topic from now on. */
    BlockingQueue<Message> subscribe(String topic) {
        BlockingQueue<Message> received = new LinkedBlockingQueue<>();
        try {
            Session own = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            own.createConsumer(own.createTopic(topic)).setMessageListener(received::add);
            connection.start();
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
        return received;
    }

    /** What is published over MQTT to the topics of a filter from now on. */
    BlockingQueue<MqttMessage> subscribeMqtt(String filter) {
        BlockingQueue<MqttMessage> received = new LinkedBlockingQueue<>();
        try {
            MqttSubscription[] wanted = {new MqttSubscription(filter, 1)};
            IMqttMessageListener[] listeners = {(topic, message) -> received.add(message)};
            mqtt.subscribe(wanted, listeners);
        } catch (MqttException e) {
            throw new IllegalStateException(e);
        }
        return received;
    }

    /** How many MQTT subscriptions the clients have whose ids start so; connected ones may still be about to subscribe. */
    long subscriptions(String clients) {
        return broker.getActiveMQServer()
                .getPostOffice()
                .getAllBindings()
                .filter(binding -> binding.getUniqueName().toString().startsWith(clients + "-"))
                .count();
    }

    @Override
    public void close() {
        try {
            mqtt.disconnectForcibly(0, 100);
            mqtt.close();
            connection.close();
            broker.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The bus did not stop", e);
        }
    }

    private Configuration configuration() throws Exception {
        AddressSettings settings = new AddressSettings();
        settings.setMaxDeliveryAttempts(-1);
        String tls = "&sslEnabled=true&keyStoreType=PKCS12&keyStorePath=" + own.keyStore() + "&keyStorePassword="
                + Certificates.PASSWORD;
        return new ConfigurationImpl()
                .setName("bus")
                .setJournalType(JournalType.NIO)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setCriticalAnalyzer(false)
                .setMaxDiskUsage(-1)
                .setPagingDirectory(folder.resolve("paging").toString())
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setLargeMessagesDirectory(folder.resolve("large-messages").toString())
                .addAcceptorConfiguration("amqp", "tcp://127.0.0.1:" + amqpPort + "?protocols=AMQP")
                .addAcceptorConfiguration("mqtt", "tcp://127.0.0.1:" + mqttPort + "?protocols=MQTT")
                .addAcceptorConfiguration("mqtts", "tcp://127.0.0.1:" + mqttTlsPort + "?protocols=MQTT" + tls)
                .addAddressSetting("#", settings)
                .addQueueConfiguration(QueueConfiguration.of("Consumer.forgeway.VirtualTopic.eng.anitya")
                        .setAddress("VirtualTopic.eng.anitya.project.version.update.v2")
                        .setRoutingType(RoutingType.MULTICAST)
                        .setDurable(true));
    }
}
