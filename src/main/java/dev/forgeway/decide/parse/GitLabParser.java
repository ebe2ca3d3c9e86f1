package dev.forgeway.decide.parse;

import dev.forgeway.event.Event;
import dev.forgeway.event.Pipeline;
import dev.forgeway.event.PipelineEvent;
import dev.forgeway.event.PullRequestEvent;
import dev.forgeway.event.PushEvent;
import dev.forgeway.event.ReleaseEvent;
import dev.forgeway.ingest.Delivery;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * GitLab's payloads, as <a
 * href="https://docs.gitlab.com/user/project/integrations/webhook_events/">webhook events</a> has them.
 */
@Component
public class GitLabParser implements EventParser {

    @Override
    public String source() {
        return "gitlab";
    }

    @Override
    public Optional<Event> parse(Delivery delivery) {
        Payload payload = Payload.read(delivery.body());
        return switch (delivery.eventName()) {
            case "Merge Request Hook" -> mergeRequest(payload, delivery);
            case "Note Hook" -> GitLabNotes.parse(payload, delivery);
            case "Push Hook", "Tag Push Hook" -> Optional.of(push(payload, delivery));
            case "Release Hook" -> release(payload, delivery);
            case "Pipeline Hook" -> Optional.of(pipeline(payload, delivery));
            default -> Optional.empty();
        };
    }

    private static Optional<Event> mergeRequest(Payload payload, Delivery delivery) {
        String before = payload.textOrNull("object_attributes.oldrev");
        String action = action(payload.textOrNull("object_attributes.action"), before);
        if (action == null) {
            return Optional.empty();
        }
        return Optional.of(new PullRequestEvent(
                action,
                "gitlab",
                payload.text("user.username"),
                payload.timeOr("object_attributes.updated_at", delivery.receivedAt()),
                GitLabObjects.project(payload),
                GitLabObjects.mergeRequest(payload, "object_attributes"),
                payload.text("object_attributes.last_commit.id"),
                before,
                null));
    }

    /** Any change is an update; one that brought commits says where the branch was before. */
    private static @Nullable String action(@Nullable String action, @Nullable String before) {
        return switch (action == null ? "" : action) {
            case "open" -> "opened";
            case "reopen" -> "reopened";
            case "update" -> before == null ? "edited" : "synchronized";
            case "close", "merge" -> "closed";
            default -> null;
        };
    }

    /**
     * The payload lists 20 commits at most, so that the head is taken from where the push says it. For an annotated
     * tag, that is the commit behind the tag.
     */
    private static Event push(Payload payload, Delivery delivery) {
        String before = payload.textOrNull("before");
        String after = payload.text("after");
        String checkout = payload.textOrNull("checkout_sha");
        return new PushEvent(
                Refs.action(before, after),
                "gitlab",
                payload.textOrNull("user_username"),
                delivery.receivedAt(),
                GitLabObjects.project(payload),
                payload.text("ref"),
                Refs.commit(checkout == null ? after : checkout),
                Refs.commit(before),
                null,
                payload.textOrNull("project.default_branch"),
                null,
                null);
    }

    private static Optional<Event> release(Payload payload, Delivery delivery) {
        if (!"create".equals(payload.textOrNull("action"))) {
            return Optional.empty();
        }
        return Optional.of(new ReleaseEvent(
                "published",
                "gitlab",
                null,
                payload.timeOr("released_at", delivery.receivedAt()),
                GitLabObjects.project(payload),
                payload.text("tag"),
                payload.textOrNull("commit.id"),
                null));
    }

    private static Event pipeline(Payload payload, Delivery delivery) {
        String status = payload.text("object_attributes.status");
        return new PipelineEvent(
                status,
                "gitlab",
                payload.textOrNull("user.username"),
                payload.timeOr("object_attributes.finished_at", delivery.receivedAt()),
                GitLabObjects.project(payload),
                payload.textOrNull("object_attributes.sha"),
                payload.textOrNull("object_attributes.ref"),
                new Pipeline(
                        Long.toString(payload.number("object_attributes.id")),
                        status,
                        payload.textOrNull("object_attributes.url")),
                null);
    }
}
