package dev.forgeway.store;

import java.time.Instant;
import java.util.UUID;

/** The ids of deliveries sort by the time of receipt, which they start with (RFC 9562, UUID version 7). */
final class DeliveryIds {

    private static final long VERSION = 0x7000;
    private static final long RANDOM_BITS = 0x0FFF;

    private DeliveryIds() {}

    /** A new id of something else that sorts among them by its time. */
    static String among(Instant time) {
        UUID random = UUID.randomUUID();
        long high = time.toEpochMilli() << 16 | VERSION | random.getMostSignificantBits() & RANDOM_BITS;
        return new UUID(high, random.getLeastSignificantBits()).toString();
    }

    /** The lowest id of a delivery that was received then. */
    static String lowest(Instant time) {
        return new UUID(time.toEpochMilli() << 16, 0).toString();
    }
}
