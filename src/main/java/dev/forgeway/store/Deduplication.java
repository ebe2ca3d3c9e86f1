package dev.forgeway.store;

import dev.forgeway.ingest.Delivery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** Finds out what a delivery is whose row could not simply be created. */
final class Deduplication {

    /** Each try that comes to nothing was overtaken by another copy, so a few are plenty. */
    private static final int TRIES = 10;

    private static final String KNOWN = "select outcome, duplicate_of from delivery where id = ?";

    private static final String HOLDER = """
            select id, outcome, received_at,
                exists (select 1 from job
                        where job.delivery_id = delivery.id and job.state = 'DONE'
                            and job.outcome in ('failed', 'error')) as failed
            from delivery where dedup_key = ?
            """;

    private static final String RELEASE = "update delivery set dedup_key = null where id = ? and dedup_key = ?";

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;
    private final DeliveryRows rows;

    Deduplication(JdbcTemplate jdbc, StoreTransaction transaction, DeliveryRows rows) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.rows = rows;
    }

    private record Holder(String id, Outcome outcome, Instant receivedAt, boolean failed) {

        /** Whether its key is free for a copy that was received later. */
        boolean mayBeFollowed(Delivery copy, Duration window) {
            return outcome == Outcome.PARKED
                    || failed
                    || receivedAt.isBefore(copy.receivedAt().minus(window));
        }
    }

    Recording settle(Delivery delivery, Duration window) {
        for (int i = 0; i < TRIES; i++) {
            Recording recording = settleOnce(delivery, window);
            if (recording != null) {
                return recording;
            }
        }
        throw new IllegalStateException("the key of delivery " + delivery.id() + " never came to rest");
    }

    private @Nullable Recording settleOnce(Delivery delivery, Duration window) {
        Optional<Recording> known = first(KNOWN, Deduplication::known, delivery.id());
        if (known.isPresent()) {
            return known.get();
        }
        Optional<Holder> holder = first(HOLDER, Deduplication::holder, delivery.dedupKey());
        if (holder.isEmpty()) {
            return rows.insertHolder(delivery) ? new Recording(Recording.Kind.NEW, null) : null;
        }
        if (holder.get().mayBeFollowed(delivery, window)) {
            return takeOver(delivery, holder.get()) ? new Recording(Recording.Kind.NEW, null) : null;
        }
        rows.insertDuplicate(delivery, holder.get().id());
        return new Recording(Recording.Kind.DUPLICATE, holder.get().id());
    }

    private boolean takeOver(Delivery delivery, Holder holder) {
        return transaction.call(() -> transaction.update(RELEASE, Bound.to(holder.id(), delivery.dedupKey())) > 0
                && rows.insertHolder(delivery));
    }

    private <T> Optional<T> first(String sql, RowMapper<T> mapper, String value) {
        return jdbc.query(sql, Bound.to(value), mapper).stream().findFirst();
    }

    private static Recording known(ResultSet row, int number) throws SQLException {
        return switch (DeliveryRows.outcome(row)) {
            case QUEUED -> new Recording(Recording.Kind.RESUMED, null);
            case DUPLICATE -> new Recording(Recording.Kind.DUPLICATE, row.getString("duplicate_of"));
            case IGNORED, FILTERED, DISPATCHED, PARKED -> new Recording(Recording.Kind.DECIDED, null);
        };
    }

    private static Holder holder(ResultSet row, int number) throws SQLException {
        return new Holder(
                row.getString("id"),
                DeliveryRows.outcome(row),
                Bound.required(row, "received_at"),
                row.getBoolean("failed"));
    }
}
