package dev.forgeway.testing;

import dev.forgeway.dispatch.Job;
import dev.forgeway.forge.Forges;
import dev.forgeway.handle.PackageIssues;
import dev.forgeway.handle.RemoteEffects;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.store.AllowlistStore;
import dev.forgeway.store.ApprovalStore;
import dev.forgeway.store.AttemptStore;
import dev.forgeway.store.CommentCommandStore;
import dev.forgeway.store.Conclusion;
import dev.forgeway.store.ConsequenceStore;
import dev.forgeway.store.DeliveryStore;
import dev.forgeway.store.EffectStore;
import dev.forgeway.store.EventJson;
import dev.forgeway.store.FollowerStore;
import dev.forgeway.store.JobStore;
import dev.forgeway.store.NoticeStore;
import dev.forgeway.store.OutboxEntry;
import dev.forgeway.store.OutboxStore;
import dev.forgeway.store.Outcome;
import dev.forgeway.store.PackageIssueStore;
import dev.forgeway.store.PrivateProjects;
import dev.forgeway.store.ProjectStore;
import dev.forgeway.store.PullRequestHeadStore;
import dev.forgeway.store.RunningStore;
import dev.forgeway.store.StoreTransaction;
import dev.forgeway.store.StoredJob;
import dev.forgeway.store.WorkloadStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.jdbc.core.JdbcTemplate;

/** The real stores on an H2 in memory, which is emptied for each test. */
public final class Stores {

    public static final Duration WINDOW = Duration.ofHours(1);

    private static final String URL =
            "jdbc:h2:mem:stores;DB_CLOSE_DELAY=-1;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";
    private static final DataSource DATABASE = database();

    public final JdbcTemplate jdbc;
    public final StoreTransaction transaction;
    public final DeliveryStore deliveries;
    public final JobStore jobs;
    public final AttemptStore attempts;
    public final OutboxStore outbox;
    public final AllowlistStore allowlist;
    public final PullRequestHeadStore heads;
    public final NoticeStore notices;
    public final ApprovalStore approvals;
    public final WorkloadStore workload;
    public final RunningStore running;
    public final FollowerStore followers;
    public final ConsequenceStore consequences;
    public final ProjectStore projects;
    public final PackageIssueStore packageIssues;
    public final CommentCommandStore commands;

    public final RemoteEffects effects;

    private Stores(DataSource database) {
        EventJson json = new EventJson();
        this.jdbc = new JdbcTemplate(database);
        this.transaction = new StoreTransaction(database);
        this.outbox = new OutboxStore(jdbc, transaction, json);
        this.projects = new ProjectStore(jdbc, transaction);
        this.heads = new PullRequestHeadStore(jdbc, transaction);
        this.deliveries = new DeliveryStore(
                jdbc, transaction, json, outbox, projects, new PrivateProjects(jdbc, transaction), heads);
        this.jobs = new JobStore(jdbc, transaction, json);
        this.effects = effects(Clock.systemUTC());
        this.attempts = new AttemptStore(transaction, json);
        this.allowlist = new AllowlistStore(jdbc, transaction);
        this.notices = new NoticeStore(jdbc, transaction);
        this.approvals = new ApprovalStore(jdbc, transaction);
        this.workload = new WorkloadStore(jdbc, transaction);
        this.followers = new FollowerStore(jdbc, transaction, json);
        this.consequences = new ConsequenceStore(jdbc);
        this.packageIssues = new PackageIssueStore(jdbc, transaction);
        this.commands = new CommentCommandStore(jdbc, transaction);
        this.running = new RunningStore(jdbc, transaction);
    }

    /** Makes things elsewhere by the time of another clock. */
    public RemoteEffects effects(Clock clock) {
        return new RemoteEffects(jobs, new EffectStore(jdbc, transaction), Examples.settings(), clock);
    }

    /** Deletes every row. */
    public static void clear(JdbcTemplate jdbc) {
        List.of(
                        "job_target",
                        "job",
                        "delivery",
                        "outbox",
                        "dead_status",
                        "allowlist",
                        "pull_request_head",
                        "notice",
                        "side_tag",
                        "project",
                        "project_spelling",
                        "activity",
                        "running_job",
                        "admin_action",
                        "cluster_lock",
                        "shared_effect",
                        "pending_work",
                        "retention",
                        "completeness",
                        "missed_delivery",
                        "installation_repository",
                        "installation",
                        "approval_issue",
                        "retirement",
                        "pause",
                        "private_project",
                        "package_issue",
                        "comment_command")
                .forEach(table -> jdbc.update("delete from " + table));
    }

    /** Stores with nothing in them. */
    public static Stores empty() {
        Stores stores = new Stores(DATABASE);
        clear(stores.jdbc);
        return stores;
    }

    /** Stores a job with the delivery that asked for it, as deciding does; returns it as its handler gets it. */
    public Job dispatched(Job job) {
        Delivery delivery = Examples.delivery(job.deliveryId());
        deliveries.record(delivery, WINDOW);
        deliveries.conclude(new Conclusion(
                delivery.id(),
                Outcome.DISPATCHED,
                null,
                null,
                job.event(),
                Examples.PROJECT.key(),
                List.of(),
                List.of(job),
                List.of(),
                null));
        return load(job);
    }

    /** The job as it is now. */
    public Job load(Job job) {
        return jobs.load(job.id()).orElseThrow();
    }

    /** The job and what became of it. */
    public StoredJob stored(Job job) {
        return jobs.find(job.id()).orElseThrow();
    }

    /** What is wanted on the forge for a job, in the order of the names. */
    public List<OutboxEntry> wanted(Job job) {
        return outbox.ofDelivery(job.deliveryId());
    }

    /** The checks that are wanted for a job, as {@code name: STATE title}. */
    public List<String> checks(Job job) {
        return wanted(job).stream()
                .filter(entry -> entry.check() != null)
                .map(OutboxEntry::check)
                .map(check -> check == null ? "" : check.name() + ": " + check.state() + " " + check.title())
                .sorted()
                .toList();
    }

    /** What tells of packages in issues, where there is no forge to open them. */
    public PackageIssues issues() {
        return new PackageIssues(effects, new Forges(List.of()), packageIssues, outbox, Examples.settings());
    }

    /** From now on every change of a table fails, as when the process died right before it; until {@link #mended}. */
    public void broken(String table) {
        jdbc.execute("alter table " + table + " rename to " + table + "_away");
    }

    /** The table is back. */
    public void mended(String table) {
        jdbc.execute("alter table " + table + "_away rename to " + table);
    }

    private static DataSource database() {
        DataSource database = JdbcConnectionPool.create(URL, "sa", "");
        Flyway.configure().dataSource(database).load().migrate();
        return database;
    }
}
