package dev.forgeway.bus;

import dev.forgeway.config.IngestSettings;
import dev.forgeway.config.PublishSettings;
import dev.forgeway.error.TransientException;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.List;
import java.util.Map;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.apache.qpid.jms.message.JmsMessage;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsMessageFacade;
import org.apache.qpid.proton.amqp.Symbol;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/** AMQP 1.0: persistent messages to a topic, each settled by the broker before it counts as published. */
final class AmqpPublisher implements BusPublisher {

    private final GivenMessageId messageId = new GivenMessageId();
    private final JmsPoolConnectionFactory connections = new JmsPoolConnectionFactory();

    AmqpPublisher(PublishSettings.Amqp settings) {
        JmsConnectionFactory factory = BusClients.amqp(new IngestSettings.Amqp(
                settings.url(), List.of(), List.of(), null, settings.user(), settings.password()));
        factory.setMessageIDPolicy(messageId);
        // the headers of Fedora Messaging are no Java names
        factory.setValidatePropertyNames(false);
        connections.setConnectionFactory(factory);
    }

    @Override
    public void publish(Publication message) {
        try (Connection connection = connect();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(session.createTopic(message.topic()))) {
            BytesMessage out = session.createBytesMessage();
            out.writeBytes(message.body());
            out.setStringProperty("topic", message.topic());
            for (Map.Entry<String, Object> header : message.headers().entrySet()) {
                out.setObjectProperty(header.getKey(), header.getValue());
            }
            if (out instanceof JmsMessage ofClient && ofClient.getFacade() instanceof AmqpJmsMessageFacade amqp) {
                amqp.setContentType(Symbol.valueOf(message.contentType()));
            }
            messageId.next(message.id());
            producer.send(out);
        } catch (JMSException e) {
            throw new TransientException("the AMQP bus did not take the message: " + e.getMessage(), e);
        }
    }

    private Connection connect() {
        try {
            return connections.createConnection();
        } catch (JMSException e) {
            throw new BusAwayException(e);
        }
    }

    @Override
    public void close() {
        connections.stop();
    }
}
