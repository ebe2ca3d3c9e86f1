package dev.forgeway.error;

import java.time.Instant;

/** It is not the turn of this work yet. Nothing was tried and nothing failed. */
public class DeferredException extends TransientException {

    private static final long serialVersionUID = 1L;

    /** @param until when it may be its turn */
    public DeferredException(String message, Instant until) {
        super(message, until);
    }
}
