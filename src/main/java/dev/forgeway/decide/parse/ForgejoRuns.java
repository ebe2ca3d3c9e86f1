package dev.forgeway.decide.parse;

import dev.forgeway.event.Event;
import dev.forgeway.event.Pipeline;
import dev.forgeway.event.PipelineEvent;
import dev.forgeway.ingest.Delivery;
import org.jspecify.annotations.Nullable;

/** Runs of a forge's own CI, which Forgejo and Gitea call differently. */
final class ForgejoRuns {

    private ForgejoRuns() {}

    /** Forgejo's; the repository is that of the run. */
    static Event actionRun(Payload payload, Delivery delivery) {
        String status = payload.text("run.status");
        boolean inRun = payload.textOrNull("run.repository.html_url") != null;
        return new PipelineEvent(
                status,
                "forgejo",
                actor(payload, "run.trigger_user.login"),
                payload.timeOr("run.updated", delivery.receivedAt()),
                ForgejoObjects.project(payload, inRun ? "run.repository" : "repository"),
                first(payload, "run.commit_sha", "run.head_sha"),
                first(payload, "run.prettyref", "run.head_branch"),
                new Pipeline(Long.toString(payload.number("run.id")), status, payload.textOrNull("run.html_url")),
                null);
    }

    /** Gitea's, with the fields that GitHub gives it; one that has ended says how. */
    static Event workflowRun(Payload payload, Delivery delivery) {
        String conclusion = payload.textOrNull("workflow_run.conclusion");
        String status = conclusion == null || conclusion.isEmpty() ? payload.text("workflow_run.status") : conclusion;
        return new PipelineEvent(
                status,
                "forgejo",
                actor(payload, "workflow_run.actor.login"),
                payload.timeOr("workflow_run.completed_at", delivery.receivedAt()),
                ForgejoObjects.project(payload, "repository"),
                payload.textOrNull("workflow_run.head_sha"),
                payload.textOrNull("workflow_run.head_branch"),
                new Pipeline(
                        Long.toString(payload.number("workflow_run.id")),
                        status,
                        payload.textOrNull("workflow_run.html_url")),
                null);
    }

    private static @Nullable String actor(Payload payload, String path) {
        return first(payload, path, "sender.login");
    }

    private static @Nullable String first(Payload payload, String path, String otherwise) {
        String found = payload.textOrNull(path);
        return found == null ? payload.textOrNull(otherwise) : found;
    }
}
