package dev.forgeway.simulator;

import dev.forgeway.bus.GivenMessageId;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.springframework.util.FileSystemUtils;

/**
 * The Fedora message bus as a subscriber behind AMQP 1.0 sees it: one queue, bound to the topics of interest. Keeps
 * nothing on disk and knows no users. Messages have a UUID as message id and carry the topic and fedora-messaging's
 * headers as application properties (https://fedora-messaging.readthedocs.io/en/stable/user-guide/messages/wire-format.html).
 */
public final class BusSimulator implements AutoCloseable {

    private static final String SUBSCRIBERS = "subscribers";

    private final Path folder;
    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private final String queue;
    private final int port;
    private final Connection connection;
    private final Session session;
    private final MessageProducer producer;
    private final GivenMessageId messageId = new GivenMessageId();

    /** A bus on any free port, with the queue {@code copr}. */
    public BusSimulator() {
        this(0, "copr");
    }

    /** @param port 0 takes any free one */
    public BusSimulator(int port, String queue) {
        this.queue = queue;
        this.port = port == 0 ? freePort() : port;
        int publisherPort = freePort();
        try {
            folder = Files.createTempDirectory("forgeway-bus");
            broker.setConfiguration(configuration(this.port, publisherPort, queue, folder.toString()));
            broker.start();
            JmsConnectionFactory factory =
                    new JmsConnectionFactory("amqp://127.0.0.1:" + publisherPort + "?jms.validatePropertyNames=false");
            factory.setMessageIDPolicy(messageId);
            connection = factory.createConnection();
            session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            producer = session.createProducer(session.createQueue(queue));
        } catch (Exception e) {
            throw new IllegalStateException("The bus did not start", e);
        }
    }

    /** Where the bus is, for example {@code amqp://127.0.0.1:5672}. */
    public String url() {
        return "amqp://127.0.0.1:" + port;
    }

    /** The queue that messages are published to. */
    public String queue() {
        return queue;
    }

    /** Publishes a JSON body and returns the message id, a UUID. */
    public String publish(String topic, String json) {
        return publish(topic, json, UUID.randomUUID().toString());
    }

    /** Publishes a JSON body under a given message id; the same id again is what a bus does when it repeats itself. */
    public synchronized String publish(String topic, String json, String id) {
        try {
            TextMessage message = session.createTextMessage(json);
            message.setStringProperty("topic", topic);
            message.setStringProperty(
                    "fedora_messaging_schema", topic.replaceFirst("^org\\.fedoraproject\\.\\w+\\.", ""));
            message.setIntProperty("fedora_messaging_severity", 20);
            message.setStringProperty("sent-at", Instant.now().toString());
            messageId.next(id);
            producer.send(message);
            return id;
        } catch (JMSException e) {
            throw new IllegalStateException("Not published: " + topic, e);
        }
    }

    /** How many messages wait in the queue or are with a consumer that has not acknowledged them yet. */
    public long waiting() {
        return broker.getActiveMQServer().locateQueue(SimpleString.of(queue)).getMessageCount();
    }

    /** Closes the subscribers' connections and refuses new ones; publishing goes on and the queue grows. */
    public void stopListening() {
        try {
            broker.getActiveMQServer()
                    .getRemotingService()
                    .getAcceptor(SUBSCRIBERS)
                    .stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets subscribers in again, on the same port. */
    public void startListening() {
        try {
            broker.getActiveMQServer()
                    .getRemotingService()
                    .getAcceptor(SUBSCRIBERS)
                    .start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
            broker.stop();
            FileSystemUtils.deleteRecursively(folder);
        } catch (Exception e) {
            throw new IllegalStateException("The bus did not stop", e);
        }
    }

    private static Configuration configuration(int port, int publisherPort, String queue, String data)
            throws Exception {
        AddressSettings settings = new AddressSettings();
        settings.setMaxDeliveryAttempts(-1);
        settings.setRedeliveryDelay(200);
        return new ConfigurationImpl()
                .setName("bus-" + port)
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setCriticalAnalyzer(false)
                .setMaxDiskUsage(-1)
                .setPagingDirectory(data)
                .setJournalDirectory(data)
                .setBindingsDirectory(data)
                .setLargeMessagesDirectory(data)
                .addAcceptorConfiguration(SUBSCRIBERS, "tcp://127.0.0.1:" + port + "?protocols=AMQP")
                .addAcceptorConfiguration("publisher", "tcp://127.0.0.1:" + publisherPort + "?protocols=AMQP")
                .addAddressSetting("#", settings)
                .addQueueConfiguration(QueueConfiguration.of(queue)
                        .setRoutingType(RoutingType.ANYCAST)
                        .setDurable(true));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
