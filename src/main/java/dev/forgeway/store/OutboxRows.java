package dev.forgeway.store;

import dev.forgeway.forge.Check;
import dev.forgeway.forge.Target;
import dev.forgeway.metrics.Step;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads rows of the outbox. */
final class OutboxRows {

    private final EventJson json;

    OutboxRows(EventJson json) {
        this.json = json;
    }

    /** An entry, and until when somebody is sending it. */
    record Claimable(OutboxEntry entry, @Nullable Instant claimedUntil) {}

    Optional<Claimable> claim(JdbcTemplate jdbc, String id) {
        return jdbc
                .query(
                        "select * from outbox where id = ?",
                        Bound.to(id),
                        (row, number) -> new Claimable(entry(row), Bound.instant(row, "claimed_until")))
                .stream()
                .findFirst();
    }

    OutboxEntry entry(ResultSet row) throws SQLException {
        Wanted.Kind kind = Wanted.Kind.valueOf(row.getString("kind"));
        String content = row.getString("content");
        String externalId = row.getString("external_id");
        return new OutboxEntry(
                row.getString("id"),
                kind,
                row.getString("forge"),
                json.read(row.getString("target"), Target.class),
                row.getString("place"),
                row.getString("name"),
                kind == Wanted.Kind.CHECK ? json.read(content, Check.class) : null,
                kind != Wanted.Kind.CHECK ? json.read(content, String.class) : null,
                Bound.required(row, "generation"),
                row.getString("delivery_id"),
                row.getString("job_id"),
                row.getInt("wanted"),
                externalId,
                externalId == null && row.getInt("claims") > 1,
                row.getInt("sent"),
                row.getInt("attempts"),
                row.getString("last_error"),
                Bound.required(row, "created_at"),
                Bound.instant(row, "first_sent_at"),
                Bound.instant(row, "last_sent_at"),
                json.readList(row.getString("steps"), Step.class));
    }
}
