package dev.forgeway.store;

import dev.forgeway.dispatch.Job;
import dev.forgeway.event.Build;
import dev.forgeway.event.Comment;
import dev.forgeway.event.CoprBuildEvent;
import dev.forgeway.event.Installation;
import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequest;
import dev.forgeway.event.PullRequestCommentEvent;
import dev.forgeway.event.PullRequestEvent;
import dev.forgeway.forge.Check;
import dev.forgeway.forge.CheckState;
import dev.forgeway.forge.Target;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.ingest.DeliveryId;
import dev.forgeway.metrics.Step;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Small values for the store's tests. */
final class Samples {

    static final Instant NOON = Instant.parse("2025-03-01T12:00:00Z");
    static final Project PROJECT =
            new Project("github.com", "packit-service", "hello", "https://github.com/packit-service/hello", "public");
    static final PullRequestEvent OPENED = new PullRequestEvent(
            "opened",
            "github",
            "ada",
            NOON,
            PROJECT,
            new PullRequest(7, "ada", "hello", "fix", "main", null, null),
            "c0ffee",
            null,
            new Installation(3, null));
    static final PullRequestCommentEvent COMMENTED = new PullRequestCommentEvent(
            "created",
            "github",
            "ada",
            NOON,
            PROJECT,
            new PullRequest(7, null, null, null, null, null, null),
            new Comment(9, "/packit build", "https://example.org/9"),
            null,
            null);
    static final CoprBuildEvent BUILT = new CoprBuildEvent(
            "ended",
            null,
            NOON,
            new Build("copr", "1044215", "fedora-rawhide-x86_64", "ended", "succeeded", "packit", "hello-7", "hello"));

    private Samples() {}

    static String id() {
        return UUID.randomUUID().toString();
    }

    static Step step(String node) {
        return new Step("decide-delivery", node, NOON, 120, "pass", null);
    }

    static Delivery delivery(String key) {
        return delivery(key, NOON);
    }

    static Delivery delivery(String key, Instant receivedAt) {
        byte[] body = "{\"action\":\"opened\"}".getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = Map.of("X-GitHub-Event", "pull_request");
        return new Delivery(
                DeliveryId.at(receivedAt),
                "github",
                key,
                "pull_request",
                receivedAt,
                headers,
                body,
                List.of(step("verify-signature")));
    }

    static Job job(String deliveryId, String... targets) {
        return new Job(
                id(),
                deliveryId,
                NOON,
                "copr-build",
                "pull_request",
                "hello",
                List.of(targets),
                Map.of("owner", "packit"),
                5,
                List.of("base 5 for pull-request"),
                Job.State.QUEUED,
                0,
                false,
                null,
                OPENED);
    }

    /** A job of somebody who wants the event by configuration. */
    static Job subscribed(String deliveryId) {
        return new Job(
                id(),
                deliveryId,
                NOON,
                "forward",
                "pull-request",
                null,
                List.of(),
                Map.of(Job.SUBSCRIPTION, "hook"),
                5,
                List.of("base 5 for pull-request"),
                Job.State.QUEUED,
                0,
                false,
                null,
                OPENED);
    }

    static Conclusion dispatched(String deliveryId, List<Job> jobs, List<Wanted> reports) {
        return new Conclusion(
                deliveryId,
                Outcome.DISPATCHED,
                null,
                null,
                OPENED,
                PROJECT.key(),
                List.of(step("select-jobs")),
                jobs,
                reports,
                null);
    }

    static Wanted check(CheckState state) {
        return check("rpm-build", state, NOON, "d1", null);
    }

    static Wanted check(String name, CheckState state, Instant generation, String deliveryId, @Nullable String jobId) {
        Check check = new Check(name, state, "The build is " + state, null, "https://example.org/build");
        Target target = new Target(PROJECT, 3L);
        return new Wanted(
                Wanted.Kind.CHECK, "github", target, "c0ffee", name, check, null, generation, deliveryId, jobId);
    }

    static Wanted comment(String text) {
        return new Wanted(
                Wanted.Kind.COMMENT, "github", new Target(PROJECT, 3L), "7", "c9", null, text, NOON, "d1", null);
    }
}
