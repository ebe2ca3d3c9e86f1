package dev.forgeway.handle;

import dev.forgeway.config.Settings;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.DeferredException;
import dev.forgeway.error.UnansweredException;
import dev.forgeway.store.EffectStore;
import dev.forgeway.store.EffectStore.Claim;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.Link;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Makes things elsewhere, each of them once. The intent is stored before the call. A call of which nobody learned what came
 * of it, because the process ended or no answer came, may have had its effect, so what it made is looked for first; and it may
 * have it a little later, so as long as nothing is found, it is not made again before the time of that call is over.
 */
@Component
public class RemoteEffects {

    /** How long to leave something to the other job that makes it. */
    private static final Duration SOON = Duration.ofSeconds(2);

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
     * Makes something elsewhere of which there shall be one, whichever jobs want it. It is always looked for; and while the
     * call of one job for it may have its effect, no other job calls, in whatever process.
     *
     * @param key names it
     * @param find looks for what is there
     * @param make makes it, by one call
     * @throws DeferredException while an earlier call may still have its effect
     * @throws dev.forgeway.store.JobEndedException when the job was canceled meanwhile
     */
    public <T> T unlessThere(Job job, String key, Supplier<Optional<T>> find, Supplier<T> make) {
        boolean unused = jobs.intend(job.id());
        Optional<T> there = find.get();
        if (there.isPresent()) {
            return there.get();
        }
        String id = id(key);
        Claim claim = effects.claim(id, job.id(), clock.instant(), effectUntil());
        if (claim instanceof Claim.Held held) {
            throw new DeferredException("an earlier call may still have its effect", lookAgainAt(job, held));
        }
        Runnable end = () -> effects.ended(id, job.id(), clock.instant());
        if (claim instanceof Claim.After) {
            Optional<T> meanwhile = call(find, end);
            if (meanwhile.isPresent()) {
                effects.leave(id, job.id(), clock.instant());
                return meanwhile.get();
            }
        }
        T made = call(make, end);
        end.run();
        return made;
    }

    /** Whether a job was the last to call for what {@link #unlessThere} made; false after a day. */
    public boolean isBy(Job job, String key) {
        return effects.isBy(job.id(), id(key));
    }

    private static String id(String key) {
        return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** A call of this job is one that nobody answered; that of another job may be over soon. */
    private Instant lookAgainAt(Job job, Claim.Held earlier) {
        Instant soon = clock.instant().plus(SOON);
        return earlier.jobId().equals(job.id()) || earlier.until().isBefore(soon) ? earlier.until() : soon;
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
        return call(make, () -> effects.answered(job.id()));
    }

    /** @param refused is done when it is known that the call made nothing */
    private static <T> T call(Supplier<T> make, Runnable refused) {
        try {
            return make.get();
        } catch (UnansweredException e) {
            throw e;
        } catch (RuntimeException e) {
            refused.run();
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
