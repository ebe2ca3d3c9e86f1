package dev.forgeway.handle;

import dev.forgeway.dispatch.Job;
import dev.forgeway.event.CommitCommentEvent;
import dev.forgeway.event.Event;
import dev.forgeway.event.KojiTagEvent;
import dev.forgeway.event.PullRequest;
import dev.forgeway.event.PushEvent;
import dev.forgeway.event.ReleaseEvent;
import java.util.Map;
import java.util.Optional;

/**
 * What a job's commit belongs to: a pull request by its number, a branch or a tag by its name. A job that repeats another
 * one has it as an argument, because its own event names only a check.
 */
public record Origin(Kind kind, String value) {

    /** The argument of a job. */
    public static final String ARGUMENT = "origin";

    /** The argument of a job with {@link #targetBranch}, where its own event names only a check. */
    private static final String TARGET_BRANCH = "target-branch";

    /** The kinds of origin. */
    public enum Kind {
        PULL_REQUEST,
        BRANCH,
        TAG
    }

    /** A branch of this name. */
    public static Origin ofBranch(String name) {
        return new Origin(Kind.BRANCH, name);
    }

    /** Empty for a job that is about no commit of a project. */
    public static Optional<Origin> of(Job job) {
        String argument = job.arguments().get(ARGUMENT);
        if (argument == null) {
            return of(job.event());
        }
        int colon = argument.indexOf(':');
        return Optional.of(new Origin(Kind.valueOf(argument.substring(0, colon)), argument.substring(colon + 1)));
    }

    /** Adds to the arguments of a job what is known of the one that it repeats. */
    public static void keep(Job first, Map<String, String> arguments) {
        of(first).ifPresent(origin -> arguments.put(ARGUMENT, origin.argument()));
        targetBranch(first).ifPresent(branch -> arguments.put(TARGET_BRANCH, branch));
    }

    /** The branch that the job's pull request is to be merged into; empty where there is none, or nobody said it. */
    public static Optional<String> targetBranch(Job job) {
        return Optional.ofNullable(job.arguments().get(TARGET_BRANCH))
                .or(() -> Optional.ofNullable(job.event().pullRequest()).map(PullRequest::targetBranch));
    }

    private static Optional<Origin> of(Event event) {
        PullRequest pullRequest = event.pullRequest();
        if (pullRequest != null) {
            return Optional.of(new Origin(Kind.PULL_REQUEST, Integer.toString(pullRequest.number())));
        }
        if (event instanceof PushEvent push) {
            return Optional.ofNullable(push.branch()).map(branch -> new Origin(Kind.BRANCH, branch));
        }
        if (event instanceof KojiTagEvent tagged) {
            return Optional.ofNullable(tagged.branch()).map(Origin::ofBranch);
        }
        if (event instanceof CommitCommentEvent comment) {
            return Optional.ofNullable(comment.branch())
                    .map(branch -> new Origin(Kind.BRANCH, branch))
                    .or(() -> Optional.ofNullable(comment.tag()).map(tag -> new Origin(Kind.TAG, tag)));
        }
        return event instanceof ReleaseEvent release
                ? Optional.of(new Origin(Kind.TAG, release.tag()))
                : Optional.empty();
    }

    /** As it is written into {@link #ARGUMENT}. */
    public String argument() {
        return kind + ":" + value;
    }
}
