package dev.forgeway.store;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.error.StackText;
import dev.forgeway.event.Event;
import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequest;
import dev.forgeway.event.PullRequestEvent;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.metrics.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The deliveries, what was decided about each, and which of several copies counts. */
@Component
public class DeliveryStore {

    private static final String CONCLUDE = """
            update delivery
            set outcome = ?, reason = ?, detail = ?, event_type = ?, event = ?, project = ?,
                pull_request = ?, commit_id = ?, steps = steps || ?, decided_at = ?
            where id = ? and outcome = 'queued'
            """;

    private static final String PARK = """
            update delivery
            set outcome = 'parked', reason = ?, detail = coalesce(?, detail), steps = steps || ?, decided_at = ?
            where id = ? and outcome = 'queued'
            """;

    private static final String FAILED = """
            update delivery
            set stack = ?, event_type = coalesce(event_type, ?), event = coalesce(event, ?), project = coalesce(project, ?),
                pull_request = coalesce(pull_request, ?), commit_id = coalesce(commit_id, ?)
            where id = ?
            """;

    private static final String ATTEMPT_FAILED = """
            update delivery set detail = ?, steps = steps || ? where id = ? and outcome = 'queued'
            """;

    private static final String LOAD = """
            select id, source, delivery_key, event_name, received_at, headers, body
            from delivery where id = ? and body is not null
            """;

    private static final String REPLAYABLE = """
            select id from delivery
            where id >= ? and id < ? and id > ? and body is not null and outcome <> 'queued'
            order by id limit ?
            """;

    private static final String JOBS_TO_SEND = """
            where job.delivery_id = ? and (job.released_by is null or job.released_by = job.delivery_id) order by job.seq
            """;

    private final JdbcTemplate jdbc;
    private final StoreTransaction transaction;
    private final EventJson json;
    private final OutboxStore outbox;
    private final DeliveryRows rows;
    private final JobRows jobs;
    private final Deduplication deduplication;
    private final ProjectStore projects;
    private final PrivateProjects privates;
    private final PullRequestHeadStore heads;

