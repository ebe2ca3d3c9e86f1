package dev.forgeway.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A comment on an issue or a pull request at the simulated GitHub.
 *
 * @param issue its number, or what stands for a commit ({@link #onCommit})
 * @param reactions content ("+1", "eyes", …) to the logins that reacted
 */
public record IssueComment(
        long id,
        int issue,
        String author,
        String body,
        Instant createdAt,
        Instant updatedAt,
        Map<String, List<String>> reactions) {

    /** What stands for a commit where others have the number of an issue. */
    public static int onCommit(String commit) {
        return -1 - Math.floorMod(commit.hashCode(), 1_000_000_000);
    }
}
