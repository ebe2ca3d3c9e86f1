package dev.forgeway.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** From when until when nothing of a source is missing, and what was. */
@Component
public class CompletenessStore {

    private static final String COLUMNS =
            "select source, complete_since, complete_until, looked_at, problem, switched_off, lost_from, lost_until"
                    + " from completeness";

    private static final String BEGIN = """
            insert into completeness (source, complete_since, complete_until, looked_at) values (?, ?, ?, ?)
            on conflict do nothing
            """;

    private static final String LOOKED = """
            update completeness set complete_until = ?, looked_at = ?, problem = null, switched_off = false
            where source = ?
            """;

    private static final String EXTEND = """
            update completeness set complete_until = ?, looked_at = ?, problem = null
            where source = ? and complete_until >= ?
            """;

    private static final String FAILED = "update completeness set looked_at = ?, problem = ? where source = ?";

    private static final String SWITCHED_OFF =
            "update completeness set looked_at = ?, problem = ?, switched_off = true where source = ?";

    private static final String LOST = """
            update completeness set lost_from = ?, lost_until = ?,
                complete_since = case when complete_since < ? then ? else complete_since end
            where source = ?
            """;

    private static final String ADD = """
            insert into missed_delivery
                (source, delivery_key, remote_id, event_name, sent_at, answered, found_at, state)
            values (?, ?, ?, ?, ?, ?, ?, 'found')
            on conflict do nothing
            """;

    private static final String OLDEST = """
            select source, delivery_key, remote_id, event_name, sent_at, answered from missed_delivery
            where source = ? and state = 'found' order by sent_at, delivery_key limit ?
            """;

    private static final String FOUND = """
            select source, delivery_key, remote_id, event_name, sent_at, answered from missed_delivery
            where delivery_key = ? and state = 'found'
            """;

    private static final String COMPLETE_UNTIL = """
            select coalesce((select min(sent_at) from missed_delivery missed
                             where missed.source = completeness.source and missed.state = 'found'), complete_until)
                as complete_until
            from completeness where source = ?
            """;

    private static final String END =
            "update missed_delivery set state = ?, delivery_id = ? where source = ? and delivery_key = ?";

    private static final String COUNT = "select state, count(*) from missed_delivery where source = ? group by state";

    private static final String FORGET = "delete from missed_delivery where state <> 'found' and found_at < ?";

    private static final Duration APART = Duration.ofDays(1);

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;

