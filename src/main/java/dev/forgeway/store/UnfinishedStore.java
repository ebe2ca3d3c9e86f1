package dev.forgeway.store;

import dev.forgeway.metrics.Step;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What is still to be done, and for each of which a queue of the broker therefore holds a message. */
@Component
public class UnfinishedStore {

    /** A backlog beyond this is not looked through: so much waits because there is much, and not because it is lost. */
    private static final int MOST = 50_000;

    private static final String DELIVERIES = """
            select id from delivery where outcome = 'queued' and id < ? and body is not null order by id limit %d
            """.formatted(MOST);

    /** Reads one range of the index job_open. */
    private static final String JOBS = """
            select id, handler, priority from job where state = 'QUEUED' and queued_at < ? limit %d
            """.formatted(MOST);

    /** Reads one range of the index outbox_by_delivery. */
    private static final String STATUSES = """
            select id from outbox
            where delivery_id >= ? and sent < wanted and created_at < ?
                and (claimed_until is null or claimed_until < ?)
            limit %d
            """.formatted(MOST);

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;
    private final EventJson json;

    public UnfinishedStore(JdbcTemplate jdbc, StoreTransaction transaction, EventJson json) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.json = json;
    }

    /** What a message is about. */
    public enum Kind {
        DELIVERY("delivery"),
        JOB("job"),
        STATUS("outbox");

        private final String table;

        Kind(String table) {
            this.table = table;
        }

        /** The name in metrics. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A job that no handler has begun with for good.
     *
     * @param priority that was decided for it
     */
    public record QueuedJob(String id, String handler, int priority) {}

    /** The deliveries that were received before a time and about which nothing is decided, oldest first. */
    public List<String> deliveries(Instant before) {
        return jdbc.query(DELIVERIES, Bound.to(DeliveryIds.lowest(before)), (row, number) -> row.getString("id"));
    }

    /** The jobs that were queued before a time and are to be done. */
    public List<QueuedJob> jobs(Instant before) {
        return jdbc.query(
                JOBS,
                Bound.to(before),
                (row, number) -> new QueuedJob(row.getString("id"), row.getString("handler"), row.getInt("priority")));
    }

    /**
     * The places on forges about which something newer is wanted than is shown, and which nobody has claimed.
     *
     * @param since only those that a delivery took which was received after this
     * @param before only those that were first wanted before this
     */
    public List<String> statuses(Instant since, Instant before, Instant now) {
        return jdbc.query(
                STATUSES, Bound.to(DeliveryIds.lowest(since), before, now), (row, number) -> row.getString("id"));
    }

    /** Adds a step to the story of a delivery, job or status. */
    public void tell(Kind kind, String id, Step step) {
        transaction.update(
                "update " + kind.table + " set steps = steps || ? where id = ?",
                Bound.to(json.writeSteps(List.of(step)), id));
    }
}
