package dev.forgeway.handle.koji;

import dev.forgeway.config.QueueClass;
import dev.forgeway.dispatch.Job;
import dev.forgeway.event.EventType;
import dev.forgeway.forge.CheckState;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.DownstreamPlan;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.Outcome;
import dev.forgeway.handle.RemoteEffects;
import dev.forgeway.handle.SideTagPlan;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.service.koji.KojiTags;
import dev.forgeway.service.koji.KojiTask;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.Link;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.StoreTransaction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Puts the newest released build of a package into the side tag of its group, so that what depends on the package goes on
 * without a new build of it (https://packit.dev/docs/fedora-releases-guide/releasing-multiple-packages).
 */
@Component
public class KojiTagHandler implements JobHandler {

    public static final HandlerSpec SPEC = new HandlerSpec(
            "koji-tag",
            Set.of("koji_build"),
            Set.of("commit", "koji_build"),
            Set.of(EventType.PULL_REQUEST_COMMENT),
            Set.of("koji-tag"),
            "koji-tag",
            QueueClass.SHORT,
            List.of(),
            "put the newest released build into the side tag of its group");

    private final KojiTags koji;
    private final SideTags sideTags;
    private final RemoteEffects effects;
    private final JobStore jobs;
    private final OutboxStore outbox;
    private final StoreTransaction transaction;

    public KojiTagHandler(
            KojiTags koji,
            SideTags sideTags,
            RemoteEffects effects,
            JobStore jobs,
            OutboxStore outbox,
            StoreTransaction transaction) {
        this.effects = effects;
        this.koji = koji;
        this.sideTags = sideTags;
        this.jobs = jobs;
        this.outbox = outbox;
        this.transaction = transaction;
    }

    @Override
    public HandlerSpec spec() {
        return SPEC;
    }

    /** A build that is in the side tag already is left there; one that is asked for twice gets there once. */
    @Override
    public Outcome handle(Job job) {
        SideTagPlan plan = SideTagPlan.of(job).orElseThrow(() -> new IllegalStateException("no side tag is named"));
        String target = job.targets().get(0);
        String name = DownstreamPlan.packageOf(job);
        Optional<String> build = koji.newestReleased(target, name);
        if (build.isEmpty()) {
            String title = "No build of " + name + " was released for " + plan.branch() + ".";
            return ended(job, Outcome.Result.FAILED, CheckState.FAILURE, title, null);
        }
        String nvr = build.get();
        String tag = sideTags.of(job, plan, target);
        if (nvr.equals(koji.builds(tag).get(name))) {
            return ended(job, Outcome.Result.SUCCEEDED, CheckState.SUCCESS, nvr + " is in " + tag + ".", null);
        }
        KojiTask task = effects.unlessThere(
                job, "tag " + tag + " " + nvr, () -> koji.findTagging(tag, nvr), () -> koji.tagBuild(tag, nvr));
        StepLog.note("tagged", task.url());
        return ended(job, Outcome.Result.SUCCEEDED, CheckState.SUCCESS, nvr + " goes into " + tag + ".", task);
    }

    private Outcome ended(Job job, Outcome.Result result, CheckState state, String title, @Nullable KojiTask task) {
        transaction.run(() -> {
            if (task != null) {
                jobs.submitted(job.id(), task.id(), List.of(new Link("Koji task", task.url())));
            }
            job.targets().forEach(target -> jobs.advanceTarget(job.id(), target, state));
            outbox.wantAll(Checks.all(SPEC, job, state, title, task == null ? null : task.url()));
        });
        return new Outcome(result, title);
    }
}
