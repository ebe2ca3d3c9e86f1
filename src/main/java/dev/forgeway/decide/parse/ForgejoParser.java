package dev.forgeway.decide.parse;

import dev.forgeway.event.Event;
import dev.forgeway.event.PushEvent;
import dev.forgeway.event.ReleaseEvent;
import dev.forgeway.ingest.Delivery;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The payloads of Forgejo and Gitea, whose fields <a
 * href="https://forgejo.org/docs/latest/user/webhooks/">Forgejo's</a> and <a
 * href="https://docs.gitea.com/usage/webhooks">Gitea's</a> documentation show and whose objects are those of their
 * APIs.
 */
@Component
public class ForgejoParser implements EventParser {

    @Override
    public String source() {
        return "forgejo";
    }

    @Override
    public Optional<Event> parse(Delivery delivery) {
        return parse(delivery.eventName(), Payload.read(delivery.body()), delivery);
    }

    /** The payload under the name of its event, however it came. */
    static Optional<Event> parse(String name, Payload payload, Delivery delivery) {
        return switch (name) {
            case "pull_request" -> ForgejoPullRequests.pullRequest(payload, delivery);
            case "issue_comment", "pull_request_comment" -> ForgejoPullRequests.comment(payload, delivery);
            case "push" -> Optional.of(push(payload, delivery));
            case "create" -> Optional.of(named(payload, delivery, "created"));
            case "delete" -> Optional.of(named(payload, delivery, "deleted"));
            case "release" -> release(payload, delivery);
            case "workflow_run" -> Optional.of(ForgejoRuns.workflowRun(payload, delivery));
            default ->
                name.startsWith("action_run")
                        ? Optional.of(ForgejoRuns.actionRun(payload, delivery))
                        : Optional.empty();
        };
    }

    private static Event push(Payload payload, Delivery delivery) {
        String before = payload.textOrNull("before");
        String after = payload.text("after");
        String pusher = payload.textOrNull("pusher.login");
        return new PushEvent(
                Refs.action(before, after),
                "forgejo",
                pusher == null ? payload.textOrNull("sender.login") : pusher,
                delivery.receivedAt(),
                ForgejoObjects.project(payload, "repository"),
                payload.text("ref"),
                Refs.commit(after),
                Refs.commit(before),
                null,
                payload.textOrNull("repository.default_branch"),
                null,
                null);
    }

    /** A branch or tag that began or ended is only named, with its kind beside it. */
    private static Event named(Payload payload, Delivery delivery, String action) {
        return new PushEvent(
                action,
                "forgejo",
                payload.textOrNull("sender.login"),
                delivery.receivedAt(),
                ForgejoObjects.project(payload, "repository"),
                Refs.whole(payload.text("ref_type"), payload.text("ref")),
                Refs.commit(payload.textOrNull("sha")),
                null,
                null,
                payload.textOrNull("repository.default_branch"),
                null,
                null);
    }

    private static Optional<Event> release(Payload payload, Delivery delivery) {
        if (!payload.text("action").equals("published")) {
            return Optional.empty();
        }
        return Optional.of(new ReleaseEvent(
                "published",
                "forgejo",
                payload.textOrNull("sender.login"),
                payload.timeOr("release.published_at", delivery.receivedAt()),
                ForgejoObjects.project(payload, "repository"),
                payload.text("release.tag_name"),
                null,
                null));
    }
}
