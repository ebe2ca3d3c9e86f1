package dev.forgeway.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** How far each feed that is polled was read. */
@Component
public class PollingStore {

    private static final String FIND = "select place, etag from polling where feed = ?";
    private static final String MOVE = "update polling set place = ?, etag = ? where feed = ?";
    private static final String BEGIN = "insert into polling (place, etag, feed) values (?, ?, ?)";

    /**
     * @param position what was read last, in the words of the feed's reader
     * @param etag the tag of the last answer, so that the next one can be empty
     */
    public record Position(String position, @Nullable String etag) {}

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;

    public PollingStore(JdbcTemplate jdbc, StoreTransaction transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Empty for a feed that was never read. */
    public Optional<Position> find(String feed) {
        return jdbc
                .query(
                        FIND,
                        Bound.to(feed),
                        (row, number) -> new Position(row.getString("place"), row.getString("etag")))
                .stream()
                .findFirst();
    }

    /** @throws org.springframework.dao.DataAccessException when another process began with the feed at this moment */
    public void move(String feed, Position to) {
        Bound values = Bound.to(to.position(), to.etag(), feed);
        transaction.run(() -> {
            if (transaction.update(MOVE, values) == 0) {
                transaction.update(BEGIN, values);
            }
        });
    }
}
