package dev.forgeway.ingest;

import dev.forgeway.metrics.Step;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** Whether it came over a bus, in bulk, and nobody waits for an answer. */
    public boolean isFromBus() {
        return BusMessage.SOURCES.contains(source);
    }

    /**
     * Equal for copies that have the sender's key, also where they came over different buses; a Pagure webhook carries the
     * very message that Pagure puts on the bus.
     */
    public String dedupKey() {
        String scope = headers.get(SCOPE);
        return (isFromBus() || source.equals("pagure") ? "bus" : source)
                + ':'
                + (scope == null ? key : scope + ' ' + key);
    }

    /** One that nobody sent: what a service told when it was asked, in the shape of what it would have sent. */
    public static Delivery asked(String source, String key, String eventName, Instant now, byte[] body) {
        return new Delivery(DeliveryId.at(now), source, key, eventName, now, Map.of(), body, List.of());
    }

    /** The same as if its sender sent it again: a copy with an id of its own. */
    public Delivery again(Instant now) {
        return new Delivery(DeliveryId.at(now), source, key, eventName, now, headers, body, List.of());
    }

    /** The same as if its sender told it for the first time: no copy of any other. */
    public Delivery anew(Instant now) {
        String id = DeliveryId.at(now);
        Map<String, String> unmarked = new HashMap<>(headers);
        unmarked.remove(FINGERPRINT);
        return new Delivery(id, source, key + " replayed as " + id, eventName, now, unmarked, body, List.of());
    }

    /** Equal for copies that came with keys of their own; null where the key says enough. */
    public @Nullable String fingerprint() {
        return headers.get(FINGERPRINT);
    }
}
