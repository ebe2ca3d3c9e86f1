package dev.forgeway.store;

import dev.forgeway.error.Reason;
import dev.forgeway.event.Event;
import dev.forgeway.event.Project;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Which projects are private, as their forges said last. An event that is older than what is known changes nothing, so
 * that a replay of what was public once tells nobody what became private since.
 */
@Component
public class PrivateProjects {

    static final String KEYS = "select key_name from private_project";

    private static final String PRIVATE = "private";

    private static final String INSERT =
            "insert into private_project (told_at, key_name) values (?, ?) on conflict do nothing";

    private static final String AGAIN = "update private_project set told_at = ? where key_name = ? and told_at < ?";

    private static final String PUBLIC = "delete from private_project where key_name = ? and told_at < ?";

    private static final String OF_DELIVERY = """
            select count(*) from delivery join private_project on private_project.key_name = delivery.project
            where delivery.id = ?
            """;

    private static final String OF_JOB = """
            select count(*) from job join delivery on delivery.id = job.delivery_id
            where job.id = ?
                and exists (select 1 from private_project where key_name = delivery.project or key_name = job.project)
            """;

    /** An event that says "public" asks the database only about a project that was private this long ago. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;
    private volatile Set<String> known = Set.of();
    private volatile Instant knownAt = Instant.EPOCH;

    public PrivateProjects(JdbcTemplate jdbc, StoreTransaction transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * Learns what an event says of its project; to be called before anything of the event can be read.
     *
     * @param reason why the event was stopped, if it was: a forge that was asked may have said more than the event
     */
    void learn(@Nullable Event event, @Nullable Reason reason) {
        Project project = event == null ? null : event.project();
        if (event == null || project == null) {
            return;
        }
        Instant at = event.occurredAt();
        if (PRIVATE.equals(project.visibility()) || reason == Reason.PRIVATE_REPOSITORY) {
            if (transaction.updateSoon(AGAIN, Bound.to(at, project.key(), at)) == 0) {
                transaction.update(INSERT, Bound.to(at, project.key()));
                knownAt = Instant.EPOCH;
            }
        } else if (project.visibility() != null && known().contains(project.key())) {
            transaction.update(PUBLIC, Bound.to(project.key(), at));
        }
    }

    private Set<String> known() {
        Instant now = Instant.now();
        if (knownAt.plus(FRESH).isBefore(now)) {
            knownAt = now;
            known = all();
        }
        return known;
    }

    /** The keys of all. */
    public Set<String> all() {
        return jdbc.queryForList(KEYS, String.class).stream().collect(Collectors.toUnmodifiableSet());
    }

    public boolean contains(String projectKey) {
        return isAny("select count(*) from private_project where key_name = ?", projectKey);
    }

    /** Whether a delivery is about one. */
    public boolean ofDelivery(String id) {
        return isAny(OF_DELIVERY, id);
    }

    /** Whether a job is for one, or because of one. */
    public boolean ofJob(String id) {
        return isAny(OF_JOB, id);
    }

    private boolean isAny(String sql, String value) {
        Integer count = jdbc.queryForObject(sql, Integer.class, value);
        return count != null && count > 0;
    }
}
