package dev.forgeway.admin;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether one process takes in work, as the API tells it.
 *
 * @param process which one answers: its host and process id
 * @param since since when it takes nothing more; null when it does
 * @param running how many messages it works on, by the route that took them in
 * @param empty whether it can be stopped without waiting
 */
public record DrainView(
        String process,
        boolean draining,
        @Nullable Instant since,
        @Nullable String by,
        Map<String, Integer> running,
        boolean empty) {}
