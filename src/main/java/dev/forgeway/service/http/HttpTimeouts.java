package dev.forgeway.service.http;

import java.time.Duration;

/**
 * How long an outbound call may take.
 *
 * @param connect until the connection stands
 * @param read until the answer is there, whole
 */
public record HttpTimeouts(Duration connect, Duration read) {

    public static final HttpTimeouts DEFAULT = new HttpTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(20));

    /** For what sends or fetches files. */
    public static final HttpTimeouts FILES = new HttpTimeouts(Duration.ofSeconds(5), Duration.ofMinutes(2));
}
