package dev.forgeway.store;

import static dev.forgeway.store.Samples.NOON;
import static dev.forgeway.store.Samples.PROJECT;
import static dev.forgeway.store.Samples.check;
import static dev.forgeway.store.Samples.comment;
import static dev.forgeway.store.Samples.delivery;
import static dev.forgeway.store.Samples.dispatched;
import static dev.forgeway.store.Samples.job;
import static dev.forgeway.store.Samples.step;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.forge.CheckState;
import dev.forgeway.ingest.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the stores promise, on every database. */
abstract class StoreContract {

    static final int RACERS = 16;

    private static final Duration WINDOW = Duration.ofHours(1);
    private static final Duration LEASE = Duration.ofMinutes(1);
    /** A lease that is over as soon as it is given. */
    private static final Duration NO_LEASE = Duration.ofSeconds(-1);

    private JdbcTemplate jdbc;
    private StoreTransaction transaction;
    private DeliveryStore deliveries;
    private JobStore jobs;
    private OutboxStore outbox;
    private AllowlistStore allowlist;

    abstract DataSource dataSource();

    static DataSource started(@Nullable DataSource dataSource) {
        return requireNonNull(dataSource);
    }

    @BeforeEach
    void startEmpty() {
        jdbc = new JdbcTemplate(dataSource());
        for (String table : List.of("job_target", "job", "delivery", "outbox", "allowlist")) {
            jdbc.update("delete from " + table);
        }
        EventJson json = new EventJson();
        transaction = new StoreTransaction(dataSource());
        outbox = new OutboxStore(jdbc, transaction, json);
        deliveries = new DeliveryStore(jdbc, transaction, json, outbox);
        jobs = new JobStore(jdbc, json);
        allowlist = new AllowlistStore(jdbc);
    }

    // deliveries

    @Test
    void recordsANewDelivery() {
        Delivery delivery = delivery("k1");
        assertThat(deliveries.record(delivery, WINDOW)).isEqualTo(new Recording(Recording.Kind.NEW, null));
        StoredDelivery stored = deliveries.find(delivery.id()).orElseThrow();
        assertThat(stored.outcome()).isEqualTo(Outcome.QUEUED);
        assertThat(stored.key()).isEqualTo("k1");
        assertThat(stored.receivedAt()).isEqualTo(NOON);
        assertThat(stored.steps()).containsExactly(step("verify-signature"));
        assertThat(stored.decidedAt()).isNull();
    }

    @Test
    void givesADeliveryBackAsItCame() {
        Delivery delivery = delivery("k1");
        deliveries.record(delivery, WINDOW);
        Delivery loaded = deliveries.load(delivery.id()).orElseThrow();
        assertThat(loaded.body()).isEqualTo(delivery.body());
        assertThat(loaded.headers()).isEqualTo(delivery.headers());
        assertThat(loaded.eventName()).isEqualTo("pull_request");
    }

    @Test
    void keepsABodyOfTheLargestSizeThatIngestTakes() {
        byte[] body = new byte[25 * 1024 * 1024];
        new Random(1).nextBytes(body);
        Delivery delivery = new Delivery(Samples.id(), "gitlab", "k", "push", NOON, Map.of(), body, List.of());
        deliveries.record(delivery, WINDOW);
        assertThat(deliveries.load(delivery.id()).orElseThrow().body()).isEqualTo(body);
    }

    @Test
    void resumesADeliveryThatWasNotDecided() {
        Delivery delivery = delivery("k1");
        deliveries.record(delivery, WINDOW);
        assertThat(deliveries.record(delivery, WINDOW).kind()).isEqualTo(Recording.Kind.RESUMED);
    }

    @Test
    void recognisesADeliveryThatWasDecided() {
        Delivery delivery = recorded("k1");
        deliveries.conclude(dispatched(delivery.id(), List.of(), List.of()));
        assertThat(deliveries.record(delivery, WINDOW).kind()).isEqualTo(Recording.Kind.DECIDED);
    }

