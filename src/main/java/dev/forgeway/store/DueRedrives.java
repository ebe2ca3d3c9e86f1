package dev.forgeway.store;

import dev.forgeway.error.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Which dead letters come again by themselves: somebody was away for longer than the broker tried, and may be back. What may
 * have had an effect, or was done by another delivery since, is left for a person.
 */
@Component
public class DueRedrives {

    private static final String EXHAUSTED = "'" + Reason.ATTEMPTS_EXHAUSTED.wireName() + "'";

    /** How often a delivery came, whoever sent it. */
    private static final String COPIES = """
            (select count(*) from delivery as copy
                where copy.delivery_key = delivery.delivery_key and copy.source = delivery.source
                    and copy.outcome <> 'duplicate')""";

    private static final String IS_NEWEST_COPY = """
            not exists (select 1 from delivery as later
                where later.delivery_key = delivery.delivery_key and later.source = delivery.source
                    and later.outcome <> 'duplicate' and later.id > delivery.id)""";

    /** Nothing of the delivery was achieved, runs, or was called for without an answer: all of it may be done again. */
    private static final String CAME_TO_NOTHING = """
            not exists (select 1 from job as other
                where other.delivery_id = delivery.id
                    and (other.state <> 'DONE' or other.outcome = 'succeeded'
                        or other.external_id is not null or other.effect_until is not null))""";

    private static final String NOBODY_ASKED_SINCE = """
            not exists (select 1 from delivery as later join job as newer on newer.delivery_id = later.id
                where later.commit_id = delivery.commit_id and later.id > delivery.id
                    and newer.handler = job.handler and newer.project = job.project)""";

    private static final String DELIVERIES = """
            select delivery.id from delivery
            where %s and delivery.reason = %s and delivery.id >= ? and delivery.body is not null and %s
                and delivery.decided_at < """.formatted(DeadLetterStore.IS_DEAD_DELIVERY, EXHAUSTED, IS_NEWEST_COPY);

    private static final String JOBS =
            """
            select job.id from job join delivery on delivery.id = job.delivery_id
            where %s and job.reason = %s and job.id >= ? and job.subscription is null and delivery.body is not null
                and %s and %s and %s
                and job.ended_at < """.formatted(DeadLetterStore.IS_DEAD_JOB, EXHAUSTED, IS_NEWEST_COPY, CAME_TO_NOTHING, NOBODY_ASKED_SINCE);

    /** Those of whoever is told by configuration begin alone, as the same job; the last place is for the handlers. */
    private static final String JOBS_ALONE = """
            select job.id from job
            where %s and job.reason = %s and job.id >= ? and job.subscription is not null and job.handler in (%%s)
                and job.ended_at < """.formatted(DeadLetterStore.IS_DEAD_JOB, EXHAUSTED);

    private static final String TRIES_ALONE = """
            (select 1 + count(*) from admin_action
                where admin_action.subject = job.id and admin_action.done_by = '%s')""".formatted(AdminAction.SCHEDULE);

    private static final String STATUSES = """
            select dead_status.id from dead_status join outbox on outbox.id = dead_status.outbox_id
            where %s and dead_status.id >= ? and dead_status.given_up_at < """.formatted(DeadStatuses.IS_DEAD);

    private static final String TRIES_OF_STATUS = """
            (select 1 + count(*) from dead_status as earlier join admin_action on admin_action.subject = earlier.id
                where earlier.outbox_id = dead_status.outbox_id and earlier.version = dead_status.version
                    and admin_action.done_by = '%s')""".formatted(AdminAction.SCHEDULE);

    private final JdbcTemplate jdbc;

    public DueRedrives(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The ids of those that are due, of each kind the oldest first.
     *
     * @param since what came before is left for a person
     * @param handlers the names of all there are; a job that begins alone begins with its own handler, which may be gone
     * @param delays how long after it was given up something comes again for the first time, the second time, and so on; what
     *     was given up more often than that is left for a person
     * @param limit of each kind
     */
    public List<String> find(
            Instant since, Instant now, Collection<String> handlers, List<Duration> delays, int limit) {
        if (delays.isEmpty()) {
            return List.of();
        }
        List<String> due = new ArrayList<>();
        List<String> any = List.of();
        String alone = JOBS_ALONE.formatted(String.join(", ", Collections.nCopies(handlers.size(), "?")));
        due.addAll(find(DELIVERIES + due(COPIES, delays) + " order by delivery.id", since, now, any, delays, limit));
        due.addAll(find(JOBS + due(COPIES, delays) + " order by job.id", since, now, any, delays, limit));
        due.addAll(find(
                STATUSES + due(TRIES_OF_STATUS, delays) + " order by dead_status.id", since, now, any, delays, limit));
        due.addAll(find(alone + due(TRIES_ALONE, delays) + " order by job.id", since, now, handlers, delays, limit));
        return due;
    }

    private List<String> find(
            String sql, Instant since, Instant now, Collection<String> handlers, List<Duration> delays, int limit) {
        List<Object> values = new ArrayList<>();
        values.add(DeliveryIds.lowest(since));
        values.addAll(handlers);
        delays.forEach(delay -> values.add(now.minus(delay)));
        values.add(limit);
        return jdbc.query(sql + " limit ?", Bound.to(values.toArray()), (row, number) -> row.getString(1));
    }

    /** Before when something was given up that is due, by how often it was tried; null, so never, after the last delay. */
    private static String due(String tries, List<Duration> delays) {
        String cases = IntStream.rangeClosed(1, delays.size())
                .mapToObj(number -> " when " + number + " then cast(? as timestamp with time zone)")
                .collect(Collectors.joining());
        return "case " + tries + cases + " end";
    }
}
