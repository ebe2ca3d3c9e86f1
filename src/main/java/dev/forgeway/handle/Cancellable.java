package dev.forgeway.handle;

import dev.forgeway.dispatch.Job;

/** A handler whose jobs have something run elsewhere, which can be asked to stop. */
public interface Cancellable {

    /**
     * Asks what runs for a submitted job to stop. Safe to do twice.
     *
     * @param job one with an external id
     * @return false when it has ended by itself, so that its result counts
     * @throws dev.forgeway.error.TransientException when trying again can help
     */
    boolean cancel(Job job);
}