    @Test
    void callsAnotherCopyADuplicateAndKeepsItWithoutBody() {
        Delivery holder = recorded("k1");
        Delivery copy = delivery("k1");
        Recording duplicate = new Recording(Recording.Kind.DUPLICATE, holder.id());
        assertThat(deliveries.record(copy, WINDOW)).isEqualTo(duplicate);
        assertThat(deliveries.record(copy, WINDOW)).as("redelivered").isEqualTo(duplicate);
        StoredDelivery stored = deliveries.find(copy.id()).orElseThrow();
        assertThat(stored.outcome()).isEqualTo(Outcome.DUPLICATE);
        assertThat(stored.reason()).isEqualTo(Reason.ALREADY_RECEIVED);
        assertThat(stored.duplicateOf()).isEqualTo(holder.id());
        assertThat(deliveries.load(copy.id())).isEmpty();
    }

    @Test
    void keepsKeysOfDifferentSourcesApart() {
        recorded("k1");
        Delivery other = new Delivery(Samples.id(), "gitlab", "k1", "push", NOON, Map.of(), new byte[0], List.of());
        assertThat(deliveries.record(other, WINDOW).kind()).isEqualTo(Recording.Kind.NEW);
    }

    @Test
    void letsACopyFollowAParkedDelivery() {
        Delivery holder = recorded("k1");
        deliveries.park(holder.id(), Reason.DEFECT, "broken", List.of());
        assertThat(deliveries.record(delivery("k1"), WINDOW).kind()).isEqualTo(Recording.Kind.NEW);
        assertThat(deliveries.record(delivery("k1"), WINDOW).kind()).isEqualTo(Recording.Kind.DUPLICATE);
    }

    @Test
    void letsACopyFollowADeliveryWhoseJobFailed() {
        for (String outcome : List.of("failed", "error")) {
            Job job = concluded(outcome, "f41");
            jobs.finish(job.id(), Job.State.DONE, outcome, null, 1, NOON, List.of());
            assertThat(deliveries.record(delivery(outcome), WINDOW).kind()).isEqualTo(Recording.Kind.NEW);
        }
    }

    @Test
    void callsACopyOfASucceededDeliveryADuplicate() {
        Job job = concluded("k1", "f41");
        jobs.finish(job.id(), Job.State.DONE, "succeeded", null, 1, NOON, List.of());
        assertThat(deliveries.record(delivery("k1"), WINDOW).kind()).isEqualTo(Recording.Kind.DUPLICATE);
    }

    @Test
    void forgetsAKeyAfterTheWindow() {
        recorded("k1");
        assertThat(deliveries.record(delivery("k1", NOON.plus(WINDOW)), WINDOW).kind())
                .isEqualTo(Recording.Kind.DUPLICATE);
        Instant later = NOON.plus(WINDOW).plusMillis(1);
        assertThat(deliveries.record(delivery("k1", later), WINDOW).kind()).isEqualTo(Recording.Kind.NEW);
    }

    @Test
    void callsExactlyOneOfManyRacingCopiesNew() {
        for (int round = 0; round < 10; round++) {
            String key = "race" + round;
            assertThat(kinds(race(() -> deliveries.record(delivery(key), WINDOW))))
                    .isEqualTo(oneNewAndDuplicates());
        }
    }

    @Test
    void letsExactlyOneOfManyRacingCopiesFollowAParkedDelivery() {
        for (int round = 0; round < 10; round++) {
            String key = "race" + round;
            deliveries.park(recorded(key).id(), Reason.DEFECT, null, List.of());
            assertThat(kinds(race(() -> deliveries.record(delivery(key), WINDOW))))
                    .isEqualTo(oneNewAndDuplicates());
        }
    }

    @Test
    void callsOneOfManyRacingAttemptsAtTheSameCopyNew() {
        Delivery delivery = delivery("k1");
        List<Recording.Kind> kinds = kinds(race(() -> deliveries.record(delivery, WINDOW)));
        assertThat(kinds).containsOnly(Recording.Kind.NEW, Recording.Kind.RESUMED);
        assertThat(kinds).containsOnlyOnce(Recording.Kind.NEW);
    }

