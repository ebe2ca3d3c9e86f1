package dev.forgeway.store;

import dev.forgeway.forge.Check;
import dev.forgeway.forge.CheckState;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes what is wanted into the outbox. */
final class OutboxWishes {

    private static final String INSERT = """
            insert into outbox (id, kind, forge, project, target, place, name, content, state_rank, generation,
                delivery_id, job_id, wanted, first_version, sent, claimed_version, claims, attempts, steps, created_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 1, 0, 0, 0, 0, '', ?)
            on conflict do nothing
            """;

    /** The rank from which a check stays where it is, within one generation. */
    private static final int FINAL = CheckState.SUCCESS.ordinal();

    private static final String ADVANCE = """
            update outbox
            set content = ?, state_rank = ?, job_id = coalesce(?, job_id),
                wanted = wanted + 1, attempts = 0, last_error = null
            where id = ? and generation = ? and state_rank < ? and state_rank <= ? and content <> ?
            """;

    /** What could not be sent before is tried again for the new generation, even when it is the same. */
    private static final String TAKE_OVER = """
            update outbox
            set wanted = wanted + case when content <> ? or last_error is not null then 1 else 0 end,
                first_version = wanted + case when content <> ? or last_error is not null then 1 else 0 end,
                content = ?, state_rank = ?, target = ?, generation = ?, delivery_id = ?, job_id = ?,
                attempts = 0, last_error = null, first_sent_at = null, last_sent_at = null, steps = ''
            where id = ? and generation < ?
            """;

    private static final String HAS_UNSENT = "select count(*) from outbox where id = ? and sent < wanted";

    private final JdbcTemplate jdbc;
    private final EventJson json;

    OutboxWishes(JdbcTemplate jdbc, EventJson json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Creates what is not there yet; the answer has a 0 for each that is. */
    int[] insert(List<Wanted> wanted) {
        Instant now = Instant.now();
        if (wanted.size() == 1) {
            return new int[] {jdbc.update(INSERT, newRow(wanted.get(0), now))};
        }
        int[][] counts = jdbc.batchUpdate(
                INSERT,
                wanted,
                wanted.size(),
                (row, entry) -> newRow(entry, now).setValues(row));
        return counts[0];
    }

    /** Changes an entry that is there; false when its forge has nothing new to show. */
    boolean change(Wanted wanted) {
        if (wanted.kind() != Wanted.Kind.CHECK) {
            return false;
        }
        String content = content(wanted);
        int rank = rank(wanted);
        String id = wanted.id();
        Instant generation = wanted.generation();
        if (jdbc.update(ADVANCE, Bound.to(content, rank, wanted.jobId(), id, generation, FINAL, rank, content)) > 0) {
            return true;
        }
        Bound takeover = Bound.to(
                content,
                content,
                content,
                rank,
                json.write(wanted.target()),
                generation,
                wanted.deliveryId(),
                wanted.jobId(),
                id,
                generation);
        return jdbc.update(TAKE_OVER, takeover) > 0 && hasUnsent(id);
    }

    private boolean hasUnsent(String id) {
        Integer unsent = jdbc.queryForObject(HAS_UNSENT, Integer.class, id);
        return unsent != null && unsent > 0;
    }

    private Bound newRow(Wanted wanted, Instant now) {
        return Bound.to(
                wanted.id(),
                wanted.kind().name(),
                wanted.forge(),
                wanted.target().project().key(),
                json.write(wanted.target()),
                wanted.place(),
                wanted.name(),
                content(wanted),
                rank(wanted),
                wanted.generation(),
                wanted.deliveryId(),
                wanted.jobId(),
                now);
    }

    private String content(Wanted wanted) {
        Object content = wanted.kind() == Wanted.Kind.CHECK ? wanted.check() : wanted.comment();
        if (content == null) {
            throw new IllegalArgumentException("nothing to show for " + wanted.name());
        }
        return json.write(content);
    }

    private static int rank(Wanted wanted) {
        Check check = wanted.check();
        return check == null ? 0 : check.state().ordinal();
    }
}
