package dev.forgeway.store;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The releases that were active last, for all processes and across restarts. */
@Component
public class ReleaseStore {

    private static final String SOURCE = "bodhi";

    private static final String FIND = """
            select fedora_stable, fedora_branched, epel, told_at from active_releases where source = ?
            """;
    private static final String INSERT = """
            insert into active_releases (fedora_stable, fedora_branched, epel, told_at, source) values (?, ?, ?, ?, ?)
            on conflict do nothing
            """;
    private static final String UPDATE = """
            update active_releases set fedora_stable = ?, fedora_branched = ?, epel = ?, told_at = ? where source = ?
            """;

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;

    public ReleaseStore(JdbcTemplate jdbc, StoreTransaction transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Empty when Bodhi was never heard. */
    public Optional<ActiveReleases> find() {
        return jdbc
                .query(
                        FIND,
                        Bound.to(SOURCE),
                        (row, number) -> new ActiveReleases(
                                list(row.getString("fedora_stable")),
                                list(row.getString("fedora_branched")),
                                list(row.getString("epel")),
                                Bound.required(row, "told_at")))
                .stream()
                .findFirst();
    }

    /** From now on these are the active ones. */
    public void put(ActiveReleases releases) {
        Bound values = Bound.to(
                String.join(",", releases.fedoraStable()),
                String.join(",", releases.fedoraBranched()),
                String.join(",", releases.epel()),
                releases.toldAt(),
                SOURCE);
        if (transaction.update(UPDATE, values) == 0 && transaction.update(INSERT, values) == 0) {
            transaction.update(UPDATE, values);
        }
    }

    private static List<String> list(String versions) {
        return versions.isEmpty() ? List.of() : List.of(versions.split(","));
    }
}
