package dev.forgeway.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Which waiting jobs nobody tells anything about, and how often their service was asked. */
@Component
public class PendingStore {

    /** Reads the jobs in one range of the index job_open. */
    private static final String QUIET = """
            select job.id, job.started_at, pending_work.given_up,
                case when (select max(updated_at) from job_target where job_target.job_id = job.id)
                        > pending_work.asked_at
                    then 0 else coalesce(pending_work.asked, 0) end as asked
            from job left join pending_work on pending_work.job_id = job.id
            where job.state = 'WAITING' and job.handler = ? and job.external_id is not null and job.started_at <= ?
                and (pending_work.ask_at is null or pending_work.ask_at <= ?)
                and not exists (select 1 from job_target where job_target.job_id = job.id and updated_at > ?)
            order by job.id limit ?
            """;

    private static final String GIVEN_UP = """
            select job.id, job.started_at, pending_work.given_up, pending_work.asked
            from pending_work join job on job.id = pending_work.job_id
            where pending_work.given_up is not null order by job.id limit ?
            """;

    private static final String ASKED_AGAIN =
            "update pending_work set asked = ?, asked_at = ?, ask_at = ?, given_up = ? where job_id = ?";

    private static final String ASKED_FIRST =
            "insert into pending_work (asked, asked_at, ask_at, given_up, job_id) values (?, ?, ?, ?, ?)";

    private static final String FORGET_ENDED = """
            delete from pending_work
            where given_up is null
                and exists (select 1 from job where job.id = pending_work.job_id and job.state = 'DONE')
            """;

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;

    public PendingStore(JdbcTemplate jdbc, StoreTransaction transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * A job that waits.
     *
     * @param since when a handler began with it
     * @param asked how often its service was asked since something was told last
     * @param givenUp why nothing more is expected; null while something is
     */
    public record Pending(
            String jobId,
            Instant since,
            int asked,
            @Nullable String givenUp) {

        /** The same, once its service is asked again. */
        public Pending again() {
            return new Pending(jobId, since, asked + 1, givenUp);
        }
    }

    /**
     * The jobs of a handler whose service is to be asked, those first that wait longest.
     *
     * @param quietSince something was told about the others after this time, or they began after it
     */
    public List<Pending> quiet(String handler, Instant quietSince, Instant now, int limit) {
        Bound values = Bound.to(handler, quietSince, now, quietSince, limit);
        return jdbc.query(QUIET, values, PendingStore::pending);
    }

    /** The jobs that were given up, and of which people may not have seen it. */
    public List<Pending> givenUp(int limit) {
        return jdbc.query(GIVEN_UP, Bound.to(limit), PendingStore::pending);
    }

    /**
     * Remembers how often the service of a job was asked.
     *
     * @param next when it is to be asked again
     */
    public void asked(Pending job, Instant now, Instant next) {
        Bound values = Bound.to(job.asked(), now, next, job.givenUp(), job.jobId());
        transaction.run(() -> {
            if (transaction.update(ASKED_AGAIN, values) == 0) {
                transaction.update(ASKED_FIRST, values);
            }
        });
    }

    /** Nothing more is to be done about a job. */
    public void forget(String jobId) {
        transaction.update("delete from pending_work where job_id = ?", Bound.to(jobId));
    }

    /** Forgets the jobs that ended. */
    public void forgetEnded() {
        transaction.update(FORGET_ENDED, Bound.to());
    }

    private static Pending pending(ResultSet row, int number) throws SQLException {
        return new Pending(
                row.getString("id"), Bound.required(row, "started_at"), row.getInt("asked"), row.getString("given_up"));
    }
}
