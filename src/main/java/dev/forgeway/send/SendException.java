package dev.forgeway.send;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Nothing was sent, or it was not taken; the message says what to do. */
final class SendException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private SendException(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** The other side said no. */
    static SendException refused(String message) {
        return new SendException(1, message, null);
    }

    /** Arguments or settings that cannot be used. */
    static SendException unusable(String message) {
        return new SendException(2, message, null);
    }

    /** A setting is missing that only a person can give. */
    static SendException missing(String key) {
        String variable = key.toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_');
        return unusable("no " + key + ": set it in application.yaml or as the environment variable " + variable);
    }

    /** The other side cannot be talked to. */
    static SendException unreached(String where, Exception cause) {
        String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new SendException(3, where + " was not reached: " + why, cause);
    }

    int exitCode() {
        return exitCode;
    }
}
