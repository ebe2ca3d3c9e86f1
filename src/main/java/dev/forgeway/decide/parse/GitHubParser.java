package dev.forgeway.decide.parse;

import dev.forgeway.event.Comment;
import dev.forgeway.event.Event;
import dev.forgeway.event.Installation;
import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequest;
import dev.forgeway.event.PullRequestCommentEvent;
import dev.forgeway.event.PullRequestEvent;
import dev.forgeway.ingest.Delivery;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * GitHub's payloads, as
 * <a href="https://docs.github.com/en/webhooks/webhook-events-and-payloads">webhook events and payloads</a> has them.
 */
@Component
public class GitHubParser implements EventParser {

    private static final Map<String, String> PULL_REQUEST_ACTIONS =
            Map.of("opened", "opened", "reopened", "reopened", "synchronize", "synchronized");

    @Override
    public String source() {
        return "github";
    }

    @Override
    public Optional<Event> parse(Delivery delivery) {
        Payload payload = Payload.read(delivery.body());
        return switch (delivery.eventName()) {
            case "pull_request" -> pullRequest(payload, delivery);
            case "issue_comment" -> comment(payload, delivery);
            default -> Optional.empty();
        };
    }

    private static Optional<Event> pullRequest(Payload payload, Delivery delivery) {
        String action = PULL_REQUEST_ACTIONS.get(payload.text("action"));
        if (action == null) {
            return Optional.empty();
        }
        return Optional.of(new PullRequestEvent(
                action,
                "github",
                payload.text("sender.login"),
                payload.timeOr("pull_request.updated_at", delivery.receivedAt()),
                project(payload.at("repository")),
                new PullRequest(
                        (int) payload.number("number"),
                        payload.textOrNull("pull_request.head.repo.owner.login"),
                        payload.textOrNull("pull_request.head.repo.name"),
                        payload.textOrNull("pull_request.head.ref"),
                        payload.text("pull_request.base.ref")),
                payload.text("pull_request.head.sha"),
                payload.textOrNull("before"),
                installation(payload)));
    }

    /** A comment on an issue is told by the same event; only a pull request's has the field of that name. */
    private static Optional<Event> comment(Payload payload, Delivery delivery) {
        String action = payload.text("action");
        if (!payload.has("issue.pull_request") || action.equals("deleted")) {
            return Optional.empty();
        }
        String body = payload.textOrNull("comment.body");
        return Optional.of(new PullRequestCommentEvent(
                action,
                "github",
                payload.text("comment.user.login"),
                payload.timeOr("comment.updated_at", delivery.receivedAt()),
                project(payload.at("repository")),
                new PullRequest((int) payload.number("issue.number"), null, null, null, null),
                new Comment(payload.number("comment.id"), body == null ? "" : body, payload.text("comment.html_url")),
                null,
                installation(payload)));
    }

    private static Project project(Payload repository) {
        String url = repository.text("html_url");
        return new Project(
                host(url),
                repository.text("owner.login"),
                repository.text("name"),
                url,
                repository.has("private") ? (repository.flag("private") ? "private" : "public") : null);
    }

    private static String host(String url) {
        try {
            String host = URI.create(url).getHost();
            return host == null ? url : host;
        } catch (IllegalArgumentException e) {
            return url;
        }
    }

    private static @Nullable Installation installation(Payload payload) {
        return payload.has("installation.id") ? new Installation(payload.number("installation.id"), null) : null;
    }
}
