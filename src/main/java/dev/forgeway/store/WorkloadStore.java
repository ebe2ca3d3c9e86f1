package dev.forgeway.store;

import dev.forgeway.dispatch.Workload;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The workload, asked of indexes only. */
@Component
public class WorkloadStore implements Workload {

    /** Reads one range of the index job_open and nothing of the table; a backlog beyond the limit counts no more. */
    private static final String WAITING = """
            select project, pull_request, priority, count(*) as jobs
            from (select project, pull_request, priority from job
                  where state = 'QUEUED' and project is not null limit 50000) waiting
            group by project, pull_request, priority
            """;

    private static final String ACTIVITY = """
            select coalesce(sum(case when active_on >= ? then jobs else 0 end), 0) as day_jobs,
                   coalesce(sum(case when active_on >= ? then jobs else 0 end), 0) as week_jobs,
                   coalesce(sum(jobs), 0) as month_jobs
            from activity where namespace = ? and active_on >= ?
            """;

    private static final String FIRST_OF_A_DAY =
            "insert into activity (namespace, active_on, jobs) values (?, ?, 0) on conflict do nothing";

    private static final String ADD = "update activity set jobs = jobs + ? where namespace = ? and active_on = ?";

    private static final String FORGET = "delete from activity where active_on < ?";

    private static final int WEEK = 6;
    private static final int MONTH = 29;

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;

    public WorkloadStore(JdbcTemplate jdbc, StoreTransaction transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @Override
    public List<Waiting> waiting() {
        return jdbc.query(
                WAITING,
                (row, number) -> new Waiting(
                        row.getString("project"),
                        row.getObject("pull_request") == null ? null : row.getInt("pull_request"),
                        row.getInt("priority"),
                        row.getInt("jobs")));
    }

    @Override
    public Activity activity(String namespace, LocalDate today) {
        Bound values = Bound.to(today.minusDays(1), today.minusDays(WEEK), namespace, today.minusDays(MONTH));
        return jdbc.query(
                        ACTIVITY,
                        values,
                        (row, number) ->
                                new Activity(row.getInt("day_jobs"), row.getInt("week_jobs"), row.getInt("month_jobs")))
                .get(0);
    }

    /** Forgets what is older than a month, too. */
    @Override
    public void addActivity(Map<String, Integer> jobsByNamespace, LocalDate day) {
        // one order for all, so that two processes do not deadlock
        List<Map.Entry<String, Integer>> ordered = new ArrayList<>(jobsByNamespace.entrySet());
        ordered.sort(Map.Entry.comparingByKey());
        transaction.run(() -> {
            jdbc.update(FORGET, Bound.to(day.minusDays(MONTH)));
            for (Map.Entry<String, Integer> counted : ordered) {
                jdbc.update(FIRST_OF_A_DAY, Bound.to(counted.getKey(), day));
                jdbc.update(ADD, Bound.to(counted.getValue(), counted.getKey(), day));
            }
        });
    }
}
