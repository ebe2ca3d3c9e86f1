package dev.forgeway.store;

import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The issues in which it was told what failed for a package of dist-git, each with the job that it is about. Repositories go by
 * forge and full name, in which letter case does not count: a package config may write both otherwise than the forge does.
 */
@Component
public class PackageIssueStore {

    private static final String INSERT = """
            insert into package_issue (forge, repository, issue, job_id) values (?, ?, ?, ?)
            on conflict do nothing
            """;

    private static final String AT =
            "select job_id from package_issue where forge = ? and repository = ? and issue = ?";

    private static final String IS_OPENED = "select issue from package_issue where job_id = ?";

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;

    public PackageIssueStore(JdbcTemplate jdbc, StoreTransaction transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Keeps which job an issue is about. */
    public void opened(String forge, String repository, int issue, String jobId) {
        transaction.update(INSERT, Bound.to(forge, repository.toLowerCase(Locale.ROOT), issue, jobId));
    }

    /** Whether an issue was opened about a job. */
    public boolean isOpened(String jobId) {
        return !jdbc.queryForList(IS_OPENED, Integer.class, jobId).isEmpty();
    }

    /** The id of the job that an issue is about; empty for an issue that is not ours. */
    public Optional<String> at(String forge, String repository, int issue) {
        return jdbc.queryForList(AT, String.class, forge, repository.toLowerCase(Locale.ROOT), issue).stream()
                .findFirst();
    }
}
