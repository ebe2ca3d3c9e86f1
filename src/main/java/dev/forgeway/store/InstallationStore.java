package dev.forgeway.store;

import dev.forgeway.event.InstallationEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The installations of the GitHub App with their repositories. What is older than what is known changes no state. */
@Component
public class InstallationStore {

    private static final String INSERT = """
            insert into installation (account, installed_by, state, installed_at, changed_at, delivery_id, id)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """;

    private static final String MOVE = """
            update installation
            set state = ?, changed_at = ?, delivery_id = ?, installed_by = coalesce(installed_by, ?)
            where id = ? and state <> 'REMOVED' and (changed_at <= ? or ?)
            """;

    private static final String ADD = """
            insert into installation_repository (installation_id, project, added_at) values (?, ?, ?)
            on conflict do nothing
            """;

    private static final String REMOVE = """
            delete from installation_repository where installation_id = ? and project = ? and added_at <= ?
            """;

    private static final String OF_PROJECT = """
            select installation.* from installation
            join installation_repository as repository on repository.installation_id = installation.id
            where repository.project = ?
            order by installation.id desc limit 1
            """;

    private static final String OF_ACCOUNT =
            "select * from installation where account = ? order by installation.id desc limit 1";

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;

    public InstallationStore(JdbcTemplate jdbc, StoreTransaction transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Stores what an event tells; the same event again changes nothing. */
    public void saw(InstallationEvent event, String accountKey, String deliveryId) {
        transaction.run(() -> {
            KnownInstallation.State state = state(event.action());
            if (!insert(event, accountKey, state, deliveryId)) {
                move(event, state, deliveryId);
            }
            change(event);
        });
    }

    private boolean insert(
            InstallationEvent event, String accountKey, KnownInstallation.State state, String deliveryId) {
        Instant at = event.occurredAt();
        Bound row = Bound.to(
                accountKey,
                installer(event),
                state.name(),
                at,
                at,
                deliveryId,
                event.installation().id());
        return transaction.update(INSERT, row) > 0;
    }

    private void move(InstallationEvent event, KnownInstallation.State state, String deliveryId) {
        boolean removed = state == KnownInstallation.State.REMOVED;
        boolean repositoriesOnly = event.action().startsWith("repositories-");
        if (!repositoriesOnly) {
            Instant at = event.occurredAt();
            transaction.update(
                    MOVE,
                    Bound.to(
                            state.name(),
                            at,
                            deliveryId,
                            installer(event),
                            event.installation().id(),
                            at,
                            removed));
        }
    }

    private void change(InstallationEvent event) {
        long id = event.installation().id();
        for (String name : event.repositories()) {
            String project = event.host() + "/" + name;
            switch (event.action()) {
                case "created", "repositories-added" ->
                    transaction.update(ADD, Bound.to(id, project, event.occurredAt()));
                case "repositories-removed" -> transaction.update(REMOVE, Bound.to(id, project, event.occurredAt()));
                default -> {}
            }
        }
    }

    private static @Nullable String installer(InstallationEvent event) {
        return event.action().equals("created") ? event.actor() : null;
    }

    private static KnownInstallation.State state(String action) {
        return switch (action) {
            case "deleted" -> KnownInstallation.State.REMOVED;
            case "suspended" -> KnownInstallation.State.SUSPENDED;
            default -> KnownInstallation.State.ACTIVE;
        };
    }

    public Optional<KnownInstallation> find(long id) {
        return jdbc.query("select * from installation where id = ?", Bound.to(id), this::installation).stream()
                .findFirst();
    }

    /** The newest installation that a project belonged to, or else that of the account that owns it. */
    public Optional<KnownInstallation> ofProject(String projectKey) {
        return jdbc.query(OF_PROJECT, Bound.to(projectKey), this::installation).stream()
                .findFirst()
                .or(() -> ofAccount(projectKey.substring(0, Math.max(0, projectKey.lastIndexOf('/')))));
    }

    /**
     * The installations that fit, the newest first.
     *
     * @param retired only those that are to be ended, or were
     * @param before only those with a lower id
     * @param limit 1 to {@value DeliveryQuery#MOST}; more is cut
     */
    public List<KnownInstallation> search(
            KnownInstallation.@Nullable State state, boolean retired, @Nullable Long before, int limit) {
        List<String> clauses = new ArrayList<>(List.of("id < ?"));
        List<Object> values = new ArrayList<>(List.of(before == null ? Long.MAX_VALUE : before));
        if (state != null) {
            clauses.add("state = ?");
            values.add(state.name());
        }
        if (retired) {
            clauses.add("id in (select installation_id from retirement)");
        }
        return jdbc.query(
                "select * from installation where " + String.join(" and ", clauses) + " order by id desc limit "
                        + Math.max(1, Math.min(limit, DeliveryQuery.MOST)),
                Bound.to(values.toArray()),
                this::installation);
    }

    /** The newest installation of an account. */
    public Optional<KnownInstallation> ofAccount(String accountKey) {
        return jdbc.query(OF_ACCOUNT, Bound.to(accountKey), this::installation).stream()
                .findFirst();
    }

    private List<String> repositories(long id) {
        return jdbc.queryForList(
                "select project from installation_repository where installation_id = ? order by project",
                String.class,
                id);
    }

    private KnownInstallation installation(ResultSet row, int number) throws SQLException {
        return new KnownInstallation(
                row.getLong("id"),
                row.getString("account"),
                row.getString("installed_by"),
                KnownInstallation.State.valueOf(row.getString("state")),
                repositories(row.getLong("id")),
                Bound.required(row, "installed_at"),
                Bound.required(row, "changed_at"),
                row.getString("delivery_id"));
    }
}
