package dev.forgeway.ingest;

import org.jspecify.annotations.Nullable;

/**
 * What an authentic request is to us.
 *
 * @param id what the caller is told to ask for
 * @param delivery what goes on the queue, for an ACCEPTED one
 * @param reason why nobody wants it, for an IGNORED one, where the sender's owner can learn from it
 */
public record Receipt(
        Status status,
        String id,
        @Nullable Delivery delivery,
        @Nullable String reason) {

    public Receipt(Status status, String id, @Nullable Delivery delivery) {
        this(status, id, delivery, null);
    }

    static Receipt ignored(String id, String reason) {
        return new Receipt(Status.IGNORED, id, null, reason);
    }

    /** The words of the answer. */
    public enum Status {
        ACCEPTED,
        IGNORED,
        PONG
    }

    public boolean accepted() {
        return status == Status.ACCEPTED;
    }
}
