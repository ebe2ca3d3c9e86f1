package dev.forgeway.store;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What comments commanded, for forges that do not tell what a comment was before it was edited. */
@Component
public class CommentCommandStore {

    private static final String INSERT = """
            insert into comment_command (comment_key, delivery_id, command_key) values (?, ?, ?)
            on conflict do nothing
            """;

    private static final String BEFORE = """
            select command_key from comment_command
            where comment_key = ? and delivery_id < ? order by delivery_id desc limit 1
            """;

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;

    public CommentCommandStore(JdbcTemplate jdbc, StoreTransaction transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * Keeps what a delivery said that a comment commands, and says whether the delivery before it said the same of this
     * comment. Asked again by the same delivery, the answer is the same.
     *
     * @param comment which comment of which project it is
     * @param command the line with the command, with one blank between its words
     */
    public boolean repeats(String comment, String command, String deliveryId) {
        String key =
                UUID.nameUUIDFromBytes(command.getBytes(StandardCharsets.UTF_8)).toString();
        transaction.update(INSERT, Bound.to(comment, deliveryId, key));
        return jdbc.queryForList(BEFORE, String.class, comment, deliveryId).contains(key);
    }
}
