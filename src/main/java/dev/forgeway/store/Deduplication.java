package dev.forgeway.store;

import dev.forgeway.ingest.Delivery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** Finds out what a delivery is whose row could not simply be created. */
final class Deduplication {

    /** Each try that comes to nothing was overtaken by another copy, so a few are plenty. */
    private static final int TRIES = 10;

    private static final String KNOWN = "select outcome, duplicate_of from delivery where id = ?";

    /** That somebody else could not be told of it is no reason to do everything again. */
    private static final String HOLDER = """
            select id, outcome, received_at, decided_at,
                exists (select 1 from job
                        where job.delivery_id = delivery.id and job.state = 'DONE'
                            and job.outcome in ('failed', 'error')
                            and job.subscription is null) as failed
            from delivery where\s""";

    private static final String RELEASE = """
            update delivery set dedup_key = null, fingerprint = null
            where id = ? and (dedup_key = ? or fingerprint = ?)
            """;

    private static final String FORGET = """
            update delivery set dedup_key = null, fingerprint = null
            where id >= ? and id < ? and dedup_key is not null
            """;

    /** The hooks of one forge tell of an event within seconds; who comes later is a person that asked for it again. */
    private static final Duration HOOKS_APART = Duration.ofSeconds(30);

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;
    private final DeliveryRows rows;

    Deduplication(JdbcTemplate jdbc, StoreTransaction transaction, DeliveryRows rows) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.rows = rows;
    }

    private record Holder(
            String id,
            Outcome outcome,
            Instant receivedAt,
            @Nullable Instant decidedAt,
            boolean failed) {

        /** Whether its keys are free for a copy that was received later. */
        boolean mayBeFollowed(Delivery copy, Duration window) {
            return outcome == Outcome.PARKED
                    || failed
                    || wasRefusedBefore(copy)
                    || receivedAt.isBefore(copy.receivedAt().minus(window));
        }

        /** Nothing was done, and what stood against it may have changed: an approval was given, say. */
        private boolean wasRefusedBefore(Delivery copy) {
            return outcome == Outcome.FILTERED
                    && decidedAt != null
                    && decidedAt.plus(HOOKS_APART).isBefore(copy.receivedAt());
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
        List<Holder> holders = holders(delivery);
        for (Holder holder : holders) {
            if (!holder.mayBeFollowed(delivery, window)) {
                rows.insertDuplicate(delivery, holder.id());
                return new Recording(Recording.Kind.DUPLICATE, holder.id());
            }
        }
        return takeOver(delivery, holders) ? new Recording(Recording.Kind.NEW, null) : null;
    }

    /** One delivery may have the key and another one the fingerprint. */
    private List<Holder> holders(Delivery delivery) {
        Optional<Holder> byKey = first(HOLDER + "dedup_key = ?", Deduplication::holder, delivery.dedupKey());
        String fingerprint = delivery.fingerprint();
        Optional<Holder> byFingerprint = fingerprint == null
                ? Optional.empty()
                : first(HOLDER + "fingerprint = ?", Deduplication::holder, fingerprint);
        return Stream.concat(byKey.stream(), byFingerprint.stream()).distinct().toList();
    }

    private boolean takeOver(Delivery delivery, List<Holder> holders) {
        if (holders.isEmpty()) {
            return rows.insertHolder(delivery);
        }
        return transaction.call(
                () -> holders.stream().allMatch(holder -> release(holder, delivery)) && rows.insertHolder(delivery));
    }

    private boolean release(Holder holder, Delivery delivery) {
        return transaction.update(RELEASE, Bound.to(holder.id(), delivery.dedupKey(), delivery.fingerprint())) > 0;
    }

    /** Lets go of the keys of what was received in a time; returns how many. */
    int forget(Instant from, Instant to) {
        return transaction.update(FORGET, Bound.to(DeliveryIds.lowest(from), DeliveryIds.lowest(to)));
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
                Bound.instant(row, "decided_at"),
                row.getBoolean("failed"));
    }
}
