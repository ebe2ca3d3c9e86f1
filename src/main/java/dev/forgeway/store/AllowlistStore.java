package dev.forgeway.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Component;

/** Which namespaces and projects may use the service. */
@Component
public class AllowlistStore {

    private static final String WAITING = "waiting";

    private static final String INSERT = """
            insert into allowlist (status, note, changed_at, key_name) values (?, ?, ?, ?)
            on conflict do nothing
            """;

    private static final String UPDATE = """
            update allowlist set status = ?, note = ?, changed_at = ? where key_name = ?
            """;

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;

    public AllowlistStore(JdbcTemplate jdbc, StoreTransaction transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * The status that counts for a project: its own, else that of its namespace, else of the namespaces around it, else
     * of its host. A "waiting" gives way to a decision further up.
     */
    public Optional<String> status(String host, String namespace, String name) {
        List<String> keys = climb(host, namespace, name);
        Map<String, String> found = statuses(keys);
        return keys.stream()
                .filter(found::containsKey)
                .map(found::get)
                .filter(status -> !status.equals(WAITING))
                .findFirst()
                .or(() -> found.isEmpty() ? Optional.empty() : Optional.of(WAITING));
    }

    /** The status of this key alone. */
    public Optional<String> statusOf(String key) {
        return Optional.ofNullable(statuses(List.of(key)).get(key));
    }

    /** Sets the status of a key, whatever it was. */
    public void put(String key, String status, @Nullable String note) {
        Bound values = Bound.to(status, note, Instant.now(), key);
        if (transaction.update(UPDATE, values) == 0 && transaction.update(INSERT, values) == 0) {
            transaction.update(UPDATE, values);
        }
    }

    /**
     * The entries in the order of their keys.
     *
     * @param status only those with this status; null for all
     * @param after only those whose keys come behind this
     * @param alsoPrivate whether those of private projects are among them
     * @param limit 1 to {@value DeliveryQuery#MOST}; more is cut
     */
    public List<AllowlistEntry> search(@Nullable String status, String after, boolean alsoPrivate, int limit) {
        String hidden = alsoPrivate ? "" : " and key_name not in (" + PrivateProjects.KEYS + ")";
        return jdbc.query(
                "select * from allowlist where key_name > ? and (cast(? as varchar) is null or status = ?)" + hidden
                        + " order by key_name limit " + Math.max(1, Math.min(limit, DeliveryQuery.MOST)),
                Bound.to(after, status, status),
                AllowlistStore::entry);
    }

    /** What was decided about this key alone. */
    public Optional<AllowlistEntry> find(String key) {
        return jdbc.query("select * from allowlist where key_name = ?", Bound.to(key), AllowlistStore::entry).stream()
                .findFirst();
    }

    private static AllowlistEntry entry(ResultSet row, int number) throws SQLException {
        return new AllowlistEntry(
                row.getString("key_name"),
                row.getString("status"),
                row.getString("note"),
                Bound.required(row, "changed_at"));
    }

    /** Forgets a key; false when it was not there. */
    public boolean remove(String key) {
        return transaction.update("delete from allowlist where key_name = ?", Bound.to(key)) > 0;
    }

    private Map<String, String> statuses(List<String> keys) {
        String places = String.join(", ", keys.stream().map(key -> "?").toList());
        Map<String, String> found = new HashMap<>();
        RowCallbackHandler collect = row -> found.put(row.getString("key_name"), row.getString("status"));
        jdbc.query(
                "select key_name, status from allowlist where key_name in (" + places + ")",
                Bound.to(keys.toArray()),
                collect);
        return found;
    }

    private static List<String> climb(String host, String namespace, String name) {
        List<String> keys = new ArrayList<>();
        keys.add(host + (namespace.isEmpty() ? "/" : "/" + namespace + "/") + name);
        String parent = namespace;
        while (!parent.isEmpty()) {
            keys.add(host + "/" + parent);
            parent = parent.contains("/") ? parent.substring(0, parent.lastIndexOf('/')) : "";
        }
        keys.add(host);
        return keys;
    }
}
