package dev.forgeway.store;

import dev.forgeway.dispatch.Job;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What is to be sent because somebody worked on a job. */
@Component
public class ConsequenceStore {

    private static final String FIND = """
            select id, true as of_outbox, created_at as at_time from outbox
            where delivery_id = ? and job_id = ? and sent < wanted
            union all
            select id, false as of_outbox, queued_at as at_time from job
            where build_id = ? and (state = 'BLOCKED' or released_by = ?)
            order by at_time, id
            """;

    private final JdbcTemplate jdbc;

    public ConsequenceStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What follows.
     *
     * @param reports the ids of what the forge does not show yet
     * @param needed whether jobs still wait for this one, or were released on behalf of who asks
     */
    public record Consequences(List<String> reports, boolean needed) {}

    /** One query, because nearly every job has none; to be asked after what became of the job was stored. */
    public Consequences of(Job subject, String releasedBy) {
        List<String> reports = new ArrayList<>();
        List<String> followers = new ArrayList<>();
        jdbc.query(FIND, Bound.to(subject.deliveryId(), subject.id(), subject.id(), releasedBy), row -> {
            (row.getBoolean("of_outbox") ? reports : followers).add(row.getString("id"));
        });
        return new Consequences(List.copyOf(reports), !followers.isEmpty());
    }
}
