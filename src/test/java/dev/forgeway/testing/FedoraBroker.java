package dev.forgeway.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultSaslConfig;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.model.BrokerModel;

/**
 * A broker that speaks AMQP 0-9-1 over TLS and knows its clients by their certificates, as Fedora's does; and a publisher
 * that writes messages as fedora-messaging defines them
 * (https://fedora-messaging.readthedocs.io/en/stable/user-guide/messages/wire-format.html).
 */
public final class FedoraBroker implements AutoCloseable {

    private final int port = Ports.unused();
    private final Map<String, Object> attributes;
    private final ConnectionFactory factory = new ConnectionFactory();
    private SystemLauncher launcher;
    private Connection connection;
    private Channel channel;

    public FedoraBroker(Path folder, Certificates broker, Certificates client) {
        try {
            Path config = folder.resolve("qpid.json");
            Files.writeString(config, new ObjectMapper().writeValueAsString(config(folder, broker, client)));
            attributes = Map.of(
                    "type",
                    "Memory",
                    "initialConfigurationLocation",
                    config.toString(),
                    "startupLoggedToSystemOut",
                    "false",
                    "context",
                    Map.of("qpid.work_dir", folder.toString()));
            System.setProperty(
                    "derby.stream.error.file", folder.resolve("derby.log").toString());
            factory.setHost("localhost");
            factory.setPort(port);
            factory.setVirtualHost("default");
            factory.useSslProtocol(client.trusting(broker));
            factory.setSaslConfig(DefaultSaslConfig.EXTERNAL);
            factory.setAutomaticRecoveryEnabled(false);
        } catch (Exception e) {
            throw new IllegalStateException("The broker cannot be configured", e);
        }
        start();
    }

    private void start() {
        try {
            launcher = new SystemLauncher();
            launcher.startup(new HashMap<>(attributes));
            connection = factory.newConnection();
            channel = connection.createChannel();
            channel.confirmSelect();
        } catch (Exception e) {
            throw new IllegalStateException("The broker did not start", e);
        }
    }

    /** Stops the broker, with everybody's connections, and starts it again with what it has on disk. */
    public synchronized void restart() {
        close();
        start();
    }

    public int port() {
        return port;
    }

    /** Publishes and returns when the broker has it. */
    public synchronized void publish(String topic, String messageId, String body) {
        String schema = topic.replaceFirst("^org\\.fedoraproject\\.\\w+\\.", "");
        BasicProperties properties = new BasicProperties.Builder()
                .contentType("application/json")
                .contentEncoding("utf-8")
                .deliveryMode(2)
                .messageId(messageId)
                .headers(Map.of(
                        "fedora_messaging_severity",
                        20,
                        "fedora_messaging_schema",
                        schema,
                        "sent-at",
                        Instant.now().toString()))
                .build();
        try {
            channel.basicPublish("amq.topic", topic, properties, body.getBytes(StandardCharsets.UTF_8));
            channel.waitForConfirmsOrDie(10_000);
        } catch (Exception e) {
            throw new IllegalStateException("Not published: " + topic, e);
        }
    }

    /** How many messages wait in a queue; the queue has to be durable and neither exclusive nor deleted by itself. */
    public synchronized long waiting(String queue) {
        try (Channel other = connection.createChannel()) {
            return other.queueDeclare(queue, true, false, false, Map.of()).getMessageCount();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A queue of somebody else who wants messages of a topic. */
    public synchronized String bind(String topic) {
        try {
            String queue = channel.queueDeclare().getQueue();
            channel.queueBind(queue, "amq.topic", topic);
            return queue;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next message of a queue, if there is one. */
    public synchronized Optional<GetResponse> take(String queue) {
        try {
            return Optional.ofNullable(channel.basicGet(queue, true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        connection.abort(1000);
        launcher.shutdown();
    }

    private Map<String, Object> config(Path folder, Certificates broker, Certificates client) {
        return Map.of(
                "name", "bus",
                "modelVersion", BrokerModel.MODEL_VERSION,
                "authenticationproviders", List.of(Map.of("name", "external", "type", "External")),
                "keystores", List.of(store("own", "FileKeyStore", broker.keyStore())),
                "truststores", List.of(store("clients", "FileTrustStore", client.trustStore())),
                "ports",
                        List.of(Map.of(
                                "name",
                                "amqp",
                                "port",
                                port,
                                "bindingAddress",
                                "127.0.0.1",
                                "transports",
                                List.of("SSL"),
                                "protocols",
                                List.of("AMQP_0_9_1"),
                                "authenticationProvider",
                                "external",
                                "keyStore",
                                "own",
                                "trustStores",
                                List.of("clients"),
                                "virtualhostaliases",
                                List.of(Map.of("name", "name", "type", "nameAlias")),
                                "needClientAuth",
                                true)),
                "virtualhostnodes",
                        List.of(Map.of(
                                "name",
                                "default",
                                "type",
                                "JSON",
                                "storePath",
                                folder.resolve("virtual-host.json").toString(),
                                "defaultVirtualHostNode",
                                "true",
                                "virtualHostInitialConfiguration",
                                "{\"type\":\"DERBY\",\"storePath\":\"" + folder.resolve("messages") + "\"}")));
    }

    private static Map<String, Object> store(String name, String type, Path file) {
        return Map.of("name", name, "type", type, "storeUrl", file.toString(), "password", Certificates.PASSWORD);
    }
}
