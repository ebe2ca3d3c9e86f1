package dev.forgeway.store;

import dev.forgeway.dispatch.Job;
import dev.forgeway.event.Event;
import dev.forgeway.metrics.Step;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Creates jobs and reads their rows. */
final class JobRows {

    /** A job's columns with its event; the start of every query for jobs. */
    static final String SELECT =
            "select job.*, delivery.event, delivery.received_at from job join delivery on delivery.id = job.delivery_id ";

    private static final String INSERT = """
            insert into job (id, delivery_id, seq, handler, trigger_name, package_name, targets, arguments, priority,
                priority_reasons, state, attempts, external_id, project, pull_request, build_id, build_target,
                subscription, own_event, steps, queued_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?)
            on conflict do nothing
            """;

    private final JdbcTemplate jdbc;
    private final EventJson json;

    JobRows(JdbcTemplate jdbc, EventJson json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Creates the jobs of a delivery in their order; a target has no row before it moves.
     *
     * @param event of the delivery, which a job's own is compared with
     */
    void insert(List<Job> jobs, @Nullable Event event) {
        if (jobs.isEmpty()) {
            return;
        }
        Instant now = Instant.now();
        List<Bound> rows = new ArrayList<>();
        for (Job job : jobs) {
            rows.add(newRow(job, rows.size(), event, now));
        }
        jdbc.batchUpdate(INSERT, rows, rows.size(), (statement, row) -> row.setValues(statement));
    }

    /** What others want to know of a project is no work of the project, and counts neither for nor against it. */
    private Bound newRow(Job job, int sequence, @Nullable Event event, Instant now) {
        boolean asks = job.subscription() == null;
        return Bound.to(
                job.id(),
                job.deliveryId(),
                sequence,
                job.handler(),
                job.trigger(),
                job.packageName(),
                json.write(job.targets()),
                json.write(job.arguments()),
                job.priority(),
                json.write(job.priorityReasons()),
                job.state().name(),
                job.attempts(),
                job.externalId(),
                asks ? job.projectKey() : null,
                asks ? job.pullRequest() : null,
                job.arguments().get(Job.BUILD),
                job.arguments().get(Job.CHROOT),
                job.subscription(),
                job.event().equals(event) ? null : json.write(job.event()),
                now);
    }

    Job job(ResultSet row, int number) throws SQLException {
        return new Job(
                row.getString("id"),
                row.getString("delivery_id"),
                Bound.required(row, "received_at"),
                row.getString("handler"),
                row.getString("trigger_name"),
                row.getString("package_name"),
                json.readList(row.getString("targets"), String.class),
                json.readMap(row.getString("arguments")),
                row.getInt("priority"),
                json.readList(row.getString("priority_reasons"), String.class),
                Job.State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                row.getObject("intended_at") != null,
                row.getString("external_id"),
                event(row));
    }

    private Event event(ResultSet row) throws SQLException {
        String own = row.getString("own_event");
        return json.readEvent(own == null ? row.getString("event") : own);
    }

    /** A job as it is stored, still without its targets. */
    StoredJob stored(ResultSet row, int number) throws SQLException {
        return new StoredJob(
                job(row, number),
                row.getString("outcome"),
                row.getString("detail"),
                json.readList(row.getString("links"), Link.class),
                json.readList(row.getString("steps"), Step.class),
                Bound.required(row, "queued_at"),
                Bound.instant(row, "started_at"),
                Bound.instant(row, "ended_at"),
                Map.of());
    }
}
