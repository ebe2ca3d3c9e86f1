package dev.forgeway.decide;

import dev.forgeway.config.Settings;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.Event;
import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequestEvent;
import dev.forgeway.handle.Handlers;
import dev.forgeway.metrics.StepLog;
import dev.forgeway.store.JobStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Finds the work that a push to a pull request makes useless, and asks for its end by one more job of that push: so it
 * is stored, sent and repeated like any other.
 */
@Component
public class Supersession {

    private static final String HANDLER = "cancel-superseded";

    private static final Set<String> OF_BRANCHES = Set.of("commit", "release");

    private static final int PRIORITY = 9;
    private static final String REASON = "base 9 for " + HANDLER + ": it saves work";

    private final JobStore jobs;
    private final Handlers handlers;
    private final ForgeQuestions forge;
    private final boolean enabled;

    public Supersession(JobStore jobs, Handlers handlers, ForgeQuestions forge, Settings settings) {
        this.jobs = jobs;
        this.handlers = handlers;
        this.forge = forge;
        this.enabled = settings.dispatch().cancelSuperseded();
    }

    /** Adds the job that ends the work for the old heads, where there is such work; one look-up in the store for each push. */
    public void supersede(Decision decided) {
        if (enabled
                && !decided.isStored()
                && decided.eventIfParsed() instanceof PullRequestEvent push
                && push.action().equals("synchronized")) {
            List<String> old = old(decided, push);
            if (!old.isEmpty()) {
                List<Job> more = new ArrayList<>(decided.jobs());
                more.add(job(decided, push, old));
                decided.jobs(List.copyOf(more));
                StepLog.note(old.size() == 1 ? "1 job" : old.size() + " jobs", String.join(", ", old));
                return;
            }
        }
        StepLog.skip();
    }

    private List<String> old(Decision decided, PullRequestEvent push) {
        Project project = push.project();
        return jobs.openOfPullRequest(project.key(), push.pullRequest().number()).stream()
                .filter(job -> isSuperseded(job, decided, push))
                .map(Job::id)
                .toList();
    }

    /**
     * Deliveries overtake each other, so a job for another commit need not be an old one, and a push may bring an earlier
     * commit back: what happened later than this push stays. The rest is old when it is for the commit before this push,
     * or when its delivery came before, too. Forges tell the time to the second: of what happened within the same one, the
     * forge knows which is the head.
     */
    private boolean isSuperseded(Job job, Decision decided, PullRequestEvent push) {
        String commit = job.event().commit();
        boolean ofConfig = handlers.named(job.handler()).spec().needsConfig();
        boolean ofBranch = OF_BRANCHES.contains(job.trigger()); // asked for below the pull request, but not about it
        if (!ofConfig || ofBranch || commit == null || commit.equals(push.commit())) {
            return false;
        }
        Instant happened = job.event().occurredAt();
        if (happened.isAfter(push.occurredAt())) {
            return false;
        }
        if (commit.equals(push.commitBefore())) {
            return true;
        }
        return happened.isBefore(push.occurredAt())
                ? job.receivedAt().isBefore(decided.delivery().receivedAt())
                : isHead(decided, push);
    }

    private boolean isHead(Decision decided, PullRequestEvent push) {
        try {
            return forge.knows(decided)
                    && forge.headOfPullRequest(decided, push.pullRequest().number())
                            .filter(push.commit()::equals)
                            .isPresent();
        } catch (UserErrorException e) {
            return false; // then nobody knows, and two builds are better than none
        }
    }

    private static Job job(Decision decided, Event event, List<String> old) {
        String deliveryId = decided.delivery().id();
        return new Job(
                Job.idOf(deliveryId, HANDLER),
                deliveryId,
                decided.delivery().receivedAt(),
                HANDLER,
                event.type().wireName(),
                null,
                List.of(),
                Map.of(Job.SUPERSEDED, String.join(",", old)),
                PRIORITY,
                List.of(REASON),
                Job.State.QUEUED,
                0,
                false,
                null,
                event);
    }
}
