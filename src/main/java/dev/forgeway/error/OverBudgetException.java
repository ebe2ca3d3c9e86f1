package dev.forgeway.error;

import java.time.Instant;

/** A budget of calls is used up for now. Nothing was sent. */
public class OverBudgetException extends TransientException {

    private static final long serialVersionUID = 1L;

    /** @param until when the budget has room again */
    public OverBudgetException(String message, Instant until) {
        super(message, until);
    }
}
