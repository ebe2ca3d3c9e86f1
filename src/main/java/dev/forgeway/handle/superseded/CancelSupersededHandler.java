package dev.forgeway.handle.superseded;

import dev.forgeway.config.QueueClass;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.TransientException;
import dev.forgeway.forge.CheckState;
import dev.forgeway.handle.Cancellable;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.HandlerSpec;
import dev.forgeway.handle.Handlers;
import dev.forgeway.handle.JobHandler;
import dev.forgeway.handle.Outcome;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.StoreTransaction;
import dev.forgeway.store.StoredJob;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Ends the jobs for the old heads of a pull request: one that still waits is skipped when its turn comes, and what runs
 * elsewhere for one is asked to stop. A job whose result came first keeps it.
 */
@Component
public class CancelSupersededHandler implements JobHandler {

    public static final HandlerSpec SPEC = new HandlerSpec(
            "cancel-superseded",
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            null,
            QueueClass.SHORT,
            List.of(),
            "end the work for commits of a pull request that a push replaced");

    private static final int SHORT_HASH = 7;

    /** A handler that is just submitting something will know its id by then. */
    private static final Duration SUBMISSION = Duration.ofSeconds(5);

    private final JobStore jobs;
    private final OutboxStore outbox;
    private final StoreTransaction transaction;
    private final ObjectProvider<Handlers> handlers;
    private final Clock clock;

    public CancelSupersededHandler(
            JobStore jobs,
            OutboxStore outbox,
            StoreTransaction transaction,
            ObjectProvider<Handlers> handlers,
            Clock clock) {
        this.jobs = jobs;
        this.outbox = outbox;
        this.transaction = transaction;
        this.handlers = handlers;
        this.clock = clock;
    }

    @Override
    public HandlerSpec spec() {
        return SPEC;
    }

    @Override
    public Outcome handle(Job job) {
        String commit = Objects.requireNonNull(job.event().commit());
        String why = "Superseded by " + commit.substring(0, Math.min(SHORT_HASH, commit.length())) + ".";
        int ended = 0;
        for (String id :
                Objects.requireNonNull(job.arguments().get(Job.SUPERSEDED)).split(",")) {
            ended += jobs.find(id).filter(old -> end(old, why)).isPresent() ? 1 : 0;
        }
        return ended == 0
                ? Outcome.skipped("All had ended by themselves")
                : Outcome.succeeded(ended + (ended == 1 ? " job was ended" : " jobs were ended"));
    }

    private boolean end(StoredJob old, String why) {
        Job job = old.job();
        if (job.state() == Job.State.DONE) {
            return false;
        }
        if (job.externalId() != null) {
            return stop(old, why);
        }
        boolean ended = transaction.call(() -> jobs.cancelUnstarted(job.id(), why) && show(old, why));
        if (!ended) {
            throw new TransientException(
                    "job " + job.id() + " is being submitted", clock.instant().plus(SUBMISSION));
        }
        return true;
    }

    private boolean stop(StoredJob old, String why) {
        Job job = old.job();
        if (!(handlers.getObject().named(job.handler()) instanceof Cancellable handler) || !handler.cancel(job)) {
            return false;
        }
        transaction.run(() -> {
            jobs.finish(
                    job.id(),
                    Job.State.DONE,
                    Outcome.Result.CANCELED.wireName(),
                    why,
                    job.attempts(),
                    Objects.requireNonNullElseGet(old.startedAt(), clock::instant),
                    List.of());
            show(old, why);
        });
        return true;
    }

    private boolean show(StoredJob old, String why) {
        HandlerSpec spec = handlers.getObject().named(old.job().handler()).spec();
        old.job().targets().forEach(target -> jobs.advanceTarget(old.job().id(), target, CheckState.CANCELED));
        outbox.wantAll(Checks.all(spec, old.job(), CheckState.CANCELED, why, old.url()));
        return true;
    }
}
