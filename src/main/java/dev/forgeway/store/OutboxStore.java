package dev.forgeway.store;

import dev.forgeway.metrics.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What the forges should show. There is one entry per place, so only the newest wish for it exists; its version counts
 * the wishes, and {@code sent} is the version that the forge has.
 */
@Component
public class OutboxStore {

    private static final String CLAIM = """
            update outbox
            set claimed_until = ?, claimed_version = wanted, claims = claims + 1
            where id = ? and sent < wanted and (claimed_until is null or claimed_until <= ?)
            """;

    /** The normal case of a sent version: nothing newer is wanted. */
    private static final String SENT_NEWEST = """
            update outbox
            set sent = ?, external_id = ?, claimed_until = null, attempts = 0, last_error = null,
                first_sent_at = coalesce(first_sent_at, ?), last_sent_at = ?, steps = steps || ?
            where id = ? and wanted = ?
            """;

    private static final String SENT_OLDER = """
            update outbox
            set sent = greatest(sent, ?), external_id = ?, claimed_until = null, attempts = 0, last_error = null,
                first_sent_at = case when ? >= first_version then coalesce(first_sent_at, ?) else first_sent_at end,
                last_sent_at = case when ? >= first_version then ? else last_sent_at end, steps = steps || ?
            where id = ?
            """;

    private static final String FAILED = """
            update outbox
            set claimed_until = ?, attempts = attempts + 1, last_error = ?, steps = steps || ?,
                sent = case when ? then greatest(sent, claimed_version) else sent end
            where id = ?
            """;

    private static final String RELEASED = """
            update outbox
            set claimed_until = null, claims = claims - 1
            where id = ? and claimed_until is not null
            """;

    private static final String UNSENT = """
            select id from outbox
            where delivery_id = ? and sent < wanted
            order by created_at, id
            """;

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;
    private final EventJson json;
    private final OutboxWishes wishes;
    private final OutboxRows rows;
    private final DeadStatuses dead;

    public OutboxStore(JdbcTemplate jdbc, StoreTransaction transaction, EventJson json) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.json = json;
        this.wishes = new OutboxWishes(jdbc, json);
        this.rows = new OutboxRows(json);
        this.dead = new DeadStatuses(jdbc, transaction);
    }

    /**
     * Wants something shown. A later generation always takes its place over; within one generation a check only moves
     * forward and stays where it is final; a comment is written once. Joins a running transaction.
     *
     * @return whether there is something to send now
     */
    public boolean want(Wanted wanted) {
        return !wantAll(List.of(wanted)).isEmpty();
    }

    /** As {@link #want} for many places at once; returns the ids of those that need sending. */
    public List<String> wantAll(List<Wanted> wanted) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        // one order for all, so that two transactions that want the same places do not deadlock
        List<Wanted> ordered =
                wanted.stream().sorted(Comparator.comparing(Wanted::id)).toList();
        return transaction.call(() -> {
            List<String> changed = new ArrayList<>();
            int[] created = wishes.insert(ordered);
            for (int i = 0; i < created.length; i++) {
                Wanted wish = ordered.get(i);
                // in the end once more: what was there may have been cleaned up meanwhile
                if (created[i] != 0 || wishes.change(wish) || wishes.insert(List.of(wish))[0] != 0) {
                    changed.add(wish.id());
                }
            }
            return changed;
        });
    }

    /**
     * Takes the right to send an entry, for as long as the lease.
     *
     * @return CLAIMED with what to send, UP_TO_DATE or BUSY
     */
    public Claim claim(String id, Duration lease) {
        Instant now = Instant.now();
        boolean claimed = transaction.update(CLAIM, Bound.to(now.plus(lease), id, now)) > 0;
        return rows.claim(jdbc, id)
                .map(row -> answer(claimed, row, now))
                .orElse(new Claim(Claim.Kind.UP_TO_DATE, null, null));
    }

    private static Claim answer(boolean claimed, OutboxRows.Claimable row, Instant now) {
        if (claimed) {
            return new Claim(Claim.Kind.CLAIMED, row.entry(), null);
        }
        if (row.entry().sent() >= row.entry().version()) {
            return new Claim(Claim.Kind.UP_TO_DATE, null, null);
        }
        Instant until = row.claimedUntil();
        return new Claim(Claim.Kind.BUSY, null, until == null ? now : until);
    }

    /**
     * The forge shows a version. Ends the claim.
     *
     * @return whether something newer is wanted by now
     */
    public boolean sent(String id, int version, String externalId, List<Step> steps) {
        String story = json.writeSteps(steps);
        Instant now = Instant.now();
        if (transaction.update(SENT_NEWEST, Bound.to(version, externalId, now, now, story, id, version)) > 0) {
            return false;
        }
        return transaction.update(SENT_OLDER, Bound.to(version, externalId, version, now, version, now, story, id)) > 0;
    }

    /**
     * A call failed. Ends the claim.
     *
     * @param giveUp the claimed version will never be sent, and is not tried again; a newer one will
     */
    public void failed(String id, String error, boolean giveUp, List<Step> steps) {
        transaction.update(FAILED, Bound.to(null, error, json.writeSteps(steps), giveUp, id));
    }

    /**
     * As {@link #failed} for a call of which nobody learned what came of it: nobody sends before that is over.
     *
     * @param until when it has its effect at the latest, if it has one
     */
    public void unanswered(String id, String error, Instant until, List<Step> steps) {
        transaction.update(FAILED, Bound.to(until, error, json.writeSteps(steps), false, id));
    }

    /**
     * The broker gave up on sending. What is wanted now becomes a dead letter; something newer will be sent.
     *
     * @return whether it was not sent, and not given up before
     */
    public boolean giveUp(String id, Instant now) {
        return dead.giveUp(id, now);
    }

    /** Which entry a dead letter is about. */
    public Optional<String> ofDeadLetter(String deadLetter) {
        return dead.place(deadLetter);
    }

    /**
     * Makes a dead letter unsent once more; whoever does so wakes its sending up.
     *
     * @return whether nothing newer is wanted or shown by now
     */
    public boolean wantAgain(String deadLetter) {
        return dead.wantAgain(deadLetter);
    }

    /** The entries that were given up and are no dead letters any more; each until {@link #settle} is called. */
    public List<String> settled() {
        return dead.settled();
    }

    /** Nothing is left of an entry that was given up. */
    public void settle(String id) {
        dead.settle(id);
    }

    /** Nothing was sent. Ends the claim as if it had never been. */
    public void released(String id) {
        transaction.update(RELEASED, Bound.to(id));
    }

    /** What a delivery wants and the forge does not show yet; to wake its sending up again. */
    public List<String> unsent(String deliveryId) {
        return jdbc.query(UNSENT, Bound.to(deliveryId), (row, number) -> row.getString("id"));
    }

    /** The places that a delivery is the last to have taken. */
    public List<OutboxEntry> ofDelivery(String deliveryId) {
        return jdbc.query(
                "select * from outbox where delivery_id = ? order by created_at, place, name",
                Bound.to(deliveryId),
                (row, number) -> rows.entry(row));
    }

    /** The checks of one commit, in the order of their names. */
    public List<OutboxEntry> checks(String projectKey, String commit) {
        return jdbc.query(
                "select * from outbox where project = ? and place = ? and kind = ? order by name",
                Bound.to(projectKey, commit, Wanted.Kind.CHECK.name()),
                (row, number) -> rows.entry(row));
    }

    public Optional<OutboxEntry> find(String id) {
        return rows.claim(jdbc, id).map(OutboxRows.Claimable::entry);
    }
}
