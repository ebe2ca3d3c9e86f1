package dev.forgeway.ingest;

import dev.forgeway.metrics.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One authentic delivery, as it came.
 *
 * @param id ours, unique for every copy that arrives
 * @param source the sender's wire name ("github", "amqp")
 * @param key the sender's own key, equal for copies of one delivery
 * @param eventName the sender's name of the event ("pull_request", a bus topic)
 * @param headers the few headers of the sender that parsing needs
 * @param body the JSON, byte by byte
 * @param steps what ingest did, for the delivery's story
 */
@SuppressWarnings("ArrayRecordComponent")
public record Delivery(
        String id,
        String source,
        String key,
        String eventName,
        Instant receivedAt,
        Map<String, String> headers,
        byte[] body,
        List<Step> steps) {}
