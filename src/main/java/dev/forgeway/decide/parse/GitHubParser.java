package dev.forgeway.decide.parse;

import dev.forgeway.event.CheckReference;
import dev.forgeway.event.CheckRerunEvent;
import dev.forgeway.event.CommitCommentEvent;
import dev.forgeway.event.Event;
import dev.forgeway.event.PushEvent;
import dev.forgeway.event.ReleaseEvent;
import dev.forgeway.ingest.Delivery;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * GitHub's payloads, as
 * <a href="https://docs.github.com/en/webhooks/webhook-events-and-payloads">webhook events and payloads</a> has them.
 */
@Component
public class GitHubParser implements EventParser {

    private static final String FORGE = "github";

    @Override
    public String source() {
        return FORGE;
    }

    @Override
    public Optional<Event> parse(Delivery delivery) {
        Payload payload = Payload.read(delivery.body());
        return switch (delivery.eventName()) {
            case "pull_request" -> GitHubPullRequests.event(payload, delivery);
            case "issue_comment" -> GitHubPullRequests.comment(payload, delivery);
            case "commit_comment" -> commitComment(payload, delivery);
            case "push" -> Optional.of(push(payload, delivery));
            case "release" -> release(payload, delivery);
            case "installation", "installation_repositories" -> GitHubInstallations.event(payload, delivery);
            case "check_run" -> checkRun(payload, delivery);
            case "check_suite" -> checkSuite(payload, delivery);
            default -> Optional.empty();
        };
    }

    private static Optional<Event> commitComment(Payload payload, Delivery delivery) {
        if (!payload.text("action").equals("created")) {
            return Optional.empty();
        }
        return Optional.of(new CommitCommentEvent(
                "created",
                FORGE,
                payload.text("comment.user.login"),
                payload.timeOr("comment.created_at", delivery.receivedAt()),
                GitHubObjects.project(payload),
                payload.text("comment.commit_id"),
                GitHubObjects.comment(payload),
                GitHubObjects.installation(payload),
                null,
                payload.textOrNull("repository.default_branch")));
    }

    /** What a tag with a text of its own points to is the head commit, not what the ref is set to. */
    private static PushEvent push(Payload payload, Delivery delivery) {
        String before = payload.text("before");
        String after = Refs.commit(payload.text("after"));
        String head = payload.textOrNull("head_commit.id");
        return new PushEvent(
                Refs.action(before, after),
                FORGE,
                payload.textOrNull("sender.login"),
                payload.secondsOr("repository.pushed_at", delivery.receivedAt()),
                GitHubObjects.project(payload),
                payload.text("ref"),
                after == null || head == null ? after : head,
                Refs.commit(before),
                GitHubObjects.installation(payload),
                payload.textOrNull("repository.default_branch"),
                GitHubPushes.changedFiles(payload).orElse(null),
                null);
    }

    /** What a release was made from is a branch or a commit; only the latter says something for certain. */
    private static Optional<Event> release(Payload payload, Delivery delivery) {
        if (!payload.text("action").equals("published")) {
            return Optional.empty();
        }
        String target = payload.textOrNull("release.target_commitish");
        return Optional.of(new ReleaseEvent(
                "published",
                FORGE,
                payload.textOrNull("sender.login"),
                payload.timeOr("release.published_at", delivery.receivedAt()),
                GitHubObjects.project(payload),
                payload.text("release.tag_name"),
                target != null && target.matches("[0-9a-f]{40}") ? target : null,
                GitHubObjects.installation(payload)));
    }

    private static Optional<Event> checkRun(Payload payload, Delivery delivery) {
        return checkRerun(
                payload,
                delivery,
                "check_run.head_sha",
                () -> new CheckReference(
                        payload.number("check_run.id"),
                        payload.text("check_run.name"),
                        payload.textOrNull("check_run.external_id")));
    }

    /** "Re-run all checks" in the browser. */
    private static Optional<Event> checkSuite(Payload payload, Delivery delivery) {
        return checkRerun(
                payload,
                delivery,
                "check_suite.head_sha",
                () -> new CheckReference(payload.number("check_suite.id"), "*", null));
    }

    private static Optional<Event> checkRerun(
            Payload payload, Delivery delivery, String commit, Supplier<CheckReference> check) {
        if (!payload.text("action").equals("rerequested")) {
            return Optional.empty();
        }
        return Optional.of(new CheckRerunEvent(
                "rerequested",
                FORGE,
                payload.textOrNull("sender.login"),
                delivery.receivedAt(),
                GitHubObjects.project(payload),
                payload.text(commit),
                check.get(),
                GitHubObjects.installation(payload)));
    }
}
