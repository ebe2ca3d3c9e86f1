package dev.forgeway.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The installations that led to nothing, and what was done about them. */
@Component
public class RetirementStore {

    /** What led to something: a package config in time, or any job. The parameter is the time. */
    private static final String USED = """
            select 1 from installation_repository as repository
            left join project on project.key_name = repository.project
            where repository.installation_id = installation.id
                and (project.last_present_at >= ?
                    or exists (select 1 from job where job.project = repository.project))
            """;

    /** Installed, or used again after a pause, before a time; the other parameters are this time again. */
    private static final String IDLE = """
            select id from installation
            where state = 'ACTIVE' and changed_at < ? and not exists (%s)
            """.formatted(USED);

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

    private static final String DUE = """
            select * from retirement
            where warned_at <= ? and (done_at is null or (action = 'dry-run' and ?))
            order by installation_id
            """;

    private static final String DONE =
            "update retirement set done_at = ?, action = ?, detail = ? where installation_id = ?";

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
    public long list(Instant before) {
        List<Long> idle = jdbc.query(IDLE, Bound.to(before, before), (row, number) -> row.getLong("id"));
        forgetAllBut(idle);
        long sum = 0;
        for (long id : idle) {
            Long events = jdbc.queryForObject(EVENTS, Long.class, id);
            long cost = events == null ? 0 : events;
            Instant now = Instant.now();
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

    private void forgetAllBut(List<Long> idle) {
        open().stream()
                .filter(retirement -> !idle.contains(retirement.installationId()))
                .forEach(retirement -> transaction.update(
                        "delete from retirement where installation_id = ?", Bound.to(retirement.installationId())));
    }

    /** Those that are listed and not ended. */
    public List<Retirement> open() {
        return jdbc.query(
                "select * from retirement where done_at is null or action = 'dry-run' order by installation_id",
                RetirementStore::retirement);
    }

    /** @param warning the number of an issue; null for a line in the log */
    public void warned(long id, @Nullable String warning) {
        transaction.update(
                "update retirement set warned_at = ?, warning = ? where installation_id = ?",
                Bound.to(Instant.now(), warning, id));
    }

    /**
     * Those that were warned before a time and are to be ended now.
     *
     * @param really also those that were ended in a dry run
     */
    public List<Retirement> due(Instant warnedBefore, boolean really) {
        return jdbc.query(DUE, Bound.to(warnedBefore, really), RetirementStore::retirement);
    }

    public void done(long id, String action, String detail) {
        transaction.update(DONE, Bound.to(Instant.now(), action, detail, id));
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
