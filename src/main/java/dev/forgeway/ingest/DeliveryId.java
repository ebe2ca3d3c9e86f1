package dev.forgeway.ingest;

import java.time.Instant;
import java.util.UUID;

/**
 * Makes ids of deliveries that sort by time (UUID version 7, RFC 9562). What is stored together then lies together in
 * every index, so that a commit writes few pages.
 */
public final class DeliveryId {

    private static final long VERSION = 0x7000;
    private static final long RANDOM_BITS = 0x0FFF;

    private DeliveryId() {}

    /** A new id. */
    public static String at(Instant now) {
        UUID random = UUID.randomUUID();
        long high = now.toEpochMilli() << 16 | VERSION | random.getMostSignificantBits() & RANDOM_BITS;
        return new UUID(high, random.getLeastSignificantBits()).toString();
    }
}
