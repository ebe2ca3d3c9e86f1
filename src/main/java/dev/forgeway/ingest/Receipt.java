package dev.forgeway.ingest;

import org.jspecify.annotations.Nullable;

/**
 * What an authentic request is to us.
 *
 * @param id what the caller is told to ask for
 * @param delivery what goes on the queue, for an ACCEPTED one
 */
public record Receipt(Status status, String id, @Nullable Delivery delivery) {

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
