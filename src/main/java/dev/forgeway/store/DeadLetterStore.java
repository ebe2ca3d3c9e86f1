package dev.forgeway.store;

import dev.forgeway.error.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What was given up, and what people did about it. What somebody did something about is no dead
 * letter any more, until it is given up again.
 */
@Component
public class DeadLetterStore {

    private static final String DELIVERIES = """
            select 'delivery' as kind, delivery.id, delivery.id as delivery_id, delivery.source, delivery.project,
                null as handler, delivery.reason, delivery.detail, delivery.decided_at as since
            from delivery
            """;

    /** The outcome is no parameter, so that a plan for any parameters knows how rare it is. */
    static final String IS_DEAD_DELIVERY = """
            delivery.outcome = 'parked'
                and not exists (select 1 from admin_action where admin_action.subject = delivery.id)""";

    private static final String JOBS = """
            select 'job' as kind, job.id, job.delivery_id, delivery.source, delivery.project,
                job.handler, coalesce(job.reason, 'error') as reason, job.detail, job.ended_at as since
            from job join delivery on delivery.id = job.delivery_id
            """;

    static final String IS_DEAD_JOB = """
            job.outcome = 'error'
                and not exists (select 1 from admin_action
                    where admin_action.subject = job.id and admin_action.done_at >= job.ended_at)""";

    private static final String STATUSES = """
            select 'status' as kind, dead_status.id, outbox.delivery_id, delivery.source, outbox.project,
                null as handler, '%s' as reason, outbox.name || ': ' || outbox.last_error as detail,
                dead_status.given_up_at as since
            from dead_status join outbox on outbox.id = dead_status.outbox_id
                join delivery on delivery.id = outbox.delivery_id
            """.formatted(Reason.ATTEMPTS_EXHAUSTED.wireName());

