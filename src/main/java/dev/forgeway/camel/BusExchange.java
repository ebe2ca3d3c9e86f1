package dev.forgeway.camel;

import dev.forgeway.ingest.BusMessage;
import dev.forgeway.ingest.BusMessages;
import dev.forgeway.ingest.Receipt;
import dev.forgeway.metrics.IngestMetrics;
import dev.forgeway.metrics.StepLog;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.Topic;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Constants;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;
import org.springframework.stereotype.Component;

/** Turns a message of a bus into a {@link Receipt}; no header of it goes any further by itself. */
@Component("busExchange")
public class BusExchange {

    private static final String SOURCE = "forgewayBus";

    private final BusMessages messages;
    private final IngestMetrics metrics;

    BusExchange(BusMessages messages, IngestMetrics metrics) {
        this.messages = messages;
        this.metrics = metrics;
    }

    /**
     * The topic is the application property of that name, or where the message came from. The client writes a prefix
     * before the sender's own message id (https://qpid.apache.org/releases/qpid-jms-2.10.0/docs/index.html).
     */
    public void receiveAmqp(Exchange exchange) throws JMSException {
        String topic = header(exchange, "topic");
        String id = header(exchange, "JMSMessageID").replaceFirst("^ID:(AMQP_NO_PREFIX:)?", "");
        receive(exchange, BusMessage.AMQP, topic.isEmpty() ? topicOf(exchange) : topic, id);
    }

    private static String topicOf(Exchange exchange) throws JMSException {
        Destination destination = exchange.getMessage().getHeader("JMSDestination", Destination.class);
        return destination instanceof Topic topic && !(destination instanceof Queue) ? topic.getTopicName() : "";
    }

    /**
     * The topic is the routing key
     * (https://fedora-messaging.readthedocs.io/en/stable/user-guide/messages/wire-format.html).
     */
    public void receiveFedoraMessaging(Exchange exchange) {
        receive(
                exchange,
                BusMessage.FEDORA_MESSAGING,
                header(exchange, SpringRabbitMQConstants.ROUTING_KEY),
                header(exchange, SpringRabbitMQConstants.MESSAGE_ID));
    }

    /** MQTT has no ids of messages that last longer than one connection. */
    public void receiveMqtt(Exchange exchange) {
        receive(exchange, BusMessage.MQTT, header(exchange, PahoMqtt5Constants.MQTT_TOPIC), "");
    }

    private void receive(Exchange exchange, String source, String topic, String id) {
        StepLog.open();
        Message message = exchange.getMessage();
        byte[] body = message.getBody(byte[].class);
        message.removeHeaders("*");
        exchange.setProperty(SOURCE, source);
        metrics.heard(source);
        message.setBody(messages.receive(new BusMessage(source, topic, id, body == null ? new byte[0] : body)));
    }

    private static String header(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name, "", String.class);
    }

    /** Counts the message, whatever it was. */
    public void count(Exchange exchange) {
        Receipt receipt = exchange.getMessage().getBody() instanceof Receipt ignored ? ignored : null;
        String event = exchange.getMessage().getHeader(Headers.EVENT_NAME, "", String.class);
        metrics.received(
                exchange.getProperty(SOURCE, String.class),
                event,
                receipt == null ? "accepted" : receipt.status().name().toLowerCase(Locale.ROOT));
        StepLog.close();
    }
}
