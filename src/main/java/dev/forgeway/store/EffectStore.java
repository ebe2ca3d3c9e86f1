package dev.forgeway.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Until when calls for jobs may still have their effect; the first call is told by {@link JobStore#intend(String, Instant)}. */
@Component
public class EffectStore {

    private static final String INTEND_AGAIN = "update job set effect_until = ? where id = ? and state <> 'DONE'";

    private static final String CLAIM = """
            insert into shared_effect (effect_key, job_id, effect_until) values (?, ?, ?)
            on conflict do nothing
            """;

    private static final String CLAIM_AGAIN = """
            update shared_effect set job_id = ?, effect_until = ? where effect_key = ? and effect_until <= ?
            """;

    /** Nobody makes something so long after having looked for it. */
    private static final Duration KEPT = Duration.ofDays(1);

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;

    public EffectStore(JdbcTemplate jdbc, StoreTransaction transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * Says that the call comes once more, because the earlier one had no effect.
     *
     * @throws JobEndedException when the job was canceled meanwhile; then the call must not happen
     */
    public void intendAgain(String jobId, Instant effectUntil) {
        if (transaction.update(INTEND_AGAIN, Bound.to(effectUntil, jobId)) == 0) {
            throw new JobEndedException(jobId);
        }
    }

    /** Until when a call of which nobody learned what came of it may have its effect; empty where there is none. */
    public Optional<Instant> effectUntil(String jobId) {
        return jdbc
                .query(
                        "select effect_until from job where id = ? and effect_until is not null",
                        Bound.to(jobId),
                        (row, number) -> Bound.required(row, "effect_until"))
                .stream()
                .findFirst();
    }

    /** Says that it is known what came of the call. */
    public void answered(String jobId) {
        transaction.updateSoon("update job set effect_until = null where id = ?", Bound.to(jobId));
    }

    /** How the claim of a job ended. */
    public sealed interface Claim {

        /** The job may call; nobody did for a day. */
        record Fresh() implements Claim {}

        /** The job may call; somebody did before, and that call is over. */
        record After() implements Claim {}

        /** The call of a job, which may be the same one, is not over before then. */
        record Held(String jobId, Instant until) implements Claim {}
    }

    /**
     * Says that a job makes something next of which there shall be one. Nobody else does before its call is over.
     *
     * @param key names what is made
     * @param effectUntil when the call is over, if its end is not told ({@link #ended})
     */
    public Claim claim(String key, String jobId, Instant now, Instant effectUntil) {
        transaction.update("delete from shared_effect where effect_until < ?", Bound.to(now.minus(KEPT)));
        if (transaction.update(CLAIM, Bound.to(key, jobId, effectUntil)) > 0) {
            return new Claim.Fresh();
        }
        if (transaction.update(CLAIM_AGAIN, Bound.to(jobId, effectUntil, key, now)) > 0) {
            return new Claim.After();
        }
        return jdbc
                .query(
                        "select job_id, effect_until from shared_effect where effect_key = ?",
                        Bound.to(key),
                        (row, number) -> new Claim.Held(row.getString("job_id"), Bound.required(row, "effect_until")))
                .stream()
                .findFirst()
                .orElseGet(() -> new Claim.Held("", now));
    }

    /** Says that the call of a job for something of which there shall be one is over. */
    public void ended(String key, String jobId, Instant now) {
        transaction.update(
                "update shared_effect set effect_until = ? where effect_key = ? and job_id = ? and effect_until > ?",
                Bound.to(now, key, jobId, now));
    }

    /** Says that a job makes nothing, because what it wanted was made by others before its claim. */
    public void leave(String key, String jobId, Instant now) {
        transaction.update(
                "update shared_effect set job_id = '', effect_until = ? where effect_key = ? and job_id = ?",
                Bound.to(now, key, jobId));
    }

    /** Whether the last call for something of which there shall be one was one of this job. */
    public boolean isBy(String jobId, String key) {
        return !jdbc.queryForList(
                        "select 1 from shared_effect where effect_key = ? and job_id = ?", Integer.class, key, jobId)
                .isEmpty();
    }
}
