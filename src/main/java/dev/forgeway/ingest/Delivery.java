package dev.forgeway.ingest;

import dev.forgeway.metrics.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
        List<Step> steps) {

    /** The header with what copies have in common whose keys differ. */
    public static final String FINGERPRINT = "forgeway-fingerprint";

    /** The header with what the key is unique within, where the source alone is too wide. */
    public static final String SCOPE = "forgeway-scope";

    private static final Set<String> BUSES = Set.of("amqp", "fedora-messaging", "mqtt");

    /** A Pagure webhook carries the very message that Pagure puts on the bus. */
    private static final Set<String> BUS_MESSAGES = Set.of("amqp", "fedora-messaging", "mqtt", "pagure");

    /** Whether it came over a bus, in bulk, and nobody waits for an answer. */
    public boolean isFromBus() {
        return BUSES.contains(source);
    }

    /** Equal for copies that have the sender's key, also where they came over different buses. */
    public String dedupKey() {
        String scope = headers.get(SCOPE);
        return (BUS_MESSAGES.contains(source) ? "bus" : source) + ':' + (scope == null ? key : scope + ' ' + key);
    }

    /** Equal for copies that came with keys of their own; null where the key says enough. */
    public @Nullable String fingerprint() {
        return headers.get(FINGERPRINT);
    }
}
