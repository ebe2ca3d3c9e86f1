package dev.forgeway.store;

import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Deletes what is old, in batches that lock few rows for a short time. Deliveries are old by their ids, which sort by the
 * time of receipt.
 */
@Component
public class RetentionStore {

    /** What is thinned out before it is deleted; each kind goes through the deliveries once. */
    public enum Kind {
        BODIES,
        STEPS
    }

    private static final String DONE_UNTIL = "select done_until from retention where kind = ?";
    private static final String MOVE = "update retention set done_until = ? where kind = ?";
    private static final String BEGIN = "insert into retention (done_until, kind) values (?, ?)";

    private static final String BATCH = "select id from delivery where id > ? and id < ? order by id limit ?";

    /** A parked delivery keeps its body, for redrive needs it. */
    private static final String DROP_BODIES = """
            update delivery set body = null
            where id > ? and id <= ? and body is not null and outcome not in ('queued', 'parked')
            """;

    private static final List<String> DROP_STEPS = List.of(
            "update delivery set steps = '', stack = case when outcome = 'parked' then stack end where id > ? and id <= ? and steps <> '' and outcome <> 'queued'",
            "update job set steps = '', stack = case when outcome = 'error' then stack end where delivery_id > ? and delivery_id <= ? and steps <> '' and state = 'DONE'",
            "update outbox set steps = '' where delivery_id > ? and delivery_id <= ? and steps <> ''");

    private static final String OLD = """
            select id from delivery
            where outcome = ? and id > ? and id < ?
                and not exists (select 1 from job where job.delivery_id = delivery.id and job.state <> 'DONE')
            order by id limit ?
            """;

    /** The places are the ids of deliveries. */
    private static final List<String> DELETE = List.of(
            "delete from job_target where job_id in (select id from job where delivery_id in (%s))",
            "delete from package_issue where job_id in (select id from job where delivery_id in (%s))",
            "delete from pending_work where job_id in (select id from job where delivery_id in (%s))",
            "delete from job where delivery_id in (%s)",
            "delete from dead_status where outbox_id in (select id from outbox where delivery_id in (%s))",
            "delete from outbox where delivery_id in (%s)",
            "delete from notice where delivery_id in (%s)",
            "delete from comment_command where delivery_id in (%s)",
            "delete from delivery where id in (%s)");

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;

    public RetentionStore(JdbcTemplate jdbc, StoreTransaction transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * Empties the bodies or steps of the next batch of deliveries that were received before a time.
     *
     * @return how many deliveries the batch had; fewer than its size when all are done
     */
    public int thinOut(Kind kind, Instant before, int size) {
        String from =
                jdbc.query(DONE_UNTIL, Bound.to(kind.name()), (row, number) -> row.getString("done_until")).stream()
                        .findFirst()
                        .orElse("");
        List<String> batch = ids(BATCH, Bound.to(from, DeliveryIds.lowest(before), size));
        if (!batch.isEmpty()) {
            String to = batch.get(batch.size() - 1);
            transaction.run(() -> {
                List<String> statements = kind == Kind.BODIES ? List.of(DROP_BODIES) : DROP_STEPS;
                statements.forEach(statement -> transaction.update(statement, Bound.to(from, to)));
                if (transaction.update(MOVE, Bound.to(to, kind.name())) == 0) {
                    transaction.update(BEGIN, Bound.to(to, kind.name()));
                }
            });
        }
        return batch.size();
    }

    /**
     * The oldest deliveries with an outcome that were received before a time and of whose jobs all are done.
     *
     * @param after the last one of the batch before; empty for the first batch
     */
    public List<String> old(Outcome outcome, Instant before, String after, int size) {
        return ids(OLD, Bound.to(outcome.wireName(), after, DeliveryIds.lowest(before), size));
    }

    /** Deletes deliveries with their jobs, statuses, notices and commands, in one transaction. */
    public void delete(List<String> deliveries) {
        String places = String.join(", ", deliveries.stream().map(id -> "?").toList());
        Bound values = Bound.to(deliveries.toArray());
        transaction.run(() -> DELETE.forEach(statement -> transaction.update(statement.formatted(places), values)));
    }

    private List<String> ids(String sql, Bound values) {
        return jdbc.query(sql, values, (row, number) -> row.getString("id"));
    }
}
