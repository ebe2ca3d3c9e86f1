package dev.forgeway.docs;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.event.Installation;
import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequest;
import dev.forgeway.event.PullRequestEvent;
import dev.forgeway.forge.Check;
import dev.forgeway.forge.CheckState;
import dev.forgeway.forge.Target;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.ingest.DeliveryId;
import dev.forgeway.metrics.Step;
import dev.forgeway.store.AllowlistStore;
import dev.forgeway.store.CompletenessStore;
import dev.forgeway.store.Conclusion;
import dev.forgeway.store.ConfigSighting;
import dev.forgeway.store.DeliveryStore;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.Link;
import dev.forgeway.store.Outcome;
import dev.forgeway.store.Wanted;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A delivery with a job and a check, as they are stored when all went well. */
class StoredStory {

    private static final String TARGET = "fedora-rawhide-x86_64";
    private static final Project PROJECT =
            new Project("github.com", "packit", "hello", "https://github.com/packit/hello", "public");

    private final String jobId = UUID.randomUUID().toString();
    private final Instant at = Instant.now();
    private final String deadLetterId = DeliveryId.at(at);
    private final String deliveryId = DeliveryId.at(at);
    private final DeliveryStore deliveries;
    private final JobStore jobs;
    private final AllowlistStore allowlist;
    private final CompletenessStore completeness;

    StoredStory(DeliveryStore deliveries, JobStore jobs, AllowlistStore allowlist, CompletenessStore completeness) {
        this.deliveries = deliveries;
        this.jobs = jobs;
        this.allowlist = allowlist;
        this.completeness = completeness;
    }

    String deliveryId() {
        return deliveryId;
    }

    /** Of a delivery that met a defect. */
    String deadLetterId() {
        return deadLetterId;
    }

    String jobId() {
        return jobId;
    }

    /** Stores it; once more changes nothing. */
    void happen() {
        allowlist.put("github.com/packit", "approved-manually", "for a test");
        completeness.begin("github/packit/hello", at);
        completeness.lost("github/packit/hello", at, at);
        completeness.failed("github/packit/hello", "GitHub did not answer", at);
        record(deliveryId);
        record(deadLetterId);
        deliveries.failed(deadLetterId, new IllegalStateException("a defect"), null);
        deliveries.park(deadLetterId, Reason.DEFECT, "a defect", steps("parse"));
        deliveries.conclude(new Conclusion(
                deliveryId,
                Outcome.DISPATCHED,
                null,
                "1 job",
                event(),
                PROJECT.key(),
                steps("select-jobs"),
                List.of(job()),
                List.of(check()),
                sighting(ConfigSighting.State.ABSENT)));

        jobs.submitted(jobId, "1044215", List.of(new Link("Copr build", "https://copr.example.org/1044215")));
        jobs.finish(jobId, Job.State.DONE, "succeeded", "All RPMs were built", 1, at, steps("run-handler"));
    }

    private void record(String id) {
        byte[] body = "{\"action\":\"opened\"}".getBytes(StandardCharsets.UTF_8);
        deliveries.record(
                new Delivery(id, "github", id, "pull_request", at, Map.of(), body, steps("verify-signature")),
                Duration.ofDays(1));
    }

    private static ConfigSighting sighting(ConfigSighting.State state) {
        return new ConfigSighting(PROJECT.key(), state, "packit.yaml", "line 1: a hint", "c0ffee", true, "packit.yaml");
    }

    private List<Step> steps(String node) {
        return List.of(new Step("some-route", node, at, 120, "pass", "in a test"));
    }

    private PullRequestEvent event() {
        return new PullRequestEvent(
                "opened",
                "github",
                "ada",
                at,
                PROJECT,
                new PullRequest(7, "ada", "hello", "fix", "main", null, null),
                "c0ffee",
                null,
                new Installation(3, null));
    }

    private Job job() {
        return new Job(
                jobId,
                deliveryId,
                at,
                "copr-build",
                "pull_request",
                "hello",
                List.of(TARGET),
                Map.of(),
                5,
                List.of("base 5 for pull-request"),
                Job.State.QUEUED,
                0,
                false,
                null,
                event());
    }

    private Wanted check() {
        String name = "rpm-build:" + TARGET;
        return new Wanted(
                Wanted.Kind.CHECK,
                "github",
                new Target(PROJECT, 3L),
                "c0ffee",
                name,
                new Check(name, CheckState.PENDING, "The task was accepted.", null, "https://example.org/story"),
                null,
                at,
                deliveryId,
                jobId);
    }
}