    public DeliveryStore(
            JdbcTemplate jdbc,
            StoreTransaction transaction,
            EventJson json,
            OutboxStore outbox,
            ProjectStore projects,
            PrivateProjects privates,
            PullRequestHeadStore heads) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.json = json;
        this.outbox = outbox;
        this.rows = new DeliveryRows(transaction, json);
        this.jobs = new JobRows(jdbc, json);
        this.deduplication = new Deduplication(jdbc, transaction, rows);
        this.projects = projects;
        this.privates = privates;
        this.heads = heads;
    }

    /**
     * Stores a delivery and says what it is. A row of a new delivery may be lost when the process is killed before
     * something else is stored; its message is then there still, and records it again. A copy takes the keys over from a holder that was parked, that has a
     * failed job, that was filtered a while ago, or that is older than the window; else it is a duplicate, and kept without its body.
     *
     * @param window how long a key is remembered, measured between the times of receipt
     */
    public Recording record(Delivery delivery, Duration window) {
        if (rows.insertHolder(delivery)) {
            return new Recording(Recording.Kind.NEW, null);
        }
        return deduplication.settle(delivery, window);
    }

    /** Lets go of the keys of what was received in a time; returns how many there were. */
    public int forgetKeys(Instant from, Instant to) {
        return deduplication.forget(from, to);
    }

    /**
     * Stores everything that was decided about a delivery, in one transaction. Does nothing when something was decided
     * before, so that it can be repeated. A kill of the process right behind the transaction loses what was learned about
     * the project, which no later decision relies on.
     *
     * @return the newer head of the pull request, when one arrived since the decision was made and this one would have
     *     work done for the old one; then nothing was stored
     */
    public Optional<String> conclude(Conclusion conclusion) {
        privates.learn(conclusion.event(), conclusion.reason());
        projects.called(conclusion.projectKey());
        AtomicBoolean first = new AtomicBoolean();
        Optional<String> newer = transaction.call(() -> {
            Optional<String> head = newerHead(conclusion);
            if (head.isEmpty() && transaction.update(CONCLUDE, decided(conclusion)) > 0) {
                first.set(true);
                jobs.insert(conclusion.jobs(), conclusion.event());
                outbox.wantAll(conclusion.reports());
            }
            return head;
        });
        ConfigSighting sighting = conclusion.sighting();
        if (first.get() && sighting != null) {
            projects.saw(sighting);
        }
        return newer;
    }

    /**
     * Whoever brings a newer head looks for the work on the old one behind its arrival, so that either it finds these jobs
     * or they find it.
     */
    private Optional<String> newerHead(Conclusion conclusion) {
        return conclusion.outcome() == Outcome.DISPATCHED && conclusion.event() instanceof PullRequestEvent event
                ? heads.newerHeld(
                        event.project().key(), event.pullRequest().number(), event.commit(), event.occurredAt())
                : Optional.empty();
    }

    private Bound decided(Conclusion conclusion) {
        Event event = conclusion.event();
        Reason reason = conclusion.reason();
        return Bound.to(
                conclusion.outcome().wireName(),
                reason == null ? null : reason.wireName(),
                conclusion.detail(),
                event == null ? null : event.type().wireName(),
                json.writeNullable(event),
                conclusion.projectKey(),
                pullRequest(event),
                event == null ? null : event.commit(),
                json.writeSteps(conclusion.steps()),
                Instant.now(),
                conclusion.deliveryId());
    }

    private static @Nullable Integer pullRequest(@Nullable Event event) {
        PullRequest pullRequest = event == null ? null : event.pullRequest();
        return pullRequest == null ? null : pullRequest.number();
    }

    /**
     * Puts a delivery aside for a person, unless something was decided about it before.
     *
     * @param detail what is wrong; null keeps the error of the last attempt
     */
    public void park(String id, Reason reason, @Nullable String detail, List<Step> steps) {
        transaction.update(PARK, Bound.to(reason.wireName(), detail, json.writeSteps(steps), Instant.now(), id));
    }

    /**
     * Keeps where a delivery failed last, and what it is about, so that people find it before anything is decided. An event that
     * does not say whether its project is private is not kept, for nobody was asked yet.
     */
    public void failed(String id, Throwable why, @Nullable Event event) {
        privates.learn(event, null);
        Event told = saysWhoseItIs(event) ? event : null;
        Project project = told == null ? null : told.project();
        String key = project == null ? null : project.key();
        projects.called(key);
        transaction.update(
                FAILED,
                Bound.to(
                        StackText.of(why),
                        told == null ? null : told.type().wireName(),
                        json.writeNullable(told),
                        key,
                        pullRequest(told),
                        told == null ? null : told.commit(),
                        id));
    }

    private static boolean saysWhoseItIs(@Nullable Event event) {
        Project project = event == null ? null : event.project();
        return project != null && project.visibility() != null;
    }

    /** Stores that an attempt at a delivery failed and will be repeated. */
    public void attemptFailed(String id, String error, List<Step> steps) {
        transaction.update(ATTEMPT_FAILED, Bound.to(error, json.writeSteps(steps), id));
    }

    /**
     * The jobs of a delivery with its event, in the order in which they were asked for; without those that another one
     * has released, and so sends.
     */
    public List<Job> jobsOf(String deliveryId) {
        return jdbc.query(JobRows.SELECT + JOBS_TO_SEND, Bound.to(deliveryId), jobs::job);
    }

    public Optional<StoredDelivery> find(String id) {
        return jdbc
                .query("select " + DeliveryRows.COLUMNS + "from delivery where id = ?", Bound.to(id), rows::stored)
                .stream()
                .findFirst();
    }

    /** The deliveries that fit, newest first. */
    public List<StoredDelivery> search(DeliveryQuery query) {
        return search(query, conditions(query));
    }

    /** As {@link #search}, without those about private projects. */
    public List<StoredDelivery> searchPublic(DeliveryQuery query) {
        return search(query, conditions(query).notPrivate("delivery.project"));
    }

    private List<StoredDelivery> search(DeliveryQuery query, Conditions conditions) {
        // the page is found in an index alone, whatever the planner believes about the rows behind it
        String page = "select id from delivery " + conditions.newestFirst(query.limit(), "id");
        String found = "select " + DeliveryRows.COLUMNS + "from delivery where id in (" + page + ") order by id desc";
        return transaction.search(() -> jdbc.query(found, conditions.values(), rows::stored));
    }

    private static Conditions conditions(DeliveryQuery query) {
        Outcome outcome = query.outcome();
        return new Conditions()
                .equal("source", query.source())
                .equal("delivery_key", query.key())
                .equal("outcome", outcome == null ? null : outcome.wireName())
                .equal("project", query.project())
                .equal("pull_request", query.pullRequest())
                .beginsWith("commit_id", query.commit())
                .below("id", query.before());
    }

    /**
     * The deliveries that were received in a time and whose bodies are kept, oldest first.
     *
     * @param after the last one of the page before; empty for the first page
     */
    public List<String> replayable(Instant from, Instant to, String after, int limit) {
        return jdbc.query(
                REPLAYABLE,
                Bound.to(DeliveryIds.lowest(from), DeliveryIds.lowest(to), after, limit),
                (row, number) -> row.getString("id"));
    }

    /** A delivery as it came, for replay; empty for a duplicate, whose body is with the delivery that it copies. */
    public Optional<Delivery> load(String id) {
        return jdbc.query(LOAD, Bound.to(id), rows::delivery).stream().findFirst();
    }
}
