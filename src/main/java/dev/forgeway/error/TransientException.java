package dev.forgeway.error;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Trying again later can help: time-outs, refused connections, 5xx answers, exhausted budgets. */
public class TransientException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable Instant retryAt;

    public TransientException(String message) {
        super(message);
        this.retryAt = null;
    }

    public TransientException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.retryAt = null;
    }

    /** @param retryAt the remote's own word for when it will answer again */
    public TransientException(String message, Instant retryAt) {
        super(message);
        this.retryAt = retryAt;
    }

    /** When the remote said that it will answer again; null where it said nothing. */
    public @Nullable Instant retryAt() {
        return retryAt;
    }
}
