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

    /** How much of an id tells the time; what belongs to a delivery may start its own ids with it. */
    public static final int TIME_LENGTH = 18;

    private DeliveryId() {}

    /** A new id. */
    public static String at(Instant now) {
        UUID random = UUID.randomUUID();
        long high = now.toEpochMilli() << 16 | VERSION | random.getMostSignificantBits() & RANDOM_BITS;
        return new UUID(high, random.getLeastSignificantBits()).toString();
    }
}
