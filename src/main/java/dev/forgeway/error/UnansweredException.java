package dev.forgeway.error;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A request may have reached the service, and nobody learned what came of it: it may still take effect. */
public class UnansweredException extends TransientException {

    private static final long serialVersionUID = 1L;

    public UnansweredException(String message) {
        super(message);
    }

    public UnansweredException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** @param retryAt when whoever stands before the service will answer again */
    public UnansweredException(String message, Instant retryAt) {
        super(message, retryAt);
    }
}
