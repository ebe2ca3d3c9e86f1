package dev.forgeway.decide.parse;

import dev.forgeway.event.Comment;
import dev.forgeway.event.CommitCommentEvent;
import dev.forgeway.event.Event;
import dev.forgeway.event.Issue;
import dev.forgeway.event.IssueCommentEvent;
import dev.forgeway.event.PullRequestCommentEvent;
import dev.forgeway.ingest.Delivery;
import java.time.Instant;
import java.util.Optional;

/**
 * GitLab's comments, as <a
 * href="https://docs.gitlab.com/user/project/integrations/webhook_events/#comment-events">comment events</a> has them:
 * one event, whatever was commented on.
 */
final class GitLabNotes {

    private GitLabNotes() {}

    static Optional<Event> parse(Payload payload, Delivery delivery) {
        if (isConfidential(payload) || payload.flag("object_attributes.system")) {
            return Optional.empty();
        }
        String action = action(payload);
        return switch (payload.text("object_attributes.noteable_type")) {
            case "MergeRequest" -> Optional.of(onMergeRequest(payload, delivery, action));
            case "Issue" -> Optional.of(onIssue(payload, delivery, action));
            case "Commit" -> action.equals("created") ? Optional.of(onCommit(payload, delivery)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Nobody else may learn of these, so that they command nothing either. */
    private static boolean isConfidential(Payload payload) {
        return "confidential_note".equals(payload.textOrNull("event_type"))
                || payload.flag("object_attributes.confidential")
                || payload.flag("object_attributes.internal")
                || payload.flag("issue.confidential");
    }

    /** Before GitLab 16.11 there was no action, and no event for an edited comment. */
    private static String action(Payload payload) {
        return "update".equals(payload.textOrNull("object_attributes.action")) ? "edited" : "created";
    }

    private static Event onMergeRequest(Payload payload, Delivery delivery, String action) {
        return new PullRequestCommentEvent(
                action,
                "gitlab",
                payload.text("user.username"),
                time(payload, delivery),
                GitLabObjects.project(payload),
                GitLabObjects.mergeRequest(payload, "merge_request"),
                comment(payload),
                payload.textOrNull("merge_request.last_commit.id"),
                null);
    }

    private static Event onIssue(Payload payload, Delivery delivery, String action) {
        return new IssueCommentEvent(
                action,
                "gitlab",
                payload.text("user.username"),
                time(payload, delivery),
                GitLabObjects.project(payload),
                new Issue(payload.smallNumber("issue.iid")),
                comment(payload),
                null);
    }

    private static Event onCommit(Payload payload, Delivery delivery) {
        return new CommitCommentEvent(
                "created",
                "gitlab",
                payload.text("user.username"),
                time(payload, delivery),
                GitLabObjects.project(payload),
                payload.text("commit.id"),
                comment(payload),
                null,
                null,
                payload.textOrNull("project.default_branch"));
    }

    private static Comment comment(Payload payload) {
        String body = payload.textOrNull("object_attributes.note");
        return new Comment(
                payload.number("object_attributes.id"),
                body == null ? "" : body,
                payload.text("object_attributes.url"));
    }

    private static Instant time(Payload payload, Delivery delivery) {
        return payload.timeOr("object_attributes.updated_at", delivery.receivedAt());
    }
}
