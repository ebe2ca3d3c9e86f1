package dev.forgeway.service.http;

import java.time.Duration;

/**
 * How long an outbound call may take.
 *
 * @param connect until the connection stands
 * @param read until the answer is there, whole
 */
public record HttpTimeouts(Duration connect, Duration read) {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    public static final HttpTimeouts DEFAULT = answerWithin(Duration.ofSeconds(20));

    /** For what sends or fetches files. */
    public static final HttpTimeouts FILES = answerWithin(Duration.ofMinutes(2));

    public static HttpTimeouts answerWithin(Duration read) {
        return new HttpTimeouts(CONNECT, read);
    }
}
