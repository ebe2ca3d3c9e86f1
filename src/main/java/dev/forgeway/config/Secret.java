package dev.forgeway.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A value that must never be shown: it prints as {@code ****}, also inside of records, exceptions and logs. */
public final class Secret {

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Wraps a value as it was configured. */
    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The secret itself; hand it to what needs it and keep no copy. */
    public String value() {
        return value;
    }

    boolean isBlank() {
        return value.isBlank();
    }

    /** In a time that does not depend on how much is alike. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "****";
    }
}
