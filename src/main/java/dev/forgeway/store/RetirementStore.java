package dev.forgeway.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The installations that led to nothing, and what was done about them. */
@Component
public class RetirementStore {

    /** All there are, named so that a project's jobs are found in the index job_open, and not by reading all of it. */
    private static final String ANY_JOB = "job.state in ('BLOCKED', 'QUEUED', 'WAITING', 'DONE')";

    /**
     * Remembers those that a job came of. All projects of an account count, because GitHub tells of the repositories of an
     * installation only when they are added or removed, and so does a repository whose package config nobody looked for.
     */
    private static final String REMEMBER = """
            update installation set worked = true
            where state = 'ACTIVE' and not worked and (
                account in (select regexp_replace(project.key_name, '/[^/]*$', '') from project
                    where exists (select 1 from job where %1$s and job.project = project.key_name))
                or exists (select 1 from installation_repository as repository
                    join job on %1$s and job.project = repository.project
                    where repository.installation_id = installation.id))
            """.formatted(ANY_JOB);

    /**
     * Installed, or used again after a pause, before a time; the other parameter is this time again. One of which nobody
     * knows who installed it was there before Forgeway, and so were repositories that it was never told of.
     */
    private static final String IDLE = """
            select id from installation
            where state = 'ACTIVE' and changed_at < ? and installed_by is not null and not worked
                and account not in (
                    select regexp_replace(project.key_name, '/[^/]*$', '') from project
                    where project.last_present_at >= ?)
            """;

    private static final String EVENTS = """
            select coalesce(sum(project.absences), 0) from project
            join installation_repository as repository on repository.project = project.key_name
            where repository.installation_id = ?
            """;

    private static final String INSERT = """
            insert into retirement (events, found_at, installation_id) values (?, ?, ?) on conflict do nothing
            """;

    /** One that was ended and came back begins anew. */
    private static final String RETURN = """
            update retirement
            set found_at = ?, warned_at = null, warning = null, done_at = null, action = null, detail = null
            where installation_id = ? and action <> 'dry-run'
                and done_at < (select changed_at from installation where installation.id = retirement.installation_id)
            """;

    private static final String WARNED = """
            update retirement set warned_at = ?, warning = ?, done_at = null, action = null, detail = null
            where installation_id = ?
            """;

    private static final String DUE = """
            select * from retirement where warned_at <= ? and warning = ? and done_at is null order by installation_id
            """;

    private static final String DONE =
            "update retirement set done_at = ?, action = ?, detail = ? where installation_id = ?";

    /** What was begun is kept when it led to the end, although nobody said so. */
    private static final String ENDED = """
            update retirement set done_at = ?, detail = 'ended, without an answer to the order'
            where installation_id = ? and action <> 'dry-run' and done_at is null
                and exists (select 1 from installation where installation.id = retirement.installation_id
                    and installation.state <> 'ACTIVE')
            """;

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;

    public RetirementStore(JdbcTemplate jdbc, StoreTransaction transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * Lists the installations whose repositories had no package config since a time, and that no job came of; those that
     * are listed and not ended are forgotten when it is otherwise now.
     *
     * @return how many of the events of those that are listed found no package config
     */
    public long list(Instant before, Instant now) {
        transaction.update(REMEMBER, Bound.to());
        List<Long> idle = ids(IDLE, Bound.to(before, before));
        forgetAllBut(idle, now);
        long sum = 0;
        for (long id : idle) {
            Long events = jdbc.queryForObject(EVENTS, Long.class, id);
            long cost = events == null ? 0 : events;
            if (transaction.update(INSERT, Bound.to(cost, now, id)) == 0) {
                transaction.updateSoon(
                        "update retirement set events = ? where installation_id = ? and events <> ?",
                        Bound.to(cost, id, cost));
                transaction.update(RETURN, Bound.to(now, id));
            }
            sum += cost;
        }
        return sum;
    }

    /** Whether still nothing came of one since a time; something may have since it was listed. */
    public boolean isIdle(long id, Instant before) {
        transaction.update(REMEMBER + " and id = ?", Bound.to(id));
        return !ids(IDLE + " and id = ?", Bound.to(before, before, id)).isEmpty();
    }

    private List<Long> ids(String sql, Bound values) {
        return jdbc.query(sql, values, (row, number) -> row.getLong("id"));
    }

    private void forgetAllBut(List<Long> idle, Instant now) {
        Set<Long> listed = Set.copyOf(idle);
        for (Retirement retirement : open()) {
            long id = retirement.installationId();
            if (!listed.contains(id) && transaction.update(ENDED, Bound.to(now, id)) == 0) {
                transaction.update("delete from retirement where installation_id = ?", Bound.to(id));
            }
        }
    }

    /** Those that are listed and not ended. */
    public List<Retirement> open() {
        return jdbc.query(
                "select * from retirement where done_at is null or action = 'dry-run' order by installation_id",
                RetirementStore::retirement);
    }

    /** @param action the end that was announced; what came of a dry run before is forgotten */
    public void warned(long id, String action, Instant now) {
        transaction.update(WARNED, Bound.to(now, action, id));
    }

    /** Those that were warned of an end before a time, and that did not come to it yet. */
    public List<Retirement> due(Instant warnedBefore, String action) {
        return jdbc.query(DUE, Bound.to(warnedBefore, action), RetirementStore::retirement);
    }

    /** GitHub is ordered to end one now. */
    public void begins(long id, String action) {
        transaction.update("update retirement set action = ? where installation_id = ?", Bound.to(action, id));
    }

    public void done(long id, String action, String detail, Instant now) {
        transaction.update(DONE, Bound.to(now, action, detail, id));
    }

    public Optional<Retirement> find(long id) {
        return jdbc
                .query("select * from retirement where installation_id = ?", Bound.to(id), RetirementStore::retirement)
                .stream()
                .findFirst();
    }

    private static Retirement retirement(ResultSet row, int number) throws SQLException {
        return new Retirement(
                row.getLong("installation_id"),
                row.getLong("events"),
                Bound.required(row, "found_at"),
                Bound.instant(row, "warned_at"),
                row.getString("warning"),
                Bound.instant(row, "done_at"),
                row.getString("action"),
                row.getString("detail"));
    }
}
