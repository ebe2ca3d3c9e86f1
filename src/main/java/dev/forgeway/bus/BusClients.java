package dev.forgeway.bus;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultSaslConfig;
import dev.forgeway.config.IngestSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;

/** The clients of the three kinds of bus as the settings say, not yet connected. */
public final class BusClients {

    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final int HEARTBEAT_SECONDS = 30;

    private BusClients() {}

    /**
     * AMQP 0-9-1. With a certificate and no account in the URL, the certificate says who we are. The client would trust
     * any broker for an {@code amqps://} URL (https://www.rabbitmq.com/client-libraries/java-api-guide), so it never sees
     * one.
     */
    public static ConnectionFactory fedoraMessaging(IngestSettings.FedoraMessaging settings) {
        ConnectionFactory client = new ConnectionFactory();
        client.setAutomaticRecoveryEnabled(false);
        client.setConnectionTimeout((int) CONNECTING.toMillis());
        client.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        String url = settings.url();
        if (url == null) {
            return client;
        }
        URI plain;
        try {
            plain = new URI(url.replaceFirst("^amqps:", "amqp:"));
            client.setUri(plain);
        } catch (URISyntaxException e) {
            // the exception itself shows the password
            throw new IllegalStateException("forgeway.ingest.fedora-messaging.url cannot be used: " + e.getReason());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("forgeway.ingest.fedora-messaging.url cannot be used", e);
        }
        if (url.startsWith("amqps:")) {
            client.useSslProtocol(
                    PemTls.context(settings.caCertificate(), settings.certificate(), settings.privateKey()));
            client.enableHostnameVerification();
            if (settings.certificate() != null && plain.getUserInfo() == null) {
                client.setSaslConfig(DefaultSaslConfig.EXTERNAL);
            }
        }
        return client;
    }

    /** AMQP 1.0. */
    public static JmsConnectionFactory amqp(IngestSettings.Amqp settings) {
        JmsConnectionFactory factory = new JmsConnectionFactory();
        if (settings.url() != null) {
            factory.setRemoteURI(settings.url());
        }
        if (settings.user() != null && settings.password() != null) {
            factory.setUsername(settings.user());
            factory.setPassword(settings.password().value());
        }
        return factory;
    }

    /** MQTT 5. */
    public static MqttConnectionOptions mqtt(IngestSettings.Mqtt settings) {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setConnectionTimeout((int) CONNECTING.toSeconds());
        if (settings.caCertificate() != null) {
            options.setSocketFactory(
                    PemTls.context(settings.caCertificate(), null, null).getSocketFactory());
        }
        if (settings.user() != null && settings.password() != null) {
            options.setUserName(settings.user());
            options.setPassword(settings.password().value().getBytes(StandardCharsets.UTF_8));
        }
        return options;
    }
}
