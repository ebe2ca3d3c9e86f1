package dev.forgeway.camel;

import dev.forgeway.config.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.FileDeploymentManager;
import org.apache.activemq.artemis.core.config.impl.FileConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/**
 * Artemis inside this process, persistent in the data folder, with the addresses of {@code artemis/broker.xml}. It is
 * reached through memory only; an acceptor on a port exists where one is configured, and then speaks AMQP 1.0.
 */
public class EmbeddedBroker implements InitializingBean, DisposableBean {

    private static final AtomicInteger SERVERS = new AtomicInteger();

    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private final int id = SERVERS.getAndIncrement();
    private final Path folder;
    private final @Nullable String amqpAcceptor;

    public EmbeddedBroker(Settings settings) {
        this.folder = settings.dataDir().resolve("broker");
        this.amqpAcceptor = settings.broker().amqpAcceptor();
    }

    @Override
    public void afterPropertiesSet() throws Exception {
        broker.setConfiguration(configuration());
        broker.start();
    }

    @Override
    public void destroy() throws Exception {
        broker.stop();
    }

    /** Where clients in this process reach it; each broker of a process has an address of its own. */
    public String url() {
        return "vm://" + id;
    }

    /** The running server, for its own management. */
    public ActiveMQServer server() {
        return broker.getActiveMQServer();
    }

    private Configuration configuration() throws Exception {
        FileConfiguration configuration = new FileConfiguration();
        FileDeploymentManager file = new FileDeploymentManager("artemis/broker.xml");
        file.addDeployable(configuration);
        file.readConfiguration();
        configuration.setJournalDirectory(folder("journal"));
        configuration.setBindingsDirectory(folder("bindings"));
        configuration.setPagingDirectory(folder("paging"));
        configuration.setLargeMessagesDirectory(folder("large-messages"));
        configuration.setSecurityEnabled(false);
        configuration.setJMXManagementEnabled(true);
        configuration.getAcceptorConfigurations().clear();
        configuration.addAcceptorConfiguration(new TransportConfiguration(
                InVMAcceptorFactory.class.getName(), Map.of(TransportConstants.SERVER_ID_PROP_NAME, id)));
        if (amqpAcceptor != null) {
            configuration.addAcceptorConfiguration("amqp", amqpAcceptor + "?protocols=AMQP");
        }
        return configuration;
    }

    private String folder(String name) {
        return folder.resolve(name).toAbsolutePath().toString();
    }
}
