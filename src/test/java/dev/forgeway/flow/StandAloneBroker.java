package dev.forgeway.flow;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.activemq.artemis.core.config.FileDeploymentManager;
import org.apache.activemq.artemis.core.config.impl.FileConfiguration;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** A broker of {@code artemis/broker.xml} that a process of Forgeway reaches by TCP. */
final class StandAloneBroker {

    private StandAloneBroker() {}

    static EmbeddedActiveMQ start(int port) throws Exception {
        Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "broker");
        FileConfiguration configuration = new FileConfiguration();
        FileDeploymentManager file = new FileDeploymentManager("artemis/broker.xml");
        file.addDeployable(configuration);
        file.readConfiguration();
        configuration.setName("stand-alone");
        configuration.setJournalDirectory(folder.resolve("journal").toString());
        configuration.setBindingsDirectory(folder.resolve("bindings").toString());
        configuration.setPagingDirectory(folder.resolve("paging").toString());
        configuration.setLargeMessagesDirectory(folder.resolve("large-messages").toString());
        configuration.setSecurityEnabled(false);
        configuration.getAcceptorConfigurations().clear();
        configuration.addAcceptorConfiguration("forgeway", "tcp://127.0.0.1:" + port + "?protocols=CORE");
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration);
        broker.start();
        return broker;
    }
}
