package dev.forgeway.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The issues in which accounts are asked who they are: one for each account, whatever crashes. */
@Component
public class ApprovalStore {

    /** After so long nobody opens it any more who once began to. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private static final String INSERT = """
            insert into approval_issue (account, asked, project, delivery_id, claimed_at) values (?, ?, ?, ?, ?)
            on conflict do nothing
            """;

    private static final String TAKE_OVER = """
            update approval_issue set asked = ?, delivery_id = ?, claimed_at = ?
            where account = ? and number is null and (delivery_id = ? or claimed_at <= ?)
            """;

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;

    public ApprovalStore(JdbcTemplate jdbc, StoreTransaction transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * Says that a delivery opens the issue of an account; its number is told by {@link #opened}.
     *
     * @return whether it may; false while another one does
     */
    public boolean claim(String account, @Nullable String asked, String project, String deliveryId) {
        Instant now = Instant.now();
        if (transaction.update(INSERT, Bound.to(account, asked, project, deliveryId, now)) > 0) {
            return true;
        }
        Bound values = Bound.to(asked, deliveryId, now, account, deliveryId, now.minus(LEASE));
        return transaction.update(TAKE_OVER, values) > 0;
    }

    public void opened(String account, int number) {
        transaction.update("update approval_issue set number = ? where account = ?", Bound.to(number, account));
    }

    /** The account in whose matter an issue was opened. */
    public Optional<ApprovalIssue> at(String project, int number) {
        return jdbc
                .query(
                        "select * from approval_issue where project = ? and number = ?",
                        Bound.to(project, number),
                        ApprovalStore::issue)
                .stream()
                .findFirst();
    }

    public Optional<ApprovalIssue> of(String account) {
        return jdbc
                .query("select * from approval_issue where account = ?", Bound.to(account), ApprovalStore::issue)
                .stream()
                .findFirst();
    }

    private static ApprovalIssue issue(ResultSet row, int index) throws SQLException {
        return new ApprovalIssue(
                row.getString("account"),
                row.getString("asked"),
                row.getString("project"),
                row.getObject("number", Integer.class));
    }
}
