package dev.forgeway.camel;

import dev.forgeway.ingest.BusMessages;
import dev.forgeway.ingest.Receipt;
import dev.forgeway.metrics.IngestMetrics;
import dev.forgeway.metrics.StepLog;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.springframework.stereotype.Component;

/** Turns a message of an AMQP 1.0 bus into a {@link Receipt}. */
@Component("busExchange")
public class BusExchange {

    private final BusMessages messages;
    private final IngestMetrics metrics;

    BusExchange(BusMessages messages, IngestMetrics metrics) {
        this.messages = messages;
        this.metrics = metrics;
    }

    /**
     * Takes the message out of the exchange; no header of it goes any further by itself. The client writes a prefix
     * before the sender's own message id (https://qpid.apache.org/releases/qpid-jms-2.10.0/docs/index.html).
     */
    public void receive(Exchange exchange) {
        StepLog.open();
        Message message = exchange.getMessage();
        String topic = message.getHeader("topic", "", String.class);
        String id = message.getHeader("JMSMessageID", "", String.class).replaceFirst("^ID:(AMQP_NO_PREFIX:)?", "");
        byte[] body = message.getBody(byte[].class);
        message.removeHeaders("*");
        message.setBody(messages.receive(topic, id, body == null ? new byte[0] : body));
    }

    /** Counts the message, whatever it was. */
    public void count(Exchange exchange) {
        Receipt receipt = exchange.getMessage().getBody() instanceof Receipt ignored ? ignored : null;
        String event = exchange.getMessage().getHeader(Headers.EVENT_NAME, "", String.class);
        metrics.received(
                BusMessages.SOURCE,
                event,
                receipt == null ? "accepted" : receipt.status().name().toLowerCase(Locale.ROOT));
        StepLog.close();
    }
}
