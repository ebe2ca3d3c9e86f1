package dev.forgeway.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What is paused, in all processes that share the database, and across their restarts. */
@Component
public class PauseStore {

    private static final String INSERT = """
            insert into pause (kind, name, paused_at, paused_by, note) values (?, ?, ?, ?, ?) on conflict do nothing
            """;

    private static final String DELETE = "delete from pause where kind = ? and name = ?";

    private static final String ALL =
            "select kind, name, paused_at, paused_by, note from pause order by paused_at, kind, name";

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;
    private final DeadLetterStore actions;

    public PauseStore(JdbcTemplate jdbc, StoreTransaction transaction, DeadLetterStore actions) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.actions = actions;
    }

    /**
     * Begins a pause, with the record of who did it; one that goes on already stays as it is.
     *
     * @return whether it was not paused before
     */
    public boolean pause(Pause pause, AdminAction action) {
        Bound values = Bound.to(pause.kind().name(), pause.name(), pause.since(), pause.by(), pause.note());
        return change(INSERT, values, action);
    }

    /**
     * Ends a pause, with the record of who did it.
     *
     * @return whether it was paused
     */
    public boolean resume(Pause.Kind kind, String name, AdminAction action) {
        return change(DELETE, Bound.to(kind.name(), name), action);
    }

    private boolean change(String sql, Bound values, AdminAction action) {
        return transaction.call(() -> {
            boolean changed = transaction.update(sql, values) > 0;
            if (changed) {
                actions.record(action);
            }
            return changed;
        });
    }

    /** What is paused, the longest first. */
    public List<Pause> all() {
        return jdbc.query(ALL, PauseStore::pause);
    }

    private static Pause pause(ResultSet row, int number) throws SQLException {
        return new Pause(
                Pause.Kind.valueOf(row.getString("kind")),
                row.getString("name"),
                Bound.required(row, "paused_at"),
                row.getString("paused_by"),
                row.getString("note"));
    }
}
