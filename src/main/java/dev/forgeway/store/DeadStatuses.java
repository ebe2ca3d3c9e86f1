package dev.forgeway.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reports that the broker gave up on. Each is a dead letter until somebody does something about it, or until something newer is
 * wanted at its place, which is shown or given up by itself.
 */
final class DeadStatuses {

    /** Of a row of dead_status with its place. */
    static final String IS_DEAD = """
            outbox.wanted = dead_status.version and outbox.last_error is not null
                and not exists (select 1 from admin_action where admin_action.subject = dead_status.id)""";

    /** Not for a notice that comes twice. */
    private static final String INSERT = """
            insert into dead_status (id, outbox_id, version, given_up_at, settled)
            select cast(? as varchar), outbox.id, outbox.wanted, cast(? as timestamp with time zone), false
            from outbox where outbox.id = ? and outbox.sent < outbox.wanted
                and not exists (select 1 from dead_status where dead_status.outbox_id = outbox.id and %s)
            """.formatted(IS_DEAD);

    /** What is newer than what was tried has a message of its own. */
    private static final String GIVE_UP = """
            update outbox
            set claimed_until = null, sent = greatest(sent, claimed_version),
                last_error = 'tried until the broker gave up' || coalesce(': ' || last_error, '')
            where id = ?
            """;

    /** The error stays until it is shown, so that it stays a dead letter until an action about it is recorded. */
    private static final String AGAIN = """
            update outbox set sent = wanted - 1, attempts = 0
            where id = ? and last_error is not null
                and wanted = (select dead_status.version from dead_status where dead_status.id = ?)
            """;

    private static final String PLACE = "select outbox_id from dead_status where id = ?";

    private static final String SETTLED = """
            select distinct given_up.outbox_id from dead_status as given_up
            where not given_up.settled and not exists (
                select 1 from dead_status join outbox on outbox.id = dead_status.outbox_id
                where dead_status.outbox_id = given_up.outbox_id and %s)
            """.formatted(IS_DEAD);

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;

    DeadStatuses(JdbcTemplate jdbc, StoreTransaction transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    boolean giveUp(String place, Instant now) {
        return transaction.call(() -> {
            boolean isUnsent = transaction.update(INSERT, Bound.to(DeliveryIds.among(now), now, place)) > 0;
            if (isUnsent) {
                transaction.update(GIVE_UP, Bound.to(place));
            }
            return isUnsent;
        });
    }

    Optional<String> place(String id) {
        return jdbc.query(PLACE, Bound.to(id), (row, number) -> row.getString("outbox_id")).stream()
                .findFirst();
    }

    boolean wantAgain(String id) {
        return place(id)
                .filter(place -> transaction.update(AGAIN, Bound.to(place, id)) > 0)
                .isPresent();
    }

    List<String> settled() {
        return jdbc.query(SETTLED, Bound.to(), (row, number) -> row.getString("outbox_id"));
    }

    void settle(String place) {
        transaction.update("update dead_status set settled = true where outbox_id = ?", Bound.to(place));
    }
}
