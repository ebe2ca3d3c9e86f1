package dev.forgeway.decide.parse;

import dev.forgeway.event.Comment;
import dev.forgeway.event.Event;
import dev.forgeway.event.Issue;
import dev.forgeway.event.IssueCommentEvent;
import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequest;
import dev.forgeway.event.PullRequestCommentEvent;
import dev.forgeway.event.PullRequestEvent;
import dev.forgeway.ingest.Delivery;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Pull requests of Forgejo and Gitea, and comments on them and on issues. */
final class ForgejoPullRequests {

    private static final Map<String, String> ACTIONS = Map.of(
            "opened", "opened",
            "reopened", "reopened",
            "synchronized", "synchronized",
            "closed", "closed",
            "edited", "edited",
            "label_updated", "labeled",
            "label_cleared", "labeled");

    private static final Set<String> COMMENT_ACTIONS = Set.of("created", "edited");

    private ForgejoPullRequests() {}

    static Optional<Event> pullRequest(Payload payload, Delivery delivery) {
        String action = ACTIONS.get(payload.text("action"));
        if (action == null) {
            return Optional.empty();
        }
        return Optional.of(new PullRequestEvent(
                action,
                "forgejo",
                payload.text("sender.login"),
                payload.timeOr("pull_request.updated_at", delivery.receivedAt()),
                ForgejoObjects.project(payload, "repository"),
                details(payload, payload.smallNumber("number")),
                payload.text("pull_request.head.sha"),
                Refs.commit(payload.textOrNull("before")),
                null));
    }

    /** A review tells its comment under one of the same names, but it carries none that could be answered. */
    static Optional<Event> comment(Payload payload, Delivery delivery) {
        String action = payload.text("action");
        if (!COMMENT_ACTIONS.contains(action) || !payload.has("comment")) {
            return Optional.empty();
        }
        int number = payload.smallNumber("issue.number");
        return Optional.of(
                onPullRequest(payload, delivery)
                        ? onPullRequest(payload, delivery, action, number)
                        : onIssue(payload, delivery, action, number));
    }

    private static boolean onPullRequest(Payload payload, Delivery delivery) {
        return payload.flag("is_pull")
                || payload.has("issue.pull_request")
                || delivery.eventName().equals("pull_request_comment");
    }

    private static Event onPullRequest(Payload payload, Delivery delivery, String action, int number) {
        boolean detailed = payload.has("pull_request.base.ref");
        return new PullRequestCommentEvent(
                action,
                "forgejo",
                payload.text("comment.user.login"),
                time(payload, delivery),
                ForgejoObjects.project(payload, "repository"),
                detailed
                        ? details(payload, number)
                        : new PullRequest(
                                number,
                                null,
                                null,
                                null,
                                null,
                                payload.textOrNull("issue.user.login"),
                                payload.namesOrNull("issue.labels")),
                said(payload),
                payload.textOrNull("pull_request.head.sha"),
                null);
    }

    private static Event onIssue(Payload payload, Delivery delivery, String action, int number) {
        return new IssueCommentEvent(
                action,
                "forgejo",
                payload.text("comment.user.login"),
                time(payload, delivery),
                ForgejoObjects.project(payload, "repository"),
                new Issue(number),
                said(payload),
                null);
    }

    /** The repository that the branch is in is null once the fork was deleted. */
    private static PullRequest details(Payload payload, int number) {
        Optional<Project> source = source(payload.textOrNull("pull_request.head.repo.html_url"), payload);
        return new PullRequest(
                number,
                source.map(Project::namespace).orElse(null),
                source.map(Project::name).orElse(null),
                payload.textOrNull("pull_request.head.ref"),
                payload.text("pull_request.base.ref"),
                payload.textOrNull("pull_request.user.login"),
                payload.namesOrNull("pull_request.labels"));
    }

    private static Optional<Project> source(@Nullable String url, Payload payload) {
        return url == null
                ? Optional.empty()
                : Project.at(url, payload.textOrNull("pull_request.head.repo.full_name"), null);
    }

    private static Comment said(Payload payload) {
        String body = payload.textOrNull("comment.body");
        return new Comment(
                payload.number("comment.id"),
                body == null ? "" : body,
                payload.text("comment.html_url"),
                null,
                payload.textOrNull("changes.body.from"));
    }

    private static Instant time(Payload payload, Delivery delivery) {
        return payload.timeOr("comment.updated_at", delivery.receivedAt());
    }
}
