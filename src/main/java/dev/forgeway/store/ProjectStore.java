package dev.forgeway.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What is known of the package configs of projects, and how often there was none; and how projects are spelled. */
@Component
public class ProjectStore {

    private static final int MOST = 200;

    /** The parameters are those of {@link #INSERT}, in the same order. */
    private static final String CHANGE = """
            update project
            set config_state = ?, config_path = ?, config_detail = ?, config_commit = ?, config_at = ?,
                last_present_at = coalesce(?, last_present_at), absences = absences + ?,
                first_absent_at = coalesce(first_absent_at, ?),
                last_absent_at = coalesce(greatest(?, last_absent_at), last_absent_at),
                absent_push = coalesce(?, absent_push), looked_for = ?
            where key_name = ?
            """;

    private static final String INSERT = """
            insert into project (config_state, config_path, config_detail, config_commit, config_at,
                last_present_at, absences, first_absent_at, last_absent_at, absent_push, looked_for, key_name)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """;

    private static final String SPELL =
            "insert into project_spelling (lower_name, key_name) values (?, ?) on conflict do nothing";

    private static final String SPELLINGS = "select key_name from project_spelling where lower_name = ?";

    private static final String LAST_DELIVERY = "select id from delivery where project = ? order by id desc limit 1";

    /** How many spellings a process remembers to have stored. */
    private static final int REMEMBERED = 10_000;

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;
    private final Map<String, Seen> waiting = new ConcurrentHashMap<>();
    private final Set<String> written = ConcurrentHashMap.newKeySet();
    private final Set<String> spelled = ConcurrentHashMap.newKeySet();

    public ProjectStore(JdbcTemplate jdbc, StoreTransaction transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * Stores what an event taught. Whoever writes for a project also writes what others bring meanwhile, so that the many
     * events of a noisy project do not queue up for its row.
     */
    public void saw(ConfigSighting sighting) {
        String key = sighting.projectKey();
        waiting.merge(key, Seen.of(sighting, Instant.now()), Seen::and);
        while (waiting.containsKey(key) && written.add(key)) {
            try {
                Seen seen = waiting.remove(key);
                if (seen != null) {
                    write(seen.row());
                }
            } finally {
                written.remove(key);
            }
        }
    }

    /** Keeps how a forge spells a project, for {@link #spelled}. */
    void called(@Nullable String key) {
        if (key == null || key.equals(lower(key)) || spelled.contains(key)) {
            return;
        }
        transaction.updateSoon(SPELL, Bound.to(lower(key), key));
        if (spelled.size() >= REMEMBERED) {
            spelled.clear();
        }
        spelled.add(key);
    }

    /**
     * A project of which something is known, as its forge spells it: most forges do not care how people write it.
     *
     * @return the key itself where there is something of that name, as on Pagure there may be two that differ in nothing else,
     *     or where nothing is known of either; of several others the one that the newest delivery is about
     */
    public String spelled(String key) {
        if (last(key).isPresent()) {
            return key;
        }
        List<String> others = new ArrayList<>(jdbc.queryForList(SPELLINGS, String.class, lower(key)));
        others.add(lower(key));
        return others.stream()
                .filter(other -> last(other).isPresent())
                .max(Comparator.comparing(other -> last(other).orElse("")))
                .orElse(key);
    }

    /** The id of the last delivery about a project, or no id where something else is known of it. */
    private Optional<String> last(String key) {
        return jdbc.queryForList(LAST_DELIVERY, String.class, key).stream()
                .findFirst()
                .or(() -> find(key).map(known -> ""));
    }

    private static String lower(String key) {
        return key.toLowerCase(Locale.ROOT);
    }

    private void write(Bound row) {
        if (transaction.update(CHANGE, row) == 0 && transaction.update(INSERT, row) == 0) {
            transaction.update(CHANGE, row);
        }
    }

    /** Sightings of one project that are written together. */
    private record Seen(
            ConfigSighting last,
            Instant at,
            @Nullable Instant presentAt,
            int absences,
            @Nullable Instant firstAbsentAt,
            @Nullable Instant lastAbsentAt,
            @Nullable String absentPush) {

        static Seen of(ConfigSighting sighting, Instant now) {
            return sighting.state() == ConfigSighting.State.ABSENT
                    ? new Seen(sighting, now, null, 1, now, now, sighting.push() ? sighting.commit() : null)
                    : new Seen(sighting, now, now, 0, null, null, null);
        }

        Seen and(Seen later) {
            return new Seen(
                    later.last,
                    later.at,
                    later.presentAt == null ? presentAt : later.presentAt,
                    absences + later.absences,
                    firstAbsentAt == null ? later.firstAbsentAt : firstAbsentAt,
                    later.lastAbsentAt == null ? lastAbsentAt : later.lastAbsentAt,
                    later.absentPush == null ? absentPush : later.absentPush);
        }

        Bound row() {
            return Bound.to(
                    last.state().wireName(),
                    last.path(),
                    last.detail(),
                    last.commit(),
                    at,
                    presentAt,
                    absences,
                    firstAbsentAt,
                    lastAbsentAt,
                    absentPush,
                    last.lookedFor(),
                    last.projectKey());
        }
    }

    /** The newest commit that was pushed to the project and had none of these names. */
    public Optional<String> pushWithoutConfig(String key, String lookedFor) {
        return jdbc
                .query(
                        "select absent_push from project"
                                + " where key_name = ? and looked_for = ? and absent_push is not null",
                        Bound.to(key, lookedFor),
                        (row, number) -> row.getString("absent_push"))
                .stream()
                .findFirst();
    }

    public Optional<KnownProject> find(String key) {
        return jdbc.query("select * from project where key_name = ?", Bound.to(key), ProjectStore::project).stream()
                .findFirst();
    }

    /**
     * The projects that were seen last.
     *
     * @param state only those with this state; null for all
     * @param before they were seen before this; null for any time
     * @param alsoPrivate whether private ones are among them
     * @param limit 1 to {@value #MOST}; more is cut
     */
    public List<KnownProject> search(
            ConfigSighting.@Nullable State state, @Nullable Instant before, boolean alsoPrivate, int limit) {
        Conditions conditions = new Conditions()
                .equal("config_state", state == null ? null : state.wireName())
                .before("config_at", before);
        if (!alsoPrivate) {
            conditions.notPrivate("project.key_name");
        }
        String page = conditions.newestFirst(Math.max(1, Math.min(limit, MOST)), "config_at", "key_name");
        return jdbc.query("select * from project " + page, conditions.values(), ProjectStore::project);
    }

    private static KnownProject project(ResultSet row, int number) throws SQLException {
        return new KnownProject(
                row.getString("key_name"),
                ConfigSighting.State.valueOf(row.getString("config_state").toUpperCase(Locale.ROOT)),
                row.getString("config_path"),
                row.getString("config_detail"),
                row.getString("config_commit"),
                Bound.required(row, "config_at"),
                Bound.instant(row, "last_present_at"),
                row.getLong("absences"),
                Bound.instant(row, "first_absent_at"),
                Bound.instant(row, "last_absent_at"));
    }
}
