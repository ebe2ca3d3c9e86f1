package dev.forgeway.camel;

import dev.forgeway.ingest.Delivery;
import dev.forgeway.ingest.Receipt;
import dev.forgeway.metrics.Step;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.EventJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.springframework.stereotype.Component;

/** The message on queue {@code deliveries}: the raw body, and what we know of it in headers. */
@Component("deliveryMessages")
public class DeliveryMessages {

    /** People wait for what a forge tells now; what a bus tells, and what comes late, comes in bulk. */
    private static final int AWAITED_PRIORITY = 6;

    private static final int BULK_PRIORITY = 4;

    private final EventJson json;

    DeliveryMessages(EventJson json) {
        this.json = json;
    }

    /** What is written next comes again or was missed, maybe with thousands of others: what comes now goes first. */
    public void giveWay(Exchange exchange) {
        exchange.getMessage().setHeader(Headers.LATE, true);
    }

    /** Writes the delivery of a receipt, with every step that it has taken so far. */
    public void write(Exchange exchange) {
        Receipt receipt = exchange.getMessage().getBody(Receipt.class);
        Delivery delivery = Objects.requireNonNull(receipt.delivery());
        Message message = exchange.getMessage();
        message.setBody(delivery.body());
        message.setHeader(Headers.DELIVERY_ID, delivery.id());
        message.setHeader(Headers.SOURCE, delivery.source());
        message.setHeader(Headers.KEY, delivery.key());
        message.setHeader(Headers.EVENT_NAME, delivery.eventName());
        message.setHeader(Headers.RECEIVED_AT, delivery.receivedAt().toString());
        message.setHeader(Headers.SENDER_HEADERS, json.write(delivery.headers()));
        message.setHeader(Headers.STEPS, json.write(StepLog.steps()));
        boolean isLate = message.removeHeader(Headers.LATE) != null;
        int priority = delivery.isFromBus() || isLate ? BULK_PRIORITY : AWAITED_PRIORITY;
        message.setHeader(Headers.PRIORITY, priority);
        message.setHeader(Headers.PRIORITY_GIVEN, Integer.toString(priority));
    }

    /** Reads the delivery back from a message of the queue. */
    public Delivery read(Exchange exchange) {
        Message message = exchange.getMessage();
        Instant receivedAt = Instant.parse(header(message, Headers.RECEIVED_AT));
        StepLog.note(
                "read",
                "waited " + Duration.between(receivedAt, Instant.now()).toMillis() + " ms with priority "
                        + message.getHeader(Headers.PRIORITY));
        return new Delivery(
                header(message, Headers.DELIVERY_ID),
                header(message, Headers.SOURCE),
                header(message, Headers.KEY),
                header(message, Headers.EVENT_NAME),
                receivedAt,
                json.readMap(header(message, Headers.SENDER_HEADERS)),
                message.getBody(byte[].class),
                json.readList(header(message, Headers.STEPS), Step.class));
    }

    private static String header(Message message, String name) {
        return Objects.requireNonNull(message.getHeader(name, String.class), name);
    }
}