    private static final String RECORD = """
            insert into admin_action (id, action, subject, successor, done_by, note, done_at)
            values (?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String ACTIONS =
            "select action, subject, successor, done_by, note, done_at from admin_action as done ";

    /**
     * What is done about a delivery, a job, a status or a project says of itself that there is one. Once retention deleted it,
     * nobody knows whether it was of a private one.
     */
    private static Conditions publicActions() {
        return new Conditions()
                .notOfPrivate("done.subject")
                .fact("(done.action not in ('redrive', 'discard', 'replay')"
                        + " or exists (select 1 from delivery where delivery.id = done.subject)"
                        + " or exists (select 1 from job where job.id = done.subject)"
                        + " or exists (select 1 from dead_status where dead_status.id = done.subject))")
                .fact(
                        "not exists (select 1 from job join delivery on delivery.id = job.delivery_id where job.id = done.subject"
                                + " and (job.project in (%1$s) or delivery.project in (%1$s)))"
                                        .formatted(PrivateProjects.KEYS))
                .fact("done.subject not in (select dead_status.id from dead_status"
                        + " join outbox on outbox.id = dead_status.outbox_id where outbox.project in ("
                        + PrivateProjects.KEYS + "))")
                .fact("done.subject not in (select '%s' || key_name from private_project)"
                        .formatted(Pause.Kind.PROJECT.of("")))
                .fact("done.subject not in (select '%s' || key_name from private_project)"
                        .formatted(AllowlistEntry.PREFIX));
    }

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;

    public DeadLetterStore(JdbcTemplate jdbc, StoreTransaction transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** As {@link #actions(int, Instant, boolean)}, of any time. */
    public List<AdminAction> actions(int limit, boolean alsoPrivate) {
        return actions(limit, null, alsoPrivate);
    }

    /**
     * The dead letters that fit, newest first by their ids, which sort by when the delivery came, or by when a status was
     * given up.
     */
    public List<DeadLetter> search(DeadLetterQuery query) {
        return search(query, true);
    }

    /** As {@link #search}, without those of private projects. */
    public List<DeadLetter> searchPublic(DeadLetterQuery query) {
        return search(query, false);
    }

    private List<DeadLetter> search(DeadLetterQuery query, boolean alsoPrivate) {
        List<DeadLetter> found = new ArrayList<>();
        if (query.wantsDeliveries()) {
            Conditions parked = new Conditions()
                    .fact(IS_DEAD_DELIVERY)
                    .equal("delivery.reason", query.reason())
                    .before("delivery.decided_at", query.givenUpBefore())
                    .since("delivery.decided_at", query.givenUpSince());
            found.addAll(
                    find(DELIVERIES, "delivery", alsoPrivate ? parked : parked.notPrivate("delivery.project"), query));
        }
        Conditions failed = new Conditions()
                .fact(IS_DEAD_JOB)
                .equal("job.handler", query.handler())
                .equal("job.reason", query.reasonOfJobs())
                .before("job.ended_at", query.givenUpBefore())
                .since("job.ended_at", query.givenUpSince());
        if (!alsoPrivate) {
            failed.notPrivate("job.project").notOfPrivate("job.delivery_id");
        }
        found.addAll(find(JOBS, "job", failed, query));
        if (query.wantsStatuses()) {
            found.addAll(statuses(query, alsoPrivate));
        }
        return found.stream()
                .sorted(Comparator.comparing(DeadLetter::id).reversed())
                .limit(query.limit())
                .toList();
    }

    /** Few, as only those are among them that the broker gave up on. */
    private List<DeadLetter> statuses(DeadLetterQuery query, boolean alsoPrivate) {
        Conditions givenUp = new Conditions()
                .fact(DeadStatuses.IS_DEAD)
                .equal("dead_status.id", query.id())
                .below("dead_status.id", query.before())
                .equal("delivery.source", query.source())
                .equal("outbox.project", query.project())
                .before("dead_status.given_up_at", query.givenUpBefore())
                .since("dead_status.given_up_at", query.givenUpSince());
        if (!alsoPrivate) {
            givenUp.notPrivate("outbox.project");
        }
        return jdbc.query(
                STATUSES + givenUp.newestFirst(query.limit(), "dead_status.id"),
                givenUp.values(),
                DeadLetterStore::deadLetter);
    }

    private List<DeadLetter> find(String select, String table, Conditions conditions, DeadLetterQuery query) {
        conditions
                .equal(table + ".id", query.id())
                .below(table + ".id", query.before())
                .equal("delivery.source", query.source())
                .equal("delivery.project", query.project());
        String from = table.equals("job") && (query.source() != null || query.project() != null)
                ? "job join delivery on delivery.id = job.delivery_id "
                : table + " ";
        // the page is found first, and then what is told of it
        String page = "select " + table + ".id from " + from + conditions.newestFirst(query.limit(), table + ".id");
        String rows = select + "where " + table + ".id in (" + page + ") order by " + table + ".id desc";
        return transaction.search(() -> jdbc.query(rows, conditions.values(), DeadLetterStore::deadLetter));
    }

    /** The dead jobs that come again with their delivery. */
    public List<DeadLetter> jobsOf(String deliveryId) {
        return jdbc.query(
                JOBS + "where " + IS_DEAD_JOB
                        + " and job.delivery_id = ? and job.subscription is null order by job.seq",
                Bound.to(deliveryId),
                DeadLetterStore::deadLetter);
    }

    /** Where a dead letter failed last; empty where that is not known. */
    public Optional<String> stack(DeadLetter letter) {
        if (letter.kind().equals(DeadLetter.STATUS)) {
            return Optional.empty();
        }
        String table = letter.kind().equals(DeadLetter.JOB) ? "job" : "delivery";
        return jdbc
                .queryForList(
                        "select stack from " + table + " where id = ? and stack is not null", String.class, letter.id())
                .stream()
                .findFirst();
    }

    /** Keeps what a person did. */
    public void record(AdminAction action) {
        Bound values = Bound.to(
                UUID.randomUUID().toString(),
                action.action(),
                action.subject(),
                action.successor(),
                action.by(),
                action.note(),
                action.at());
        transaction.update(RECORD, values);
    }

    /**
     * What people did last, newest first.
     *
     * @param before they were done before this; null for any time
     * @param alsoPrivate also about what belongs to private projects
     */
    public List<AdminAction> actions(int limit, @Nullable Instant before, boolean alsoPrivate) {
        Conditions conditions = (alsoPrivate ? new Conditions() : publicActions()).before("done_at", before);
        int most = Math.max(1, Math.min(limit, DeliveryQuery.MOST));
        return jdbc.query(
                ACTIONS + conditions.newestFirst(most, "done_at"), conditions.values(), DeadLetterStore::action);
    }

    private static DeadLetter deadLetter(ResultSet row, int number) throws SQLException {
        return new DeadLetter(
                row.getString("kind"),
                row.getString("id"),
                row.getString("delivery_id"),
                row.getString("source"),
                row.getString("project"),
                row.getString("handler"),
                row.getString("reason"),
                row.getString("detail"),
                Bound.required(row, "since"));
    }

    private static AdminAction action(ResultSet row, int number) throws SQLException {
        return new AdminAction(
                row.getString("action"),
                row.getString("subject"),
                row.getString("successor"),
                row.getString("done_by"),
                row.getString("note"),
                Bound.required(row, "done_at"));
    }
}
