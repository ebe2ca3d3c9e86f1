package dev.forgeway.store;

import java.time.Instant;
import java.util.OptionalInt;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Which delivery may tell somebody something that is told only once. */
@Component
public class NoticeStore {

    private static final String INSERT = """
            insert into notice (notice_key, delivery_id, created_at) values (?, ?, ?)
            on conflict do nothing
            """;

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;

    public NoticeStore(JdbcTemplate jdbc, StoreTransaction transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * Whether this delivery is the one that tells it: the first that asked, and the same again after a crash.
     *
     * @param key what is told to whom and where
     */
    public boolean tells(String key, String deliveryId) {
        return transaction.update(INSERT, Bound.to(key, deliveryId, Instant.now())) > 0
                || !jdbc.queryForList(
                                "select 1 from notice where notice_key = ? and delivery_id = ?",
                                Integer.class,
                                key,
                                deliveryId)
                        .isEmpty();
    }

    /** Whether another delivery told it. */
    public boolean wasTold(String key, String deliveryId) {
        return !jdbc.queryForList(
                        "select 1 from notice where notice_key = ? and delivery_id <> ?",
                        Integer.class,
                        key,
                        deliveryId)
                .isEmpty();
    }

    /** Keeps the number of the issue that was opened to tell it. */
    public void opened(String key, int issue) {
        transaction.update("update notice set issue = ? where notice_key = ?", Bound.to(issue, key));
    }

    /** The number of the issue that was opened to tell it; empty where none was, or nobody knows. */
    public OptionalInt issue(String key) {
        return jdbc
                .queryForList("select issue from notice where notice_key = ? and issue is not null", Integer.class, key)
                .stream()
                .mapToInt(Integer::intValue)
                .findFirst();
    }
}
