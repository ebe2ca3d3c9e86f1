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
import dev.forgeway.store.AttemptStore;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.Link;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.StoreTransaction;
import dev.forgeway.store.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Updates all branches of a job, and keeps and shows how each of them stands. */
@Component
public class BranchUpdates {

    private static final Set<CheckState> DONE = Set.of(CheckState.SUCCESS, CheckState.NEUTRAL);

    private final PackageUpdates updates;
    private final JobStore jobs;
    private final AttemptStore attempts;
    private final OutboxStore outbox;
    private final StoreTransaction transaction;

    public BranchUpdates(
            PackageUpdates updates,
            JobStore jobs,
            AttemptStore attempts,
            OutboxStore outbox,
            StoreTransaction transaction) {
        this.updates = updates;
        this.jobs = jobs;
        this.attempts = attempts;
        this.outbox = outbox;
        this.transaction = transaction;
    }

    /** Tells people which branches failed. */
    interface Telling {

        /** @param reasons by the branch */
        void tell(Map<String, String> reasons);
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
        boolean unused = jobs.intend(job.id());
        Map<String, String> reasons = new TreeMap<>();
        TransientException later = null;
        Map<String, CheckState> states = jobs.targets(job.id());
        for (String branch : job.targets()) {
            if (DONE.contains(states.getOrDefault(branch, CheckState.PENDING))) {
                continue;
            }
            try {
                PackageUpdates.Update update = updates.update(job, wanted, branch);
                ended(spec, shown, branch, update, states.get(branch) == CheckState.FAILURE);
            } catch (UserErrorException e) {
                String reason = String.valueOf(e.getMessage());
                reasons.put(branch, reason);
                failed(spec, job, shown, branch, reason);
            } catch (TransientException e) {
                later = e;
            }
        }
        if (!reasons.isEmpty()) {
            tell(telling, reasons);
        }
        if (later != null) {
            throw later;
        }
        return reasons.isEmpty()
                ? Outcome.succeeded("proposed to " + String.join(", ", job.targets()))
                : new Outcome(Outcome.Result.FAILED, "failed for " + reasons);
    }

    /** Not every forge has a place for it; the checks and the outcome say it too. */
    private static void tell(Telling telling, Map<String, String> reasons) {
        try {
            telling.tell(reasons);
        } catch (UserErrorException e) {
            StepLog.note("not-told", e.getMessage());
        }
    }

    private void failed(HandlerSpec spec, Job job, Job shown, String branch, String reason) {
        transaction.run(() -> {
            jobs.advanceTarget(job.id(), branch, CheckState.FAILURE);
            if (isShown(spec, shown)) {
                outbox.want(Checks.one(spec, shown, branch, CheckState.FAILURE, reason, null));
            }
        });
    }

    /** @param failed whether an earlier attempt failed, and was shown so */
    private void ended(HandlerSpec spec, Job job, String branch, PackageUpdates.Update update, boolean failed) {
        DistGitPullRequest made = update.made().get(branch);
        CheckState state = update.leftOut() == null ? CheckState.SUCCESS : CheckState.NEUTRAL;
        transaction.run(() -> {
            if (!update.made().isEmpty()) {
                List<Link> links = new ArrayList<>(
                        jobs.find(job.id()).map(stored -> stored.links()).orElse(List.of()));
                update.made().forEach((to, one) -> links.add(new Link("pull request to " + to, one.url())));
                jobs.submitted(job.id(), job.id(), links); // several jobs may update one pull request
            }
            if (failed) {
                attempts.mended(job.id(), branch, state);
            } else {
                jobs.advanceTarget(job.id(), branch, state);
            }
            if (isShown(spec, job)) {
                Wanted check =
                        Checks.one(spec, job, branch, state, title(branch, update), made == null ? null : made.url());
                outbox.want(failed ? check.anew() : check);
            }
        });
        StepLog.note(branch, made == null ? title(branch, update) : made.url());
    }

    private static String title(String branch, PackageUpdates.Update update) {
        String leftOut = update.leftOut();
        if (leftOut != null) {
            return leftOut;
        }
        return switch (update.made().size()) {
            case 0 -> branch + " has this version already.";
            case 1 -> "Pull request was opened.";
            default ->
                "Pull requests were opened to "
                        + String.join(", ", update.made().keySet()) + ".";
        };
    }

    private static boolean isShown(HandlerSpec spec, Job job) {
        return spec.checkPrefix() != null && job.event().commit() != null;
    }
}
