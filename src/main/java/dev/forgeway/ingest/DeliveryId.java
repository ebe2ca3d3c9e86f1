package dev.forgeway.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * Makes ids of deliveries that sort by time (UUID version 7, RFC 9562). What is stored together then lies together in
 * every index, so that a commit writes few pages.
 */
public final class DeliveryId {

    private static final long VERSION = 0x7000;
    private static final long RANDOM_BITS = 0x0FFF;

    /** How much of an id tells the time. */
    private static final int TIME_LENGTH = 18;

    private DeliveryId() {}

    /** A new id. */
    public static String at(Instant now) {
        UUID random = UUID.randomUUID();
        long high = now.toEpochMilli() << 16 | VERSION | random.getMostSignificantBits() & RANDOM_BITS;
        return new UUID(high, random.getLeastSignificantBits()).toString();
    }

    /**
     * The id of something that belongs to a delivery. It follows from the delivery and the name alone, so that what is
     * made again is the same; and it sorts by time, as the delivery's own does.
     */
    public static String derived(String deliveryId, String name) {
        String id = UUID.nameUUIDFromBytes((deliveryId + "/" + name).getBytes(StandardCharsets.UTF_8))
                .toString();
        return deliveryId.length() == id.length()
                ? deliveryId.substring(0, TIME_LENGTH) + id.substring(TIME_LENGTH)
                : id;
    }
}
