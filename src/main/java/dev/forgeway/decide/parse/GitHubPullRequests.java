package dev.forgeway.decide.parse;

import dev.forgeway.event.Event;
import dev.forgeway.event.Issue;
import dev.forgeway.event.IssueCommentEvent;
import dev.forgeway.event.PullRequest;
import dev.forgeway.event.PullRequestCommentEvent;
import dev.forgeway.event.PullRequestEvent;
import dev.forgeway.ingest.Delivery;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** GitHub's pull requests and issues, and what people write there. */
final class GitHubPullRequests {

    private static final Map<String, String> ACTIONS = Map.of(
            "opened", "opened",
            "reopened", "reopened",
            "synchronize", "synchronized",
            "closed", "closed",
            "edited", "edited",
            "labeled", "labeled",
            "unlabeled", "unlabeled");

    private static final Set<String> COMMENT_ACTIONS = Set.of("created", "edited");

    private GitHubPullRequests() {}

    static Optional<Event> event(Payload payload, Delivery delivery) {
        String action = ACTIONS.get(payload.text("action"));
        if (action == null) {
            return Optional.empty();
        }
        return Optional.of(new PullRequestEvent(
                action,
                "github",
                payload.text("sender.login"),
                payload.timeOr("pull_request.updated_at", delivery.receivedAt()),
                GitHubObjects.project(payload),
                new PullRequest(
                        payload.smallNumber("number"),
                        payload.textOrNull("pull_request.head.repo.owner.login"),
                        payload.textOrNull("pull_request.head.repo.name"),
                        payload.textOrNull("pull_request.head.ref"),
                        payload.text("pull_request.base.ref"),
                        payload.textOrNull("pull_request.user.login"),
                        payload.namesOrNull("pull_request.labels")),
                payload.text("pull_request.head.sha"),
                payload.textOrNull("before"),
                GitHubObjects.installation(payload)));
    }

    /** Both kinds of comment are told by the same event; only a pull request's issue has the field of that name. */
    static Optional<Event> comment(Payload payload, Delivery delivery) {
        String action = payload.text("action");
        if (!COMMENT_ACTIONS.contains(action)) {
            return Optional.empty();
        }
        return Optional.of(
                payload.has("issue.pull_request")
                        ? onPullRequest(action, payload, delivery)
                        : onIssue(action, payload, delivery));
    }

    private static PullRequestCommentEvent onPullRequest(String action, Payload payload, Delivery delivery) {
        return new PullRequestCommentEvent(
                action,
                "github",
                payload.text("comment.user.login"),
                payload.timeOr("comment.updated_at", delivery.receivedAt()),
                GitHubObjects.project(payload),
                new PullRequest(
                        payload.smallNumber("issue.number"),
                        null,
                        null,
                        null,
                        null,
                        payload.textOrNull("issue.user.login"),
                        payload.namesOrNull("issue.labels")),
                GitHubObjects.comment(payload),
                null,
                GitHubObjects.installation(payload));
    }

    private static IssueCommentEvent onIssue(String action, Payload payload, Delivery delivery) {
        return new IssueCommentEvent(
                action,
                "github",
                payload.text("comment.user.login"),
                payload.timeOr("comment.updated_at", delivery.receivedAt()),
                GitHubObjects.project(payload),
                new Issue(payload.smallNumber("issue.number")),
                GitHubObjects.comment(payload),
                GitHubObjects.installation(payload));
    }
}
