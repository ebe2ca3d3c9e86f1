package dev.forgeway.handle;

import dev.forgeway.config.Settings;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.DeferredException;
import dev.forgeway.error.UnansweredException;
import dev.forgeway.store.EffectStore;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.Link;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Makes things elsewhere, each of them once. The intent is stored before the call. A call of which nobody learned what came
 * of it, because the process ended or no answer came, may have had its effect, so what it made is looked for first; and it may
 * have it a little later, so as long as nothing is found, it is not made again before the time of that call is over.
 */
@Component
public class RemoteEffects {

    private final JobStore jobs;
    private final EffectStore effects;
    private final Duration latest;
    private final Clock clock;

    public RemoteEffects(JobStore jobs, EffectStore effects, Settings settings, Clock clock) {
        this.jobs = jobs;
        this.effects = effects;
        this.latest = settings.service().effectTimeout();
        this.clock = clock;
    }

    /**
     * What a job makes elsewhere. The caller stores its id ({@link #submitted}).
     *
     * @param find looks for what an earlier call may have made; not asked where there was none
     * @param make makes it, by one call
     * @throws DeferredException while an earlier call may still have its effect
     * @throws dev.forgeway.store.JobEndedException when the job was canceled meanwhile
     */
    public <T> T once(Job job, Supplier<Optional<T>> find, Supplier<T> make) {
        return jobs.intend(job.id(), effectUntil()) ? again(job, find, make) : call(job, make);
    }

    /** Stores the id of what {@link #once} made, and that its call holds up nothing else that the job makes. */
    public void submitted(Job job, String externalId, List<Link> links) {
        jobs.submitted(job.id(), externalId, links);
        effects.answered(job.id());
    }

    /**
     * As {@link #once} for what others may make too, so that it is always looked for, and of which a job may make several.
     */
    public <T> T unlessThere(Job job, Supplier<Optional<T>> find, Supplier<T> make) {
        boolean unused = jobs.intend(job.id());
        return again(job, find, make);
    }

    private <T> T again(Job job, Supplier<Optional<T>> find, Supplier<T> make) {
        Optional<T> earlier = find.get();
        if (earlier.isPresent()) {
            return earlier.get();
        }
        mustBeOver(job);
        effects.intendAgain(job.id(), effectUntil());
        T made = call(job, make);
        effects.answered(job.id());
        return made;
    }

    private Instant effectUntil() {
        return clock.instant().plus(latest);
    }

    private <T> T call(Job job, Supplier<T> make) {
        try {
            return make.get();
        } catch (UnansweredException e) {
            throw e;
        } catch (RuntimeException e) {
            effects.answered(job.id());
            throw e;
        }
    }

    private void mustBeOver(Job job) {
        Optional<Instant> until = effects.effectUntil(job.id()).filter(clock.instant()::isBefore);
        if (until.isPresent()) {
            throw new DeferredException("an earlier call may still have its effect", until.get());
        }
    }
}
