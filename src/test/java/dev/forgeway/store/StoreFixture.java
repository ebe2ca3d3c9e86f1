package dev.forgeway.store;

import static dev.forgeway.store.Samples.delivery;
import static dev.forgeway.store.Samples.dispatched;
import static dev.forgeway.store.Samples.job;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.dispatch.Job;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.testing.Stores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.JdbcTemplate;

/** Stores on an empty database, and what their tests share. */
abstract class StoreFixture {

    static final int RACERS = 16;

    static final Duration WINDOW = Duration.ofHours(1);
    static final Duration LEASE = Duration.ofMinutes(1);
    /** A lease that is over as soon as it is given. */
    static final Duration NO_LEASE = Duration.ofSeconds(-1);

    JdbcTemplate jdbc;
    StoreTransaction transaction;
    DeliveryStore deliveries;
    JobStore jobs;
    EffectStore effects;
    OutboxStore outbox;
    AllowlistStore allowlist;
    PullRequestHeadStore heads;
    NoticeStore notices;
    WorkloadStore workload;
    RunningStore running;
    FollowerStore followers;
    ConsequenceStore consequences;
    ProjectStore projects;

    abstract DataSource dataSource();

    static DataSource started(@Nullable DataSource dataSource) {
        return requireNonNull(dataSource);
    }

    @BeforeEach
    void startEmpty() {
        jdbc = new JdbcTemplate(dataSource());
        Stores.clear(jdbc);
        EventJson json = new EventJson();
        transaction = new StoreTransaction(dataSource());
        outbox = new OutboxStore(jdbc, transaction, json);
        projects = new ProjectStore(jdbc, transaction);
        heads = new PullRequestHeadStore(jdbc, transaction);
        deliveries = new DeliveryStore(
                jdbc, transaction, json, outbox, projects, new PrivateProjects(jdbc, transaction), heads);
        jobs = new JobStore(jdbc, transaction, json);
        effects = new EffectStore(jdbc, transaction);
        allowlist = new AllowlistStore(jdbc, transaction);
        notices = new NoticeStore(jdbc, transaction);
        workload = new WorkloadStore(jdbc, transaction);
        followers = new FollowerStore(jdbc, transaction, json);
        consequences = new ConsequenceStore(jdbc);
        running = new RunningStore(jdbc, transaction);
    }

    Delivery recorded(String key) {
        Delivery delivery = delivery(key);
        deliveries.record(delivery, WINDOW);
        return delivery;
    }

    /** A job of a new delivery. */
    Job concluded(String key, String... targets) {
        Delivery delivery = recorded(key);
        Job job = job(delivery.id(), targets);
        deliveries.conclude(dispatched(delivery.id(), List.of(job), List.of()));
        return job;
    }

    OutboxEntry claimed(String id) {
        Claim claim = outbox.claim(id, LEASE);
        assertThat(claim.kind()).isEqualTo(Claim.Kind.CLAIMED);
        return requireNonNull(claim.entry());
    }

    List<String> found(DeliveryQuery query) {
        return deliveries.search(query).stream().map(StoredDelivery::id).toList();
    }

    List<String> foundJobs(JobQuery query) {
        return jobs.search(query, true).stream()
                .map(stored -> stored.job().id())
                .toList();
    }

    static List<Recording.Kind> kinds(List<Recording> recordings) {
        return recordings.stream().map(Recording::kind).sorted().toList();
    }

    static List<Recording.Kind> oneNewAndDuplicates() {
        List<Recording.Kind> kinds = new ArrayList<>(Collections.nCopies(RACERS - 1, Recording.Kind.DUPLICATE));
        kinds.add(0, Recording.Kind.NEW);
        return kinds;
    }

    static <T> List<T> race(Callable<T> racer) {
        CyclicBarrier start = new CyclicBarrier(RACERS);
        ExecutorService threads = Executors.newFixedThreadPool(RACERS);
        try {
            List<Callable<T>> racers = Collections.nCopies(RACERS, () -> {
                start.await();
                return racer.call();
            });
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(racers)) {
                results.add(future.get());
            }
            return results;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
