package dev.forgeway.store;

import dev.forgeway.dispatch.Job;
import dev.forgeway.forge.CheckState;
import dev.forgeway.metrics.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Component;

/** The jobs and how far they are. Nothing here moves a job or a target backwards. */
@Component
public class JobStore {

    private static final String INTEND = """
            update job set intended_at = ?, effect_until = ?
            where id = ? and intended_at is null and external_id is null and state <> 'DONE'
            """;

    private static final String CANCEL_UNSTARTED = """
            update job set state = 'DONE', outcome = 'canceled', detail = ?, ended_at = ?
            where id = ? and state in ('BLOCKED', 'QUEUED') and intended_at is null and external_id is null
            """;

    private static final String OPEN =
            "where job.state = ? and job.project = ? and job.pull_request = ? order by job.queued_at, job.id";

    /** More than a commit ever has at once; what is older is no news about it. */
    private static final String OF_COMMIT = """
            where delivery.commit_id = ? and job.project = ? and job.handler = ? order by job.id desc limit 500
            """;

    private static final String SUBMITTED = "update job set external_id = ?, links = ? where id = ?";

    private static final String ANY_INTENDED = """
            select count(*) from job
            where handler = ? and external_id is null and intended_at is not null
                and state in ('BLOCKED', 'QUEUED', 'WAITING')
            """;

    private static final String ADVANCE_TARGET = """
            update job_target set state = ?, updated_at = ?
            where job_id = ? and target = ? and state = 'RUNNING' and ?
            """;

    /** A target that never moved is pending, and has no row. */
    private static final String FIRST_MOVE = """
            insert into job_target (job_id, target, state, updated_at)
            select id, ?, ?, ? from job where id = ? and position(? in targets) > 0
            on conflict do nothing
            """;

    /** The parameters: whether this ends the job, then the new values, twice in the order of the job's life. */
    private static final String FINISH = """
            update job
            set outcome = case when state = 'DONE' then outcome else ? end,
                detail = case when state = 'DONE' then detail else coalesce(?, detail) end,
                ended_at = case when state <> 'DONE' and ? then ? else ended_at end,
                state = case when state = 'DONE' or (state = 'WAITING' and ?) then state else ? end,
                attempts = greatest(attempts, ?),
                started_at = least(coalesce(started_at, ?), ?),
                steps = steps || ?
            where id = ?
            """;

    private static final String ATTEMPT_FAILED = """
            update job
            set attempts = greatest(attempts, ?),
                detail = case when state = 'DONE' then detail else ? end,
                steps = steps || ?
            where id = ?
            """;

    private static final String REOPEN = """
            update job set state = 'QUEUED', outcome = null, reason = null, ended_at = null
            where id = ? and state = 'DONE' and outcome = 'error'
            """;

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;
    private final EventJson json;
    private final JobRows rows;

