package dev.forgeway.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A comment on an issue or a pull request at the simulated GitHub.
 *
 * @param reactions content ("+1", "eyes", …) to the logins that reacted
 */
public record IssueComment(
        long id,
        int issue,
        String author,
        String body,
        Instant createdAt,
        Instant updatedAt,
        Map<String, List<String>> reactions) {}
