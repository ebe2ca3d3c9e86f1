package dev.forgeway.store;

import java.time.Instant;
import java.util.UUID;

/** The ids of deliveries sort by the time of receipt, which they start with (RFC 9562, UUID version 7). */
final class DeliveryIds {

    private DeliveryIds() {}

    /** The lowest id of a delivery that was received then. */
    static String lowest(Instant time) {
        return new UUID(time.toEpochMilli() << 16, 0).toString();
    }
}