    @Test
    void concludesWithJobsTargetsAndReports() {
        Delivery delivery = recorded("k1");
        Job first = job(delivery.id(), "f41", "f42", "f42");
        Job second = job(delivery.id());
        Wanted report = check("rpm-build:f41", CheckState.PENDING, NOON, delivery.id(), first.id());
        deliveries.conclude(dispatched(delivery.id(), List.of(first, second), List.of(report)));

        StoredDelivery stored = deliveries.find(delivery.id()).orElseThrow();
        assertThat(stored.outcome()).isEqualTo(Outcome.DISPATCHED);
        assertThat(requireNonNull(stored.event()).path("type").asText()).isEqualTo("pull-request");
        assertThat(stored.steps()).containsExactly(step("verify-signature"), step("select-jobs"));
        assertThat(stored.decidedAt()).isNotNull();
        assertThat(deliveries.jobsOf(delivery.id())).containsExactly(first, second);
        assertThat(jobs.targets(first.id())).isEqualTo(Map.of("f41", CheckState.PENDING, "f42", CheckState.PENDING));
        assertThat(outbox.unsent(delivery.id(), null)).containsExactly(report.id());
    }

    @Test
    void concludesWithoutJobsAndKeepsTheReason() {
        Delivery delivery = recorded("k1");
        deliveries.conclude(new Conclusion(
                delivery.id(),
                Outcome.IGNORED,
                Reason.NO_COMMAND,
                "no /packit",
                null,
                null,
                List.of(),
                List.of(),
                List.of()));
        StoredDelivery stored = deliveries.find(delivery.id()).orElseThrow();
        assertThat(stored.outcome()).isEqualTo(Outcome.IGNORED);
        assertThat(stored.reason()).isEqualTo(Reason.NO_COMMAND);
        assertThat(stored.detail()).isEqualTo("no /packit");
        assertThat(stored.event()).isNull();
    }

    @Test
    void concludesOnlyOnce() {
        Delivery delivery = recorded("k1");
        Conclusion conclusion = dispatched(delivery.id(), List.of(job(delivery.id(), "f41")), List.of());
        deliveries.conclude(conclusion);
        deliveries.conclude(conclusion);
        deliveries.conclude(dispatched(delivery.id(), List.of(job(delivery.id())), List.of()));
        assertThat(deliveries.jobsOf(delivery.id())).isEqualTo(conclusion.jobs());
        assertThat(deliveries.find(delivery.id()).orElseThrow().steps()).hasSize(2);
    }

    @Test
    void concludesOnceWhenManyRace() {
        Delivery delivery = recorded("k1");
        race(() -> {
            Job job = job(delivery.id(), "f41");
            Wanted report = check("rpm-build", CheckState.PENDING, NOON, delivery.id(), job.id());
            deliveries.conclude(dispatched(delivery.id(), List.of(job), List.of(report)));
            return job;
        });
        List<Job> stored = deliveries.jobsOf(delivery.id());
        assertThat(stored).hasSize(1);
        assertThat(outbox.ofDelivery(delivery.id()))
                .extracting(OutboxEntry::jobId)
                .containsExactly(stored.get(0).id());
    }

    @Test
    void storesNothingOfAConclusionThatFails() {
        Delivery delivery = recorded("k1");
        Job ofNothing = job("no such delivery");
        assertThatThrownBy(() -> deliveries.conclude(dispatched(delivery.id(), List.of(ofNothing), List.of())))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(deliveries.find(delivery.id()).orElseThrow().outcome()).isEqualTo(Outcome.QUEUED);
    }

    @Test
    void parksOnlyWhatIsNotDecided() {
        Delivery queued = recorded("k1");
        deliveries.park(queued.id(), Reason.ATTEMPTS_EXHAUSTED, "5 attempts", List.of(step("park")));
        StoredDelivery parked = deliveries.find(queued.id()).orElseThrow();
        assertThat(parked.outcome()).isEqualTo(Outcome.PARKED);
        assertThat(parked.reason()).isEqualTo(Reason.ATTEMPTS_EXHAUSTED);
        assertThat(parked.steps()).endsWith(step("park"));

        Delivery decided = recorded("k2");
        deliveries.conclude(dispatched(decided.id(), List.of(), List.of()));
        deliveries.park(decided.id(), Reason.DEFECT, null, List.of());
        assertThat(deliveries.find(decided.id()).orElseThrow().outcome()).isEqualTo(Outcome.DISPATCHED);
    }

    @Test
    void reopensOnlyWhatIsParked() {
        Delivery delivery = recorded("k1");
        assertThat(deliveries.reopen(delivery.id())).isFalse();
        deliveries.park(delivery.id(), Reason.DEFECT, null, List.of());
        assertThat(deliveries.reopen(delivery.id())).isTrue();
        assertThat(deliveries.record(delivery, WINDOW).kind()).isEqualTo(Recording.Kind.RESUMED);
    }

