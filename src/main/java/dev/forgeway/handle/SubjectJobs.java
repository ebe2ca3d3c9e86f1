package dev.forgeway.handle;

import dev.forgeway.dispatch.Job;
import dev.forgeway.forge.CheckState;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.StoreTransaction;
import dev.forgeway.store.StoredJob;
import dev.forgeway.store.Wanted;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The jobs that news from a service are about. Their state only moves forward. */
public final class SubjectJobs {

    private final JobStore jobs;
    private final OutboxStore outbox;
    private final StoreTransaction transaction;

    public SubjectJobs(JobStore jobs, OutboxStore outbox, StoreTransaction transaction) {
        this.jobs = jobs;
        this.outbox = outbox;
        this.transaction = transaction;
    }

    /**
     * The job that the news are about.
     *
     * @throws IllegalStateException if it is gone
     */
    public StoredJob of(Job news) {
        return jobs.find(Objects.requireNonNull(news.arguments().get(Job.SUBJECT)))
                .orElseThrow(() -> new IllegalStateException("the job that the news are about is gone"));
    }

    /**
     * Moves a target together with the wish to show it, because one that has ended is not looked at again.
     *
     * @return whether that changes anything
     */
    public boolean advance(Job subject, String target, CheckState state, Wanted shown) {
        return advance(subject, target, state, List.of(shown));
    }

    /** As {@link #advance(Job, String, CheckState, Wanted)}, where there may be no place to show it. */
    public boolean advance(Job subject, String target, CheckState state, List<Wanted> shown) {
        return advance(subject, target, state, shown, () -> {});
    }

    /** As {@link #advance(Job, String, CheckState, Wanted)}, with what else is stored if the target came there. */
    public boolean advance(Job subject, String target, CheckState state, List<Wanted> shown, Runnable also) {
        return transaction.call(() -> {
            jobs.hold(subject.id());
            boolean moved = jobs.advanceTarget(subject.id(), target, state);
            if (jobs.targets(subject.id()).get(target) != state) {
                return false;
            }
            also.run();
            return shown.isEmpty() ? moved : !outbox.wantAll(shown).isEmpty();
        });
    }

    /** What the only target of a job came to, whichever news brought it there. */
    public CheckState state(Job subject) {
        return jobs.targets(subject.id()).getOrDefault(subject.targets().get(0), CheckState.ERROR);
    }

    /**
     * Ends a job, behind the wish to say so where its package config asks for that. One that ends before its first
     * attempt is stored began now at the latest, and that attempt knows better.
     */
    public void end(Job subject, Outcome outcome) {
        Optional<StoredJob> ending = jobs.find(subject.id());
        ending.flatMap(ended -> EndComments.of(ended, outcome)).ifPresent(outbox::want);
        jobs.finish(
                subject.id(),
                Job.State.DONE,
                outcome.result().wireName(),
                outcome.detail(),
                subject.attempts(),
                ending.map(StoredJob::startedAt).orElseGet(Instant::now),
                List.of());
    }
}