    public CompletenessStore(JdbcTemplate jdbc, StoreTransaction transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Empty for a source that was never looked at. */
    public Optional<Completeness> find(String source) {
        return jdbc.query(COLUMNS + " where source = ?", Bound.to(source), (row, number) -> completeness(row)).stream()
                .findFirst();
    }

    /** Watches a source from now on; what it sent before is not asked for. One that is watched stays as it is. */
    public void begin(String source, Instant since) {
        transaction.update(BEGIN, Bound.to(source, since, since, since));
    }

    /** The source told all that it sent until then. */
    public void looked(String source, Instant until, Instant now) {
        transaction.update(LOOKED, Bound.to(until, now, source));
    }

    /** Nothing was missed since then; that counts unless something before may be missing. */
    public void extend(String source, Instant since, Instant now) {
        transaction.update(EXTEND, Bound.to(now, now, source, since));
    }

    /** The source could not be asked. */
    public void failed(String source, String problem, Instant now) {
        transaction.update(FAILED, Bound.to(now, problem, source));
    }

    /** The source sends nothing; that is known until it tells again what it sent. */
    public void switchedOff(String source, String problem, Instant now) {
        transaction.update(SWITCHED_OFF, Bound.to(now, problem, source));
    }

    /** What the source sent in this time can no longer be had; soon after such a time it is one with that. */
    public void lost(String source, Instant from, Instant until) {
        transaction.run(() -> find(source).ifPresent(known -> {
            Instant first = from;
            Instant last = until;
            Instant before = known.lostFrom();
            Instant end = known.lostUntil();
            if (before != null && end != null && !end.plus(APART).isBefore(from)) {
                first = before.isBefore(from) ? before : from;
                last = end.isAfter(until) ? end : until;
            }
            transaction.update(LOST, Bound.to(first, last, last, last, source));
        }));
    }

    /** Those of these keys that were never stored as a delivery of the sender, nor found missing. */
    public Set<String> unknown(String source, String sender, Collection<String> keys) {
        Set<String> unknown = new HashSet<>(keys);
        if (unknown.isEmpty()) {
            return unknown;
        }
        String marks = String.join(", ", Collections.nCopies(unknown.size(), "?"));
        forgetKnown(unknown, "select delivery_key from delivery where source = ? and delivery_key in (", sender, marks);
        if (!unknown.isEmpty()) {
            String rest = String.join(", ", Collections.nCopies(unknown.size(), "?"));
            forgetKnown(
                    unknown,
                    "select delivery_key from missed_delivery where source = ? and delivery_key in (",
                    source,
                    rest);
        }
        return unknown;
    }

    private void forgetKnown(Set<String> keys, String select, String source, String marks) {
        Object[] values = new Object[keys.size() + 1];
        int at = 0;
        values[at++] = source;
        for (String key : keys) {
            values[at++] = key;
        }
        jdbc.query(select + marks + ")", Bound.to(values), (row, number) -> row.getString(1))
                .forEach(keys::remove);
    }

    /** Remembers what is missing, once each. */
    public void add(List<MissedDelivery> missed, Instant now) {
        transaction.run(() -> missed.forEach(one -> transaction.update(
                ADD,
                Bound.to(
                        one.source(), one.key(), one.remoteId(), one.eventName(), one.sentAt(), one.answered(), now))));
    }

    /** What is still to be fetched, in the order in which it was sent. */
    public List<MissedDelivery> oldest(String source, int limit) {
        return jdbc.query(OLDEST, Bound.to(source, limit), (row, number) -> missed(row));
    }

    /** What is still to be fetched and has this key. */
    public List<MissedDelivery> found(String key) {
        return jdbc.query(FOUND, Bound.to(key), (row, number) -> missed(row));
    }

    private static MissedDelivery missed(ResultSet row) throws SQLException {
        return new MissedDelivery(
                row.getString("source"),
                row.getString("delivery_key"),
                row.getString("remote_id"),
                row.getString("event_name"),
                Bound.required(row, "sent_at"),
                row.getInt("answered"));
    }

    /** Up to here nothing is missing that could still be had; empty for a source that was never looked at. */
    public Optional<Instant> completeUntil(String source) {
        return jdbc
                .query(COMPLETE_UNTIL, Bound.to(source), (row, number) -> Bound.required(row, "complete_until"))
                .stream()
                .findFirst();
    }

    /**
     * What became of something that was missing.
     *
     * @param deliveryId ours, of what was recovered
     */
    public void end(MissedDelivery missed, MissedDelivery.State state, @Nullable String deliveryId) {
        transaction.update(END, Bound.to(state.wireName(), deliveryId, missed.source(), missed.key()));
    }

    /** How many were missed, by the wire name of what became of them. */
    public Map<String, Integer> counts(String source) {
        Map<String, Integer> counts = new TreeMap<>();
        for (MissedDelivery.State state : MissedDelivery.State.values()) {
            counts.put(state.wireName(), 0);
        }
        jdbc.query(COUNT, Bound.to(source), row -> {
            counts.put(row.getString(1), row.getInt(2));
        });
        return counts;
    }

    /** Forgets what was missed and found before then. */
    public void forget(Instant before) {
        transaction.update(FORGET, Bound.to(before));
    }

    private static Completeness completeness(ResultSet row) throws SQLException {
        return new Completeness(
                row.getString("source"),
                Bound.required(row, "complete_since"),
                Bound.required(row, "complete_until"),
                Bound.required(row, "looked_at"),
                row.getString("problem"),
                row.getBoolean("switched_off"),
                Bound.instant(row, "lost_from"),
                Bound.instant(row, "lost_until"));
    }
}
