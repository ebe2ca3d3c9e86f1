package dev.forgeway.bus;

import dev.forgeway.config.IngestSettings;
import dev.forgeway.config.PublishSettings;
import dev.forgeway.error.TransientException;
import java.util.List;
import org.springframework.amqp.AmqpAuthenticationException;
import org.springframework.amqp.AmqpConnectException;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory.ConfirmType;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** AMQP 0-9-1, with the broker's confirmation of each message. That no queue is bound to the topic is no error. */
final class FedoraMessagingPublisher implements BusPublisher {

    private static final long PATIENCE_MILLIS = 10_000;

    private final CachingConnectionFactory connections;
    private final RabbitTemplate template;
    private final String exchange;

    FedoraMessagingPublisher(PublishSettings.FedoraMessaging settings) {
        this.exchange = settings.exchange();
        this.connections = new CachingConnectionFactory(BusClients.fedoraMessaging(asSource(settings)));
        this.connections.setPublisherConfirmType(ConfirmType.SIMPLE);
        this.template = new RabbitTemplate(connections);
    }

    private static IngestSettings.FedoraMessaging asSource(PublishSettings.FedoraMessaging settings) {
        return new IngestSettings.FedoraMessaging(
                settings.url(),
                settings.exchange(),
                null,
                List.of(),
                1,
                1,
                settings.caCertificate(),
                settings.certificate(),
                settings.privateKey(),
                List.of(),
                new IngestSettings.BusFilter(List.of(), List.of(), List.of(), List.of(), List.of()));
    }

    @Override
    public void publish(Publication message) {
        MessageProperties properties = new MessageProperties();
        properties.setMessageId(message.id());
        properties.setContentType(message.contentType());
        properties.setContentEncoding("utf-8");
        message.headers().forEach(properties::setHeader);
        Message out = new Message(message.body(), properties);
        try {
            template.invoke(channel -> {
                channel.send(exchange, message.topic(), out);
                channel.waitForConfirmsOrDie(PATIENCE_MILLIS);
                return true;
            });
        } catch (AmqpConnectException | AmqpAuthenticationException e) {
            throw new BusAwayException(e);
        } catch (AmqpException e) {
            throw new TransientException("Fedora Messaging did not take the message: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        connections.destroy();
    }
}
