package dev.forgeway.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.model.BrokerModel;
import org.springframework.util.FileSystemUtils;

/** A broker that speaks AMQP 0-9-1 (Apache Qpid), and a storm of messages in it; outside of what is measured. */
final class BusBroker implements AutoCloseable {

    static final String QUEUE = "storm";

    private final SystemLauncher launcher = new SystemLauncher();
    private final Path folder;
    private final int port;

    BusBroker() throws Exception {
        this.folder = Files.createTempDirectory("forgeway-bench-bus");
        try (ServerSocket free = new ServerSocket(0)) {
            this.port = free.getLocalPort();
        }
        Path config = Files.writeString(folder.resolve("qpid.json"), new ObjectMapper().writeValueAsString(config()));
        launcher.startup(new HashMap<>(Map.of(
                "type",
                "Memory",
                "initialConfigurationLocation",
                config.toString(),
                "startupLoggedToSystemOut",
                "false",
                "qpid.work_dir",
                folder.toString())));
    }

    String url() {
        return "amqp://guest:guest@127.0.0.1:" + port + "/default";
    }

    /**
     * Publishes messages as Copr writes them; every hundredth is about a build of ours, and the others are of somebody
     * else.
     */
    void storm(int messages) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(url());
        try (Connection connection = factory.newConnection();
                Channel channel = connection.createChannel()) {
            channel.confirmSelect();
            for (int i = 0; i < messages; i++) {
                BasicProperties properties = new BasicProperties.Builder()
                        .contentType("application/json")
                        .deliveryMode(1)
                        .messageId(UUID.randomUUID().toString())
                        .build();
                String owner = i % 100 == 0 ? "packit" : "somebody";
                channel.basicPublish(
                        "amq.topic",
                        "org.fedoraproject.prod.copr.build.end",
                        properties,
                        message(i, owner).getBytes(StandardCharsets.UTF_8));
            }
            channel.waitForConfirmsOrDie();
        }
    }

    private static String message(int build, String owner) {
        return """
                {"user":"%s","copr":"any","owner":"%s","pkg":"hello","build":%d,"chroot":"fedora-rawhide-x86_64",\
                "version":"1.0-1","status":1,"ip":"10.0.0.1","who":"backend.worker-1","pid":1,\
                "what":"build end: user:%s copr:any build:%d pkg:hello version:1.0-1 ip:10.0.0.1 pid:1 status:1"}\
                """.formatted(owner, owner, 900_000_000 + build, owner, build);
    }

    @Override
    public void close() throws IOException {
        launcher.shutdown();
        FileSystemUtils.deleteRecursively(folder);
    }

    private Map<String, Object> config() {
        Map<String, Object> guest = Map.of("name", "guest", "password", "guest", "type", "managed");
        Map<String, Object> accounts =
                Map.of("name", "accounts", "type", "Plain", "secureOnlyMechanisms", List.of(), "users", List.of(guest));
        Map<String, Object> amqp = Map.of(
                "name",
                "amqp",
                "port",
                port,
                "bindingAddress",
                "127.0.0.1",
                "protocols",
                List.of("AMQP_0_9_1"),
                "authenticationProvider",
                "accounts",
                "virtualhostaliases",
                List.of(Map.of("name", "name", "type", "nameAlias")));
        return Map.of(
                "name", "bus",
                "modelVersion", BrokerModel.MODEL_VERSION,
                "authenticationproviders", List.of(accounts),
                "ports", List.of(amqp),
                "virtualhostnodes",
                        List.of(Map.of(
                                "name", "default",
                                "type", "Memory",
                                "defaultVirtualHostNode", "true",
                                "virtualHostInitialConfiguration", "{\"type\":\"Memory\"}")));
    }
}
