package dev.forgeway.store;

import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Until when calls for jobs may still have their effect; the first call is told by {@link JobStore#intend(String, Instant)}. */
@Component
public class EffectStore {

    private static final String INTEND_AGAIN = "update job set effect_until = ? where id = ? and state <> 'DONE'";

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
}
