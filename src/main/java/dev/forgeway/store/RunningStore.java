package dev.forgeway.store;

import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Which jobs are worked on, across all processes, for limits on their number. A row of a process that died counts until
 * its lease is over.
 */
@Component
public class RunningStore {

    private static final String AGAIN = "update running_job set ends_at = ? where job_id = ?";

    private static final String ENTER =
            "insert into running_job (job_id, namespace, project, ends_at) values (?, ?, ?, ?)";

    private static final String COUNT = """
            select count(*) as of_namespace, coalesce(sum(case when project = ? then 1 else 0 end), 0) as of_project
            from running_job where namespace = ? and ends_at > ?
            """;

    private static final String LEAVE = "delete from running_job where job_id = ? or ends_at < ?";

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;

    public RunningStore(JdbcTemplate jdbc, StoreTransaction transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** How many jobs run, this one among them. */
    public record Running(int ofNamespace, int ofProject) {}

    /**
     * Enters a job first and counts then, so that two processes that enter at the same moment see each other: a limit is
     * never passed, and at the worst both leave again.
     */
    public Running enter(String jobId, String namespace, String project, Duration lease) {
        Instant now = Instant.now();
        if (transaction.updateSoon(AGAIN, Bound.to(now.plus(lease), jobId)) == 0) {
            transaction.updateSoon(ENTER, Bound.to(jobId, namespace, project, now.plus(lease)));
        }
        return jdbc.query(
                        COUNT,
                        Bound.to(project, namespace, now),
                        (row, number) -> new Running(row.getInt("of_namespace"), row.getInt("of_project")))
                .get(0);
    }

    /** The job is not worked on any more; nor are those that count no more. */
    public void leave(String jobId) {
        transaction.updateSoon(LEAVE, Bound.to(jobId, Instant.now()));
    }
}