    @Test
    void findsDeliveriesBySourceKeyOutcomeAndProject() {
        Delivery first = recorded("k1");
        Delivery second = recorded("k2");
        deliveries.conclude(dispatched(second.id(), List.of(), List.of()));
        assertThat(found(new DeliveryQuery("github", "k1", null, null, null, 10)))
                .containsExactly(first.id());
        assertThat(found(new DeliveryQuery(null, null, Outcome.DISPATCHED, null, null, 10)))
                .containsExactly(second.id());
        assertThat(found(new DeliveryQuery(null, null, null, PROJECT.key(), null, 10)))
                .containsExactly(second.id());
        assertThat(found(new DeliveryQuery("gitlab", null, null, null, null, 10)))
                .isEmpty();
    }

    @Test
    void pagesThroughDeliveriesNewestFirst() {
        List<String> newestFirst = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Delivery delivery = delivery("k" + i, NOON.plusSeconds(i / 2));
            deliveries.record(delivery, WINDOW);
            newestFirst.add(delivery.id());
        }
        List<String> paged = new ArrayList<>();
        Cursor before = null;
        for (int i = 0; i < 3; i++) {
            List<StoredDelivery> page = deliveries.search(new DeliveryQuery(null, null, null, null, before, 2));
            page.forEach(delivery -> paged.add(delivery.id()));
            StoredDelivery last = page.get(page.size() - 1);
            before = new Cursor(last.receivedAt(), last.id());
        }
        assertThat(paged).containsExactlyInAnyOrderElementsOf(newestFirst).doesNotHaveDuplicates();
        assertThat(paged.get(0)).isEqualTo(newestFirst.get(4));
    }

    // jobs

    @Test
    void loadsAJobWithTheEventOfItsDelivery() {
        Job job = concluded("k1", "f41");
        assertThat(jobs.load(job.id())).contains(job);
        assertThat(jobs.load("unknown")).isEmpty();
    }

    @Test
    void tellsWhetherAnIntentWasThereBefore() {
        Job job = concluded("k1", "f41");
        assertThat(jobs.anyIntendedWithoutExternalId("copr-build")).isFalse();
        assertThat(jobs.intend(job.id())).isFalse();
        assertThat(jobs.anyIntendedWithoutExternalId("copr-build")).isTrue();
        assertThat(jobs.anyIntendedWithoutExternalId("koji-build")).isFalse();
        assertThat(jobs.intend(job.id())).isTrue();
        assertThat(jobs.load(job.id()).orElseThrow().intended()).isTrue();
    }

    @Test
    void findsAJobByWhatRunsElsewhere() {
        Job job = concluded("k1", "f41");
        jobs.intend(job.id());
        jobs.submitted(job.id(), "1044215", List.of(new Link("Copr", "https://example.org/1044215")));
        assertThat(jobs.findByExternalId("copr-build", "1044215").map(Job::id)).contains(job.id());
        assertThat(jobs.findByExternalId("koji-build", "1044215")).isEmpty();
        assertThat(jobs.anyIntendedWithoutExternalId("copr-build")).isFalse();
        assertThat(jobs.find(job.id()).orElseThrow().links())
                .containsExactly(new Link("Copr", "https://example.org/1044215"));
    }

    @Test
    void givesOneExternalIdToOneJobOfAHandler() {
        Job first = concluded("k1", "f41");
        Job second = concluded("k2", "f41");
        jobs.submitted(first.id(), "1", List.of());
        assertThatThrownBy(() -> jobs.submitted(second.id(), "1", List.of()))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void movesATargetForwardOnly() {
        String job = concluded("k1", "f41").id();
        assertThat(jobs.advanceTarget(job, "f41", CheckState.PENDING)).isFalse();
        assertThat(jobs.advanceTarget(job, "f41", CheckState.RUNNING)).isTrue();
        assertThat(jobs.advanceTarget(job, "f41", CheckState.RUNNING)).isFalse();
        assertThat(jobs.advanceTarget(job, "f41", CheckState.FAILURE)).isTrue();
        assertThat(jobs.advanceTarget(job, "f41", CheckState.SUCCESS)).isFalse();
        assertThat(jobs.targets(job)).isEqualTo(Map.of("f41", CheckState.FAILURE));
    }

    @Test
    void letsAnEndThatArrivesBeforeItsStartWin() {
        String job = concluded("k1", "f41").id();
        assertThat(jobs.advanceTarget(job, "f41", CheckState.SUCCESS)).isTrue();
        assertThat(jobs.advanceTarget(job, "f41", CheckState.RUNNING)).isFalse();
        assertThat(jobs.targets(job)).isEqualTo(Map.of("f41", CheckState.SUCCESS));
    }

    @Test
    void createsNoTargetThatNobodyAskedFor() {
        String job = concluded("k1", "f41").id();
        assertThat(jobs.advanceTarget(job, "f99", CheckState.RUNNING)).isFalse();
        assertThat(jobs.targets(job)).containsOnlyKeys("f41");
    }

    @Test
    void letsOneOfManyRacersEndATarget() {
        String job = concluded("k1", "f41").id();
        assertThat(race(() -> jobs.advanceTarget(job, "f41", CheckState.SUCCESS)))
                .containsOnlyOnce(true);
    }

    @Test
    void keepsADoneJobDone() {
        String job = concluded("k1", "f41").id();
        jobs.finish(job, Job.State.DONE, "succeeded", "built", 2, NOON.plusSeconds(5), List.of(step("end")));
        StoredJob done = jobs.find(job).orElseThrow();
        jobs.finish(job, Job.State.WAITING, null, "waiting", 1, NOON, List.of(step("submit")));
        jobs.finish(job, Job.State.DONE, "failed", "late", 1, NOON, List.of());
        jobs.attemptFailed(job, 1, "refused", List.of());

        StoredJob still = jobs.find(job).orElseThrow();
        assertThat(still.job().state()).isEqualTo(Job.State.DONE);
        assertThat(still.outcome()).isEqualTo("succeeded");
        assertThat(still.detail()).isEqualTo("built");
        assertThat(still.endedAt()).isEqualTo(done.endedAt());
        assertThat(still.job().attempts()).isEqualTo(2);
        assertThat(still.startedAt()).as("the earliest start").isEqualTo(NOON);
        assertThat(still.steps()).containsExactly(step("end"), step("submit"));
    }

    @Test
    void bringsAJobFromWaitingToDone() {
        String job = concluded("k1", "f41").id();
        jobs.finish(job, Job.State.WAITING, null, null, 1, NOON, List.of());
        jobs.finish(job, Job.State.QUEUED, null, null, 1, NOON, List.of());
        StoredJob waiting = jobs.find(job).orElseThrow();
        assertThat(waiting.job().state()).isEqualTo(Job.State.WAITING);
        assertThat(waiting.endedAt()).isNull();
        jobs.finish(job, Job.State.DONE, "failed", "1 of 1 builds failed", 1, NOON, List.of());
        StoredJob done = jobs.find(job).orElseThrow();
        assertThat(done.outcome()).isEqualTo("failed");
        assertThat(done.endedAt()).isNotNull();
    }

    @Test
    void remembersAttemptsThatFailed() {
        String job = concluded("k1", "f41").id();
        jobs.attemptFailed(job, 1, "refused", List.of(step("first")));
        jobs.attemptFailed(job, 2, "timed out", List.of(step("second")));
        StoredJob stored = jobs.find(job).orElseThrow();
        assertThat(stored.job().attempts()).isEqualTo(2);
        assertThat(stored.job().state()).isEqualTo(Job.State.QUEUED);
        assertThat(stored.detail()).isEqualTo("timed out");
        assertThat(stored.steps()).containsExactly(step("first"), step("second"));
    }

    @Test
    void findsJobsByStateOutcomeHandlerAndProject() {
        Job first = concluded("k1", "f41");
        Job second = concluded("k2", "f42");
        jobs.finish(second.id(), Job.State.DONE, "failed", null, 1, NOON, List.of());
        assertThat(foundJobs(new JobQuery(null, Job.State.QUEUED, null, null, null, 10)))
                .containsExactly(first.id());
        assertThat(foundJobs(new JobQuery(null, null, "failed", null, null, 10)))
                .containsExactly(second.id());
        assertThat(foundJobs(new JobQuery("copr-build", null, null, PROJECT.key(), null, 1)))
                .hasSize(1);
        assertThat(foundJobs(new JobQuery("koji-build", null, null, null, null, 10)))
                .isEmpty();
        assertThat(jobs.ofDelivery(second.deliveryId()))
                .extracting(StoredJob::targets)
                .containsExactly(Map.of("f42", CheckState.PENDING));
    }

    // outbox

    @Test
    void sendsAFirstWish() {
        Wanted wanted = check(CheckState.PENDING);
        assertThat(outbox.want(wanted)).isTrue();
        OutboxEntry entry = claimed(wanted.id());
        assertThat(entry.check()).isEqualTo(wanted.check());
        assertThat(entry.target()).isEqualTo(wanted.target());
        assertThat(entry.version()).isEqualTo(1);
        assertThat(entry.searchFirst()).isFalse();
        assertThat(outbox.sent(wanted.id(), 1, "ext", List.of(step("put-check"))))
                .isFalse();
        OutboxEntry shown = outbox.find(wanted.id()).orElseThrow();
        assertThat(shown.externalId()).isEqualTo("ext");
        assertThat(shown.firstSentAt()).isNotNull();
        assertThat(shown.steps()).containsExactly(step("put-check"));
        assertThat(outbox.claim(wanted.id(), LEASE).kind()).isEqualTo(Claim.Kind.UP_TO_DATE);
    }

    @Test
    void movesACheckForwardOnlyWithinOneGeneration() {
        assertThat(outbox.want(check(CheckState.RUNNING))).isTrue();
        assertThat(outbox.want(check(CheckState.PENDING))).isFalse();
        assertThat(outbox.want(check(CheckState.RUNNING))).as("identical").isFalse();
        assertThat(outbox.want(check(CheckState.SUCCESS))).isTrue();
        assertThat(outbox.want(check(CheckState.FAILURE))).isFalse();
        assertThat(outbox.want(check(CheckState.RUNNING))).isFalse();
        assertThat(requireNonNull(claimed(check(CheckState.PENDING).id()).check())
                        .state())
                .isEqualTo(CheckState.SUCCESS);
    }

    @Test
    void letsALaterGenerationTakeAPlaceOver() {
        outbox.want(check(CheckState.SUCCESS));
        Wanted later = check("rpm-build", CheckState.PENDING, NOON.plusNanos(1000), "d2", null);
        assertThat(outbox.want(later)).isTrue();
        assertThat(outbox.want(check(CheckState.FAILURE)))
                .as("of the earlier one")
                .isFalse();
        assertThat(outbox.ofDelivery("d1")).isEmpty();
        assertThat(outbox.ofDelivery("d2")).hasSize(1);
        assertThat(requireNonNull(claimed(later.id()).check()).state()).isEqualTo(CheckState.PENDING);
    }

    @Test
    void sendsNothingWhenALaterGenerationWantsWhatIsShown() {
        Wanted first = check(CheckState.PENDING);
        outbox.want(first);
        outbox.sent(first.id(), claimed(first.id()).version(), "ext", List.of());
        assertThat(outbox.want(check("rpm-build", CheckState.PENDING, NOON.plusSeconds(1), "d2", null)))
                .isFalse();
        assertThat(outbox.want(check(CheckState.SUCCESS)))
                .as("of the earlier one")
                .isFalse();
    }

    @Test
    void writesACommentOnce() {
        assertThat(outbox.want(comment("Hello"))).isTrue();
        assertThat(outbox.want(comment("Hello again"))).isFalse();
        assertThat(claimed(comment("").id()).comment()).isEqualTo("Hello");
    }

    @Test
    void wantsManyAtOnceAndNamesThoseToSend() {
        Wanted old = check("a", CheckState.SUCCESS, NOON, "d1", null);
        Wanted changed = check("b", CheckState.PENDING, NOON, "d1", null);
        outbox.wantAll(List.of(old, changed));
        Wanted ended = check("b", CheckState.FAILURE, NOON, "d1", null);
        Wanted fresh = check("c", CheckState.PENDING, NOON, "d1", "j1");
        assertThat(outbox.wantAll(List.of(fresh, ended, old))).containsExactlyInAnyOrder(ended.id(), fresh.id());
        assertThat(outbox.unsent("d1", "j1")).containsExactly(fresh.id());
        assertThat(outbox.unsent("d1", null)).hasSize(3);
    }

    @Test
    void joinsTheTransactionThatRuns() {
        assertThatThrownBy(() -> transaction.run(() -> {
                    outbox.want(check(CheckState.PENDING));
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");
        assertThat(outbox.ofDelivery("d1")).isEmpty();
    }

    @Test
    void givesAnEntryToOneSenderAtATime() {
        Wanted wanted = check(CheckState.PENDING);
        outbox.want(wanted);
        claimed(wanted.id());
        Claim second = outbox.claim(wanted.id(), LEASE);
        assertThat(second.kind()).isEqualTo(Claim.Kind.BUSY);
        assertThat(second.busyUntil()).isAfter(Instant.now());
        assertThat(outbox.claim("unknown", LEASE).kind()).isEqualTo(Claim.Kind.UP_TO_DATE);
    }

    @Test
    void givesAnEntryToExactlyOneOfManyRacers() {
        for (int round = 0; round < 10; round++) {
            Wanted wanted = check("race" + round, CheckState.PENDING, NOON, "d1", null);
            outbox.want(wanted);
            List<Claim.Kind> kinds = race(() -> outbox.claim(wanted.id(), LEASE)).stream()
                    .map(Claim::kind)
                    .toList();
            assertThat(kinds).containsOnlyOnce(Claim.Kind.CLAIMED);
            assertThat(Collections.frequency(kinds, Claim.Kind.BUSY)).isEqualTo(RACERS - 1);
        }
    }

    @Test
    void searchesFirstWhenAnEarlierSenderNeverCameBack() {
        Wanted wanted = check(CheckState.PENDING);
        outbox.want(wanted);
        assertThat(outbox.claim(wanted.id(), NO_LEASE).kind()).isEqualTo(Claim.Kind.CLAIMED);
        assertThat(claimed(wanted.id()).searchFirst()).isTrue();
        outbox.sent(wanted.id(), 1, "ext", List.of());
        outbox.want(check(CheckState.RUNNING));
        assertThat(claimed(wanted.id()).searchFirst()).as("the id is known").isFalse();
    }

    @Test
    void saysThatSomethingNewerIsWantedByNow() {
        Wanted wanted = check(CheckState.PENDING);
        outbox.want(wanted);
        OutboxEntry first = claimed(wanted.id());
        outbox.want(check(CheckState.SUCCESS));
        assertThat(outbox.sent(wanted.id(), first.version(), "ext", List.of())).isTrue();
        OutboxEntry second = claimed(wanted.id());
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.externalId()).isEqualTo("ext");
        assertThat(second.firstSentAt()).isNotNull();
        assertThat(outbox.sent(wanted.id(), 2, "ext", List.of())).isFalse();
        assertThat(outbox.unsent("d1", null)).isEmpty();
    }

    @Test
    void measuresTheFirstStatusOfAGenerationByItsOwnVersions() {
        Wanted wanted = check(CheckState.PENDING);
        outbox.want(wanted);
        OutboxEntry first = claimed(wanted.id());
        outbox.want(check("rpm-build", CheckState.RUNNING, NOON.plusSeconds(1), "d2", null));
        outbox.sent(wanted.id(), first.version(), "ext", List.of());
        OutboxEntry second = claimed(wanted.id());
        assertThat(second.firstSentAt()).isNull();
        outbox.sent(wanted.id(), second.version(), "ext", List.of());
        assertThat(outbox.find(wanted.id()).orElseThrow().firstSentAt()).isNotNull();
    }

    @Test
    void triesAFailedCallAgain() {
        Wanted wanted = check(CheckState.PENDING);
        outbox.want(wanted);
        claimed(wanted.id());
        outbox.failed(wanted.id(), "502", false, List.of());
        OutboxEntry again = claimed(wanted.id());
        assertThat(again.attempts()).isEqualTo(1);
        assertThat(again.lastError()).isEqualTo("502");
        outbox.sent(wanted.id(), 1, "ext", List.of());
        assertThat(outbox.find(wanted.id()).orElseThrow().lastError()).isNull();
    }

    @Test
    void givesUpTheClaimedVersionButNotANewerOne() {
        Wanted wanted = check(CheckState.PENDING);
        outbox.want(wanted);
        claimed(wanted.id());
        outbox.failed(wanted.id(), "403", true, List.of());
        assertThat(outbox.claim(wanted.id(), LEASE).kind()).isEqualTo(Claim.Kind.UP_TO_DATE);
        assertThat(outbox.find(wanted.id()).orElseThrow().lastError()).isEqualTo("403");

        outbox.want(check(CheckState.RUNNING));
        claimed(wanted.id());
        outbox.want(check(CheckState.SUCCESS));
        outbox.failed(wanted.id(), "403", true, List.of());
        assertThat(claimed(wanted.id()).version()).isEqualTo(3);
    }

    @Test
    void triesAgainForALaterGenerationWhatWasGivenUp() {
        Wanted wanted = check(CheckState.PENDING);
        outbox.want(wanted);
        claimed(wanted.id());
        outbox.failed(wanted.id(), "403", true, List.of());
        assertThat(outbox.want(check("rpm-build", CheckState.PENDING, NOON.plusSeconds(1), "d2", null)))
                .isTrue();
    }

    @Test
    void survivesManyWhoWantTheSamePlacesAtOnce() {
        List<List<String>> changed = race(() -> {
            List<Wanted> wanted = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                wanted.add(check("check" + i, CheckState.PENDING, NOON, "d1", null));
            }
            Collections.shuffle(wanted);
            return outbox.wantAll(wanted);
        });
        assertThat(changed.stream().flatMap(List::stream)).hasSize(5);
    }

    // allowlist

    @Test
    void climbsFromTheProjectToItsNamespaces() {
        assertThat(allowlist.status("gitlab.com", "a/b", "hello")).isEmpty();
        allowlist.put("gitlab.com/a", "approved-manually", null);
        assertThat(allowlist.status("gitlab.com", "a/b", "hello")).contains("approved-manually");
        allowlist.put("gitlab.com/a/b", "denied", "spam");
        assertThat(allowlist.status("gitlab.com", "a/b", "hello")).contains("denied");
        allowlist.put("gitlab.com/a/b/hello", "approved-automatically", null);
        assertThat(allowlist.status("gitlab.com", "a/b", "hello")).contains("approved-automatically");
        assertThat(allowlist.status("gitlab.com", "ab", "hello")).isEmpty();
    }

    @Test
    void climbsPastAWaitingStatus() {
        allowlist.put("github.com/a/hello", "waiting", null);
        assertThat(allowlist.status("github.com", "a", "hello")).contains("waiting");
        allowlist.put("github.com/a", "approved-manually", null);
        assertThat(allowlist.status("github.com", "a", "hello")).contains("approved-manually");
    }

    @Test
    void replacesListsAndForgetsAllowlistEntries() {
        allowlist.put("github.com/b", "waiting", null);
        allowlist.put("github.com/a", "denied", null);
        allowlist.put("github.com/a", "approved-manually", "ticket 7");
        assertThat(allowlist.all())
                .extracting(AllowlistEntry::key, AllowlistEntry::status, AllowlistEntry::note)
                .containsExactly(
                        tuple("github.com/a", "approved-manually", "ticket 7"), tuple("github.com/b", "waiting", null));
        assertThat(allowlist.remove("github.com/a")).isTrue();
        assertThat(allowlist.remove("github.com/a")).isFalse();
    }

    private Delivery recorded(String key) {
        Delivery delivery = delivery(key);
        deliveries.record(delivery, WINDOW);
        return delivery;
    }

    /** A job of a new delivery. */
    private Job concluded(String key, String... targets) {
        Delivery delivery = recorded(key);
        Job job = job(delivery.id(), targets);
        deliveries.conclude(dispatched(delivery.id(), List.of(job), List.of()));
        return job;
    }

    private OutboxEntry claimed(String id) {
        Claim claim = outbox.claim(id, LEASE);
        assertThat(claim.kind()).isEqualTo(Claim.Kind.CLAIMED);
        return requireNonNull(claim.entry());
    }

    private List<String> found(DeliveryQuery query) {
        return deliveries.search(query).stream().map(StoredDelivery::id).toList();
    }

    private List<String> foundJobs(JobQuery query) {
        return jobs.search(query).stream().map(stored -> stored.job().id()).toList();
    }

    private static List<Recording.Kind> kinds(List<Recording> recordings) {
        return recordings.stream().map(Recording::kind).sorted().toList();
    }

    private static List<Recording.Kind> oneNewAndDuplicates() {
        List<Recording.Kind> kinds = new ArrayList<>(Collections.nCopies(RACERS - 1, Recording.Kind.DUPLICATE));
        kinds.add(0, Recording.Kind.NEW);
        return kinds;
    }

    private static <T> List<T> race(Callable<T> racer) {
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
