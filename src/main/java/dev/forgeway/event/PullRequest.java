package dev.forgeway.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pull or merge request. The source is null where the sender does not give it (comments) or where the fork was
 * deleted.
 *
 * @param author the account that opened it, or null where the sender does not say
 * @param labels the names of its labels, or null where the sender does not say
 */
public record PullRequest(
        int number,
        @Nullable String sourceNamespace,
        @Nullable String sourceName,
        @Nullable String sourceBranch,
        @Nullable String targetBranch,
        @Nullable String author,
        @Nullable List<String> labels) {

    /** The same pull request; what is not known of it is taken from what was known before. */
    public PullRequest orAsIn(PullRequest before) {
        return new PullRequest(
                number,
                sourceNamespace,
                sourceName,
                sourceBranch,
                targetBranch,
                author == null ? before.author : author,
                labels == null ? before.labels : labels);
    }
}
