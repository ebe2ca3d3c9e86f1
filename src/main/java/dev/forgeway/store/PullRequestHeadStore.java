package dev.forgeway.store;

import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The newest head of each pull request that a delivery told of. */
@Component
public class PullRequestHeadStore {

    private static final String ADVANCE = """
            update pull_request_head set commit_id = ?, occurred_at = ?
            where project = ? and number = ? and occurred_at <= ?
            """;

    private static final String INSERT = """
            insert into pull_request_head (commit_id, occurred_at, project, number) values (?, ?, ?, ?)
            on conflict do nothing
            """;

    private static final String NEWER = """
            select commit_id from pull_request_head
            where project = ? and number = ? and occurred_at > ? and commit_id <> ?
            """;

    private static final String HOLD =
            "select commit_id, occurred_at from pull_request_head where project = ? and number = ? for update";

    private static final String AT = """
            select number from pull_request_head
            where project = ? and commit_id = ?
            order by occurred_at desc, number desc
            limit 1
            """;

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;

    public PullRequestHeadStore(JdbcTemplate jdbc, StoreTransaction transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * Remembers a head, unless a newer one is known. A kill of the process may undo it, after which an old head is
     * worked on that could have been left.
     *
     * @param occurredAt when the forge says that the pull request got this head
     * @return the newer head, if another one is known
     */
    public Optional<String> arrived(String project, int number, String commit, Instant occurredAt) {
        Bound advance = Bound.to(commit, occurredAt, project, number, occurredAt);
        if (transaction.updateSoon(ADVANCE, advance) > 0
                || transaction.updateSoon(INSERT, Bound.to(commit, occurredAt, project, number)) > 0
                || transaction.updateSoon(ADVANCE, advance) > 0) {
            return Optional.empty();
        }
        return newer(project, number, commit, occurredAt);
    }

    /** As {@link #newer}; until the running transaction has ended, no other head arrives. */
    Optional<String> newerHeld(String project, int number, String commit, Instant occurredAt) {
        record Head(String commit, Instant occurredAt) {}
        return jdbc
                .query(
                        HOLD,
                        Bound.to(project, number),
                        (row, at) -> new Head(row.getString("commit_id"), Bound.required(row, "occurred_at")))
                .stream()
                .filter(head ->
                        head.occurredAt().isAfter(occurredAt) && !head.commit().equals(commit))
                .map(Head::commit)
                .findFirst();
    }

    /** The pull request whose newest known head is this commit. */
    public Optional<Integer> at(String project, String commit) {
        return jdbc.query(AT, Bound.to(project, commit), (row, at) -> row.getInt("number")).stream()
                .findFirst();
    }

    /** Another head than this one, if one is known that the pull request got later. */
    public Optional<String> newer(String project, int number, String commit, Instant occurredAt) {
        return jdbc
                .query(NEWER, Bound.to(project, number, occurredAt, commit), (row, at) -> row.getString("commit_id"))
                .stream()
                .findFirst();
    }
}
