package dev.forgeway.event;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A branch or tag moved ("pushed"), began ("created") or ended ("deleted").
 *
 * @param ref the whole ref ({@code refs/heads/main})
 * @param commit where it is now; null where it ended
 * @param defaultBranch the project's default branch, where the sender names it; known only until the decision is stored
 * @param changedFiles all paths that differ between the two commits, and maybe more; null where the sender does not list
 *     them all; known only until the decision is stored
 * @param mergedPullRequest the number of the pull request whose merge it is; null for another push, and where the sender does
 *     not say; known only until the decision is stored
 */
public record PushEvent(
        String action,
        String forge,
        @Nullable String actor,
        Instant occurredAt,
        Project project,
        String ref,
        @Nullable String commit,
        @Nullable String commitBefore,
        @Nullable Installation installation,
        @Nullable String defaultBranch,
        @Nullable Set<String> changedFiles,
        @Nullable Integer mergedPullRequest)
        implements Event {

    private static final String BRANCHES = "refs/heads/";

    /** A push of which no more is known. */
    public PushEvent(
            String action,
            String forge,
            @Nullable String actor,
            Instant occurredAt,
            Project project,
            String ref,
            @Nullable String commit,
            @Nullable String commitBefore,
            @Nullable Installation installation) {
        this(action, forge, actor, occurredAt, project, ref, commit, commitBefore, installation, null, null, null);
    }

    /** The same, of a project whose default branch was looked up. */
    public PushEvent withDefaultBranch(String branch) {
        return new PushEvent(
                action,
                forge,
                actor,
                occurredAt,
                project,
                ref,
                commit,
                commitBefore,
                installation,
                branch,
                changedFiles,
                mergedPullRequest);
    }

    /** The name of the branch; null for a tag. */
    public @Nullable String branch() {
        return ref.startsWith(BRANCHES) ? ref.substring(BRANCHES.length()) : null;
    }

    @Override
    public EventType type() {
        return EventType.PUSH;
    }
}
