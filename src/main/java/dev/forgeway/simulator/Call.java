package dev.forgeway.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * One call that a simulated service received.
 *
 * @param target path and query
 * @param headers names in lower case; of {@code authorization} only the scheme is kept
 * @param status what was, or would have been, answered; 0 when the call was not performed
 * @param answered false when the caller got no answer (dropped or hanging connection)
 * @param took from the request's arrival to just before the answer is sent
 */
public record Call(
        String method,
        String target,
        Map<String, String> headers,
        String body,
        int status,
        boolean answered,
        Instant at,
        Duration took) {

    public Call {
        headers = Map.copyOf(headers);
    }
}