    public JobStore(JdbcTemplate jdbc, StoreTransaction transaction, EventJson json) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.json = json;
        this.rows = new JobRows(jdbc, json);
    }

    /** A job with its event, for its handler. */
    public Optional<Job> load(String id) {
        return jdbc.query(JobRows.SELECT + "where job.id = ?", Bound.to(id), rows::job).stream()
                .findFirst();
    }

    public Optional<StoredJob> find(String id) {
        return stored("where job.id = ?", Bound.to(id)).stream().findFirst();
    }

    /** The jobs of a delivery, in the order in which they were asked for. */
    public List<StoredJob> ofDelivery(String deliveryId) {
        return stored("where job.delivery_id = ? order by job.seq", Bound.to(deliveryId));
    }

    /** The newest jobs of a handler for a commit of a project, newest first. */
    public List<StoredJob> ofCommit(String handler, String projectKey, String commit) {
        return stored(OF_COMMIT, Bound.to(commit, projectKey, handler));
    }

    /** The jobs that fit, newest first: in the order of their deliveries, where these are of one project. */
    public List<StoredJob> search(JobQuery query, boolean alsoPrivate) {
        Conditions conditions = alsoPrivate ? query.conditions() : query.publicConditions();
        return transaction.search(() -> stored(query.page(conditions), conditions.values()));
    }

    /** As {@link #intend(String, Instant)}, where doing it twice changes nothing. */
    public boolean intend(String jobId) {
        return intend(jobId, null);
    }

    /**
     * Says that the remote call of a job comes next, and when that has its effect at the latest, if it has one.
     *
     * @return whether that was said before, so that the call may have happened; then the time of the earlier call stays
     * @throws JobEndedException when the job was canceled meanwhile; then the call must not happen
     */
    public boolean intend(String jobId, @Nullable Instant effectUntil) {
        if (transaction.update(INTEND, Bound.to(Instant.now(), effectUntil, jobId)) > 0) {
            return false;
        }
        if (load(jobId).filter(job -> job.state() == Job.State.DONE).isPresent()) {
            throw new JobEndedException(jobId);
        }
        return true;
    }

    /**
     * Ends a job as canceled, unless a handler has said that it calls somebody for it.
     *
     * @return whether it did
     */
    public boolean cancelUnstarted(String jobId, String why) {
        return transaction.update(CANCEL_UNSTARTED, Bound.to(why, Instant.now(), jobId)) > 0;
    }

    /** The jobs of a pull request that have not ended. */
    public List<Job> openOfPullRequest(String projectKey, int number) {
        // asked for state by state: H2 takes the whole index only for a comparison with one value
        List<Job> open = new ArrayList<>();
        for (Job.State state : List.of(Job.State.BLOCKED, Job.State.QUEUED, Job.State.WAITING)) {
            Bound values = Bound.to(state.name(), projectKey, number);
            open.addAll(jdbc.query(JobRows.SELECT + OPEN, values, rows::job));
        }
        return open;
    }

    /** Says what the remote call made, and where people see it. */
    public void submitted(String jobId, String externalId, List<Link> links) {
        transaction.update(SUBMITTED, Bound.to(externalId, json.write(links), jobId));
    }

    public Optional<Job> findByExternalId(String handler, String externalId) {
        return jdbc
                .query(
                        JobRows.SELECT + "where job.handler = ? and job.external_id = ?",
                        Bound.to(handler, externalId),
                        rows::job)
                .stream()
                .findFirst();
    }

    /** Whether a call of this handler may have made something whose id is not known yet. */
    public boolean anyIntendedWithoutExternalId(String handler) {
        Integer count = jdbc.queryForObject(ANY_INTENDED, Integer.class, handler);
        return count != null && count > 0;
    }

    /**
     * Moves a target forward.
     *
     * @return whether it moved; false from a final state, backwards, to the same state and for an unknown target
     */
    public boolean advanceTarget(String jobId, String target, CheckState state) {
        if (state == CheckState.PENDING) {
            return false;
        }
        Instant now = Instant.now();
        Bound first = Bound.to(target, state.name(), now, jobId, json.write(target));
        return transaction.update(FIRST_MOVE, first) > 0
                || transaction.update(ADVANCE_TARGET, Bound.to(state.name(), now, jobId, target, state.isFinal())) > 0;
    }

    /** Lets no other transaction that holds this job go on until the running one has ended. */
    public void hold(String jobId) {
        jdbc.queryForList("select id from job where id = ? for update", String.class, jobId);
    }

    /** How each target of a job stands. */
    public Map<String, CheckState> targets(String jobId) {
        return find(jobId).map(StoredJob::targets).orElse(Map.of());
    }

    /**
     * Stores what an attempt came to. The state moves forward only, and what a DONE job came to stays; the steps are
     * kept in any case.
     *
     * @param outcome "succeeded", "failed", "error", "skipped" or "canceled", for DONE
     * @param detail one sentence for people
     * @param attempts how many attempts it took so far
     * @param startedAt when this attempt began
     */
    public void finish(
            String jobId,
            Job.State state,
            @Nullable String outcome,
            @Nullable String detail,
            int attempts,
            Instant startedAt,
            List<Step> steps) {
        boolean done = state == Job.State.DONE;
        Bound values = Bound.to(
                outcome,
                detail,
                done,
                Instant.now(),
                state == Job.State.QUEUED,
                state.name(),
                attempts,
                startedAt,
                startedAt,
                json.writeSteps(steps),
                jobId);
        transaction.update(FINISH, values);
    }

    /** Lets a job that ended as an error begin once more; any other stays as it is. */
    public void reopen(String jobId) {
        transaction.update(REOPEN, Bound.to(jobId));
    }

    /** Stores why a job is about to end as an error. */
    public void blame(String jobId, String reason) {
        transaction.update("update job set reason = ? where id = ? and state <> 'DONE'", Bound.to(reason, jobId));
    }

    /** Stores that an attempt failed and will be repeated. */
    public void attemptFailed(String jobId, int attempt, String error, List<Step> steps) {
        transaction.update(ATTEMPT_FAILED, Bound.to(attempt, error, json.writeSteps(steps), jobId));
    }

    private List<StoredJob> stored(String condition, Bound values) {
        List<StoredJob> jobs = jdbc.query(JobRows.SELECT + condition, values, rows::stored);
        if (jobs.isEmpty()) {
            return jobs;
        }
        Map<String, Map<String, CheckState>> moved =
                moved(jobs.stream().map(stored -> stored.job().id()).toList());
        List<StoredJob> complete = new ArrayList<>(jobs.size());
        for (StoredJob stored : jobs) {
            complete.add(with(stored, moved.getOrDefault(stored.job().id(), Map.of())));
        }
        return complete;
    }

    private Map<String, Map<String, CheckState>> moved(List<String> jobIds) {
        String places = String.join(", ", jobIds.stream().map(id -> "?").toList());
        Map<String, Map<String, CheckState>> found = new HashMap<>();
        RowCallbackHandler collect = row -> found.computeIfAbsent(row.getString("job_id"), id -> new HashMap<>())
                .put(row.getString("target"), CheckState.valueOf(row.getString("state")));
        jdbc.query(
                "select job_id, target, state from job_target where job_id in (" + places + ")",
                Bound.to(jobIds.toArray()),
                collect);
        return found;
    }

    private static StoredJob with(StoredJob stored, Map<String, CheckState> moved) {
        Map<String, CheckState> targets = new TreeMap<>();
        stored.job().targets().forEach(target -> targets.put(target, moved.getOrDefault(target, CheckState.PENDING)));
        return new StoredJob(
                stored.job(),
                stored.outcome(),
                stored.detail(),
                stored.links(),
                stored.steps(),
                stored.queuedAt(),
                stored.startedAt(),
                stored.endedAt(),
                targets);
    }
}
