package dev.forgeway.handle.downstream;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.forge.CheckState;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.Outcome;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.service.distgit.DistGitPullRequest;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.Link;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.StoreTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Updates all branches of a job, and keeps and shows how each of them stands. */
@Component
public class BranchUpdates {

    private final PackageUpdates updates;
    private final JobStore jobs;
    private final OutboxStore outbox;
    private final StoreTransaction transaction;

    public BranchUpdates(PackageUpdates updates, JobStore jobs, OutboxStore outbox, StoreTransaction transaction) {
        this.updates = updates;
        this.jobs = jobs;
        this.outbox = outbox;
        this.transaction = transaction;
    }

    /** Tells people which branches failed. */
    interface Telling {

        /**
         * Tells it.
         *
         * @param reasons by the branch
         * @param repeated an earlier attempt may have told it without our learning of it
         */
        void tell(Map<String, String> reasons, boolean repeated);
    }

    /**
     * Branches that an earlier attempt finished are left alone; the others are done again, and find again what was made for
     * them. What only people can help with is shown at once, and told when every branch was tried, also where others are to be
     * tried again: nobody knows whether there will be another attempt.
     *
     * @param shown the job whose event says where checks are shown
     * @throws TransientException when a branch is to be tried again
     */
    Outcome update(HandlerSpec spec, Job job, Job shown, PackageUpdates.Wanted wanted, Telling telling) {
        boolean repeated = jobs.intend(job.id());
        Map<String, String> reasons = new TreeMap<>();
        TransientException later = null;
        for (String branch : open(job)) {
            try {
                succeeded(spec, shown, branch, updates.update(wanted, branch).orElse(null));
            } catch (UserErrorException e) {
                String reason = String.valueOf(e.getMessage());
                reasons.put(branch, reason);
                failed(spec, job, shown, branch, reason);
            } catch (TransientException e) {
                later = e;
            }
        }
        if (!reasons.isEmpty()) {
            tell(telling, reasons, repeated);
        }
        if (later != null) {
            throw later;
        }
        return reasons.isEmpty()
                ? Outcome.succeeded("proposed to " + String.join(", ", job.targets()))
                : new Outcome(Outcome.Result.FAILED, "failed for " + reasons);
    }

    /** Not every forge has a place for it; the checks and the outcome say it too. */
    private static void tell(Telling telling, Map<String, String> reasons, boolean repeated) {
        try {
            telling.tell(reasons, repeated);
        } catch (UserErrorException e) {
            StepLog.note("not-told", e.getMessage());
        }
    }

    private void failed(HandlerSpec spec, Job job, Job shown, String branch, String reason) {
        transaction.run(() -> {
            jobs.advanceTarget(job.id(), branch, CheckState.FAILURE);
            show(spec, shown, branch, CheckState.FAILURE, reason, null);
        });
    }

    private List<String> open(Job job) {
        Map<String, CheckState> states = jobs.targets(job.id());
        return job.targets().stream()
                .filter(branch -> states.get(branch) != CheckState.SUCCESS)
                .toList();
    }

    private void succeeded(HandlerSpec spec, Job job, String branch, @Nullable DistGitPullRequest made) {
        String title = made == null ? branch + " has this version already." : "Pull request was opened.";
        transaction.run(() -> {
            if (made != null) {
                List<Link> links = new ArrayList<>(
                        jobs.find(job.id()).map(stored -> stored.links()).orElse(List.of()));
                links.add(new Link("pull request to " + branch, made.url()));
                jobs.submitted(job.id(), job.id(), links); // several jobs may update one pull request
            }
            jobs.advanceTarget(job.id(), branch, CheckState.SUCCESS);
            show(spec, job, branch, CheckState.SUCCESS, title, made == null ? null : made.url());
        });
        StepLog.note(branch, made == null ? "up-to-date" : made.url());
    }

    private void show(HandlerSpec spec, Job job, String branch, CheckState state, String title, @Nullable String url) {
        if (spec.checkPrefix() != null && job.event().commit() != null) {
            outbox.want(Checks.one(spec, job, branch, state, title, url));
        }
    }
}
