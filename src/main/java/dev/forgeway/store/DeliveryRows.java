package dev.forgeway.store;

import dev.forgeway.error.Reason;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.metrics.Step;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Creates deliveries and reads their rows. */
final class DeliveryRows {

    static final String COLUMNS = """
            id, source, delivery_key, event_name, received_at, outcome, reason, detail, duplicate_of, event, steps, \
            decided_at \
            """;

    private static final String INSERT = """
            insert into delivery (id, source, delivery_key, dedup_key, fingerprint, duplicate_of, event_name,
                received_at, headers, body, outcome, reason, steps, decided_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """;

    private final StoreTransaction transaction;
    private final EventJson json;

    DeliveryRows(StoreTransaction transaction, EventJson json) {
        this.transaction = transaction;
        this.json = json;
    }

    /** Creates the row as the holder of its keys; false when the id, the key or the fingerprint is taken. */
    boolean insertHolder(Delivery delivery) {
        byte[] body = Body.deflate(delivery.body());
        Bound row = row(delivery, true, null, body, Outcome.QUEUED, null, null);
        return transaction.updateSoon(INSERT, row) > 0;
    }

    void insertDuplicate(Delivery delivery, String duplicateOf) {
        Reason reason = Reason.ALREADY_RECEIVED;
        transaction.update(INSERT, row(delivery, false, duplicateOf, null, Outcome.DUPLICATE, reason, Instant.now()));
    }

    private Bound row(
            Delivery delivery,
            boolean holder,
            @Nullable String duplicateOf,
            byte @Nullable [] body,
            Outcome outcome,
            @Nullable Reason reason,
            @Nullable Instant decidedAt) {
        return Bound.to(
                delivery.id(),
                delivery.source(),
                delivery.key(),
                holder ? delivery.dedupKey() : null,
                holder ? delivery.fingerprint() : null,
                duplicateOf,
                delivery.eventName(),
                delivery.receivedAt(),
                json.write(delivery.headers()),
                body,
                outcome.wireName(),
                reason == null ? null : reason.wireName(),
                json.writeSteps(delivery.steps()),
                decidedAt);
    }

    StoredDelivery stored(ResultSet row, int number) throws SQLException {
        String reason = row.getString("reason");
        String event = row.getString("event");
        return new StoredDelivery(
                row.getString("id"),
                row.getString("source"),
                row.getString("delivery_key"),
                row.getString("event_name"),
                Bound.required(row, "received_at"),
                outcome(row),
                reason == null ? null : Reason.valueOf(constant(reason)),
                row.getString("detail"),
                row.getString("duplicate_of"),
                event == null ? null : json.readTree(event),
                json.readList(row.getString("steps"), Step.class),
                Bound.instant(row, "decided_at"));
    }

    /** A delivery as it came, with the story still to be told. */
    Delivery delivery(ResultSet row, int number) throws SQLException {
        return new Delivery(
                row.getString("id"),
                row.getString("source"),
                row.getString("delivery_key"),
                row.getString("event_name"),
                Bound.required(row, "received_at"),
                json.readMap(row.getString("headers")),
                Body.inflate(row.getBytes("body")),
                List.of());
    }

    static Outcome outcome(ResultSet row) throws SQLException {
        return Outcome.valueOf(constant(row.getString("outcome")));
    }

    private static String constant(String wireName) {
        return wireName.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
