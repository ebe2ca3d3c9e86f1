package dev.forgeway.forge;

import dev.forgeway.event.CommitCommentEvent;
import dev.forgeway.event.Event;
import dev.forgeway.event.IssueCommentEvent;
import dev.forgeway.event.PullRequest;
import java.util.Objects;
import java.util.Optional;

/**
 * What people can comment on.
 *
 * @param id the number of a pull request or an issue; the commit
 */
public record Subject(Kind kind, String id) {

    private static final String ISSUE = "issue/";
    private static final String COMMIT = "commit/";

    /** The kinds of subject. */
    public enum Kind {
        PULL_REQUEST,
        ISSUE,
        COMMIT
    }

    public static Subject pullRequest(int number) {
        return new Subject(Kind.PULL_REQUEST, Integer.toString(number));
    }

    /** What an event is about; empty where nobody could comment. */
    public static Optional<Subject> of(Event event) {
        if (event instanceof IssueCommentEvent onIssue) {
            return Optional.of(
                    new Subject(Kind.ISSUE, Integer.toString(onIssue.issue().number())));
        }
        if (event instanceof CommitCommentEvent onCommit) {
            return Optional.of(new Subject(Kind.COMMIT, Objects.requireNonNull(onCommit.commit())));
        }
        PullRequest pullRequest = event.pullRequest();
        return pullRequest == null ? Optional.empty() : Optional.of(pullRequest(pullRequest.number()));
    }

    /** The subject that {@link #place} wrote. */
    public static Subject at(String place) {
        if (place.startsWith(ISSUE)) {
            return new Subject(Kind.ISSUE, place.substring(ISSUE.length()));
        }
        return place.startsWith(COMMIT)
                ? new Subject(Kind.COMMIT, place.substring(COMMIT.length()))
                : new Subject(Kind.PULL_REQUEST, place);
    }

    /** The subject in one word: the number of a pull request alone, {@code issue/7}, {@code commit/528b803b}. */
    public String place() {
        return switch (kind) {
            case PULL_REQUEST -> id;
            case ISSUE -> ISSUE + id;
            case COMMIT -> COMMIT + id;
        };
    }
}
