package dev.forgeway.ingest;

import java.util.List;

/**
 * A message as a bus handed it over.
 *
 * @param source which kind of bus ("fedora-messaging", "amqp", "mqtt")
 * @param topic empty where the bus gives none
 * @param messageId the sender's own id, the same when the message comes again; empty where the bus gives none
 */
@SuppressWarnings("ArrayRecordComponent")
public record BusMessage(String source, String topic, String messageId, byte[] body) {

    /** AMQP 0-9-1, as Fedora's brokers speak it. */
    public static final String FEDORA_MESSAGING = "fedora-messaging";

    public static final String AMQP = "amqp";
    public static final String MQTT = "mqtt";

    /** All kinds of bus. */
    public static final List<String> SOURCES = List.of(AMQP, FEDORA_MESSAGING, MQTT);
}
