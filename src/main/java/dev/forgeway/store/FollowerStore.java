package dev.forgeway.store;

import dev.forgeway.dispatch.Job;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The jobs that need a target of another job, its build, before they can begin. Each is released once, by whoever
 * notices first that the target has ended, and that one alone sends its message.
 */
@Component
public class FollowerStore {

    private static final String RELEASE = """
            update job set state = 'QUEUED', released_by = ?, queued_at = ?
            where build_id = ? and state = 'BLOCKED'
                and (exists (select 1 from job_target
                        where job_target.job_id = job.build_id and job_target.target = job.build_target
                            and job_target.state not in ('PENDING', 'RUNNING'))
                    or exists (select 1 from job build where build.id = job.build_id and build.state = 'DONE'))
            """;

    private static final String RELEASED =
            JobRows.SELECT + "where job.build_id = ? and job.state = 'QUEUED' and job.released_by = ? order by job.id";

    private static final String OF_BUILD = JobRows.SELECT + "where job.build_id = ? order by job.id desc";

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;
    private final JobRows rows;

    public FollowerStore(JdbcTemplate jdbc, StoreTransaction transaction, EventJson json) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.rows = new JobRows(jdbc, json);
    }

    /**
     * Queues what waits for a target that has ended, however it ended, or for a build that is done. To be called after
     * what ended was stored, or after the follower was: of two at the same moment, the later one sees both.
     *
     * @param releasedBy the job or delivery on whose behalf their messages are sent
     * @return whether there was anything
     */
    public boolean release(String buildId, String releasedBy) {
        return transaction.update(RELEASE, Bound.to(releasedBy, Instant.now(), buildId)) > 0;
    }

    /** As {@link #release}, but only the jobs of a delivery, on its behalf; the build's own handler releases the others. */
    public boolean releaseOwn(String buildId, String deliveryId) {
        return transaction.update(
                        RELEASE + " and delivery_id = ?", Bound.to(deliveryId, Instant.now(), buildId, deliveryId))
                > 0;
    }

    /** What was released on behalf of a job or delivery and still is to begin. */
    public List<Job> released(String buildId, String releasedBy) {
        return jdbc.query(RELEASED, Bound.to(buildId, releasedBy), rows::job);
    }

    /** Every job that needed this build, newest first. */
    public List<Job> of(String buildId) {
        return jdbc.query(OF_BUILD, Bound.to(buildId), rows::job);
    }
}
