package dev.forgeway.store;

import static dev.forgeway.store.Samples.NOON;
import static dev.forgeway.store.Samples.PROJECT;
import static dev.forgeway.store.Samples.check;
import static dev.forgeway.store.Samples.delivery;
import static dev.forgeway.store.Samples.dispatched;
import static dev.forgeway.store.Samples.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.forge.CheckState;
import dev.forgeway.ingest.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the stores of periodic work promise, on every database. */
abstract class ScheduleContract extends StoreContract {

    @Test
    void letsOneOfManyProcessesDoAKindOfWork() {
        ClusterLock lock = new ClusterLock(jdbc);
        List<Optional<Runnable>> turns = race(() -> lock.take("retention", Duration.ZERO));
        Runnable end = only(turns);
        assertThat(lock.take("retention", Duration.ZERO)).isEmpty();
        assertThat(lock.take("other-work", Duration.ZERO)).isPresent();

        end.run();

        // PostgreSQL rounds to milliseconds, so the end may lie in the next one
        await().until(() -> lock.take("retention", Duration.ZERO).isPresent());
        lock.destroy();
    }

    @Test
    void leavesAKindOfWorkAloneForAWhileAfterItsEnd() {
        ClusterLock lock = new ClusterLock(jdbc);
        lock.take("retention", Duration.ofHours(1)).orElseThrow().run();
        assertThat(lock.take("retention", Duration.ofHours(1))).isEmpty();

        jdbc.update("update cluster_lock set lock_until = locked_at where name = 'retention'");

        assertThat(lock.take("retention", Duration.ofHours(1)))
                .as("that while is over, or the lease of a process that died")
                .isPresent();
        lock.destroy();
    }

    @Test
    void endsNotTheTurnThatAnotherProcessTookWhileThisOneStoodStill() {
        ClusterLock stalled = new ClusterLock(jdbc);
        ClusterLock other = new ClusterLock(jdbc);
        Runnable end = stalled.take("retention", Duration.ZERO).orElseThrow();
        jdbc.update("update cluster_lock set lock_until = locked_at where name = 'retention'");
        assertThat(other.take("retention", Duration.ZERO)).isPresent();

        end.run();

        assertThat(stalled.take("retention", Duration.ZERO)).isEmpty();
        stalled.destroy();
        other.destroy();
    }

    @Test
    void findsWaitingJobsOfWhichNothingWasToldForAWhile() {
        Instant now = Instant.now();
        PendingStore pending = new PendingStore(jdbc, transaction);
        Job quiet = waiting("k1", "1", now.minusSeconds(600), "f41", "f42");
        Job told = waiting("k2", "2", now.minusSeconds(600), "f41", "f42");
        jobs.advanceTarget(told.id(), "f41", CheckState.RUNNING);
        waiting("k3", "3", now.minusSeconds(60), "f41");
        concluded("k4", "f41");

        assertThat(pending.quiet("copr-build", now.minusSeconds(300), now, 10))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.jobId()).isEqualTo(quiet.id());
                    assertThat(found.asked()).isZero();
                    assertThat(found.givenUp()).isNull();
                });
        assertThat(pending.quiet("koji-build", now.minusSeconds(300), now, 10)).isEmpty();
        assertThat(pending.quiet("copr-build", now.plusSeconds(300), now, 1))
                .as("no more than asked for")
                .hasSize(1);
    }

    @Test
    void countsQuestionsUntilSomethingIsTold() {
        Instant now = Instant.now();
        PendingStore pending = new PendingStore(jdbc, transaction);
        Job job = waiting("k1", "1", now.minusSeconds(9000), "f41", "f42");
        for (int count = 0; count < 3; count++) {
            PendingStore.Pending due = pending.quiet("copr-build", now, now, 10).get(0);
            assertThat(due.asked()).isEqualTo(count);
            pending.asked(due.again(), now.minusSeconds(100), now.plusSeconds(60));
            assertThat(pending.quiet("copr-build", now, now, 10)).isEmpty();
            transaction.update("update pending_work set ask_at = ?", Bound.to(now.minusSeconds(1)));
        }

        jobs.advanceTarget(job.id(), "f41", CheckState.RUNNING);

        assertThat(pending.quiet("copr-build", Instant.now(), now, 10))
                .singleElement()
                .satisfies(due -> assertThat(due.asked()).isZero());
    }

    @Test
    void keepsWhatWasGivenUpUntilItIsForgotten() {
        Instant now = Instant.now();
        PendingStore pending = new PendingStore(jdbc, transaction);
        Job lost = waiting("k1", "1", now.minusSeconds(9000), "f41");
        Job ended = waiting("k2", "2", now.minusSeconds(9000), "f41");
        pending.asked(new PendingStore.Pending(lost.id(), now, 0, "no result"), now, now);
        pending.asked(new PendingStore.Pending(ended.id(), now, 0, null), now, now);
        for (Job job : List.of(lost, ended)) {
            jobs.finish(job.id(), Job.State.DONE, "error", "no result", 1, now, List.of());
        }

        pending.forgetEnded();

        assertThat(jdbc.queryForList("select job_id from pending_work", String.class))
                .containsExactly(lost.id());
        assertThat(pending.givenUp(10))
                .singleElement()
                .satisfies(found -> assertThat(found.givenUp()).isEqualTo("no result"));
        pending.forget(lost.id());
        assertThat(pending.givenUp(10)).isEmpty();
    }

    @Test
    void findsWhatIsStillToBeDone() {
        UnfinishedStore unfinished = new UnfinishedStore(jdbc, transaction, new EventJson());
        Instant later = Instant.now().plusSeconds(60);
        Delivery queued = recorded("k1");
        Job job = concluded("k2", "f41");
        Job done = concluded("k3", "f41");
        jobs.finish(done.id(), Job.State.DONE, "succeeded", null, 1, NOON, List.of());
        Wanted place = check("rpm-build", CheckState.PENDING, NOON, job.deliveryId(), null);
        Wanted other = check("tests", CheckState.PENDING, NOON, job.deliveryId(), null);
        outbox.wantAll(List.of(place, other));
        claimed(other.id());

        assertThat(unfinished.deliveries(NOON.plusSeconds(1))).containsExactly(queued.id());
        assertThat(unfinished.deliveries(NOON)).isEmpty();
        assertThat(unfinished.jobs(later))
                .containsExactly(new UnfinishedStore.QueuedJob(job.id(), job.handler(), job.priority()));
        assertThat(unfinished.jobs(later.minusSeconds(3600))).isEmpty();
        assertThat(unfinished.statuses(NOON, later, Instant.now())).containsExactly(place.id());
        assertThat(unfinished.statuses(NOON, later, later.plusSeconds(3600)))
                .as("the claim is over")
                .containsExactlyInAnyOrder(place.id(), other.id());
        assertThat(unfinished.statuses(NOON.plusSeconds(1), later, later)).isEmpty();
        assertThat(unfinished.statuses(NOON, later.minusSeconds(3600), later)).isEmpty();

        unfinished.tell(UnfinishedStore.Kind.DELIVERY, queued.id(), step("tell"));
        unfinished.tell(UnfinishedStore.Kind.JOB, job.id(), step("tell"));
        unfinished.tell(UnfinishedStore.Kind.STATUS, place.id(), step("tell"));

        assertThat(deliveries.find(queued.id()).orElseThrow().steps()).contains(step("tell"));
        assertThat(jobs.find(job.id()).orElseThrow().steps()).contains(step("tell"));
        assertThat(outbox.find(place.id()).orElseThrow().steps()).contains(step("tell"));
    }

    @Test
    void knowsFromWhenUntilWhenNothingOfASourceIsMissing() {
        CompletenessStore store = new CompletenessStore(jdbc, transaction);
        Instant now = NOON.plusSeconds(7200);
        store.begin("github", NOON);
        store.begin("github", now);
        MissedDelivery first = new MissedDelivery("github", "m1", "11", "push", NOON.plusSeconds(60), 502);
        MissedDelivery second = new MissedDelivery("github", "m2", "12", "push", NOON.plusSeconds(120), 0);

        store.add(List.of(second, first, first), now);
        store.looked("github", now, now);

        assertThat(store.find("github").orElseThrow())
                .isEqualTo(new Completeness("github", NOON, now, now, null, false, null, null));
        assertThat(store.completeUntil("github")).contains(first.sentAt());
        assertThat(store.oldest("github", 1)).containsExactly(first);
        assertThat(store.found("m2")).containsExactly(second);

        store.end(first, MissedDelivery.State.RECOVERED, "some-id");
        assertThat(store.completeUntil("github")).contains(second.sentAt());
        store.end(second, MissedDelivery.State.LOST, null);
        assertThat(store.completeUntil("github")).contains(now);
        assertThat(store.counts("github")).isEqualTo(Map.of("found", 0, "recovered", 1, "unwanted", 0, "lost", 1));
        store.forget(now.plusSeconds(1));
        assertThat(store.counts("github").values()).containsOnly(0);
        assertThat(store.find("gitlab")).isEmpty();
    }

    @Test
    void doesNotMissWhatIsStoredOrWasFoundBefore() {
        CompletenessStore store = new CompletenessStore(jdbc, transaction);
        Delivery stored = delivery("stored");
        deliveries.record(stored, Duration.ofHours(1));
        store.add(List.of(new MissedDelivery("github", "found", "11", "push", NOON, 502)), NOON);

        assertThat(store.unknown("github", stored.source(), List.of(stored.key(), "found", "neither")))
                .containsExactly("neither");
        assertThat(store.unknown("github/packit/hello", "gitlab", List.of(stored.key(), "found")))
                .containsExactlyInAnyOrder(stored.key(), "found");
    }

    @Test
    void knowsThatASourceWasOffUntilItTellsAgainWhatItSent() {
        CompletenessStore store = new CompletenessStore(jdbc, transaction);
        store.begin("gitlab/packit/hello", NOON);

        store.switchedOff("gitlab/packit/hello", "it is off", NOON.plusSeconds(60));
        store.failed("gitlab/packit/hello", "it is down", NOON.plusSeconds(120));

        Completeness known = store.find("gitlab/packit/hello").orElseThrow();
        assertThat(known.problem()).isEqualTo("it is down");
        assertThat(known.isSwitchedOff()).isTrue();
        store.looked("gitlab/packit/hello", NOON.plusSeconds(180), NOON.plusSeconds(180));
        assertThat(store.find("gitlab/packit/hello").orElseThrow().isSwitchedOff())
                .isFalse();
    }

    @Test
    void tellsTheLastTimeOfWhichSomethingIsLost() {
        CompletenessStore store = new CompletenessStore(jdbc, transaction);
        store.begin("github", NOON);

        store.lost("github", NOON, NOON.plusSeconds(600));
        store.lost("github", NOON.plusSeconds(60), NOON.plusSeconds(60));
        store.failed("github", "it is down", NOON.plusSeconds(700));

        assertThat(store.find("github").orElseThrow())
                .isEqualTo(new Completeness(
                        "github",
                        NOON.plusSeconds(600),
                        NOON,
                        NOON.plusSeconds(700),
                        "it is down",
                        false,
                        NOON,
                        NOON.plusSeconds(600)));

        Instant later = NOON.plus(Duration.ofDays(3));
        store.lost("github", later, later);
        assertThat(store.find("github").orElseThrow().lostFrom()).isEqualTo(later);
        assertThat(store.find("github").orElseThrow().since()).isEqualTo(later);
    }

    private Job waiting(String key, String externalId, Instant since, String... targets) {
        Job job = concluded(key, targets);
        jobs.submitted(job.id(), externalId, List.of());
        jobs.finish(job.id(), Job.State.WAITING, null, null, 1, since, List.of());
        return job;
    }

    @Test
    void leavesAloneWhatIsBlocked() {
        Job build = concluded("build", "f41");
        jobs.finish(build.id(), Job.State.WAITING, null, null, 1, NOON, List.of());
        Delivery command = recorded("command");
        Job tests = Samples.job(command.id(), "f41")
                .with(Job.BUILD, build.id())
                .with(Job.CHROOT, "f41")
                .blocked();
        deliveries.conclude(dispatched(command.id(), List.of(tests), List.of()));
        Instant later = NOON.plus(Duration.ofDays(400));
        // all that a waiting job has, so that nothing but its state keeps it out
        transaction.update("update job set external_id = 'x', started_at = ? where id = ?", Bound.to(NOON, tests.id()));

        assertThat(new PendingStore(jdbc, transaction).quiet(tests.handler(), later, later, 10))
                .isEmpty();
        assertThat(new RetentionStore(jdbc, transaction).old(Outcome.DISPATCHED, later, "", 10))
                .as("neither the blocked job nor the build that it waits for")
                .isEmpty();
    }

    @Test
    void dropsBodiesBeforeStepsAndStepsBeforeFacts() {
        RetentionStore retention = new RetentionStore(jdbc, transaction);
        Job old = concluded("old", "f41");
        jobs.finish(old.id(), Job.State.DONE, "succeeded", null, 1, NOON, List.of(step("run-handler")));
        Delivery parked = recorded("parked");
        deliveries.failed(parked.id(), new IllegalStateException("broken"), null);
        deliveries.park(parked.id(), Reason.DEFECT, "broken", List.of(step("parse")));
        new AttemptStore(transaction, new EventJson()).failed(old.id(), new IllegalStateException("an attempt"));
        Delivery queued = recorded("queued");
        Delivery young = delivery("young", NOON.plusSeconds(60));
        deliveries.record(young, WINDOW);
        deliveries.conclude(dispatched(young.id(), List.of(), List.of()));

        assertThat(retention.thinOut(RetentionStore.Kind.BODIES, NOON.plusSeconds(30), 10))
                .isEqualTo(3);

        assertThat(deliveries.load(old.deliveryId())).isEmpty();
        assertThat(deliveries.load(parked.id())).as("needed for redrive").isPresent();
        assertThat(deliveries.load(queued.id())).isPresent();
        assertThat(deliveries.load(young.id())).isPresent();
        assertThat(jobs.find(old.id()).orElseThrow().steps()).hasSize(1);
        assertThat(retention.thinOut(RetentionStore.Kind.BODIES, NOON.plusSeconds(30), 10))
                .as("each is looked at once")
                .isZero();

        assertThat(retention.thinOut(RetentionStore.Kind.STEPS, NOON.plusSeconds(30), 10))
                .isEqualTo(3);

        assertThat(jobs.find(old.id()).orElseThrow().steps()).isEmpty();
        assertThat(jdbc.queryForList("select stack from job where stack is not null", String.class))
                .as("it went well in the end")
                .isEmpty();
        assertThat(jdbc.queryForList("select stack from delivery where stack is not null", String.class))
                .as("of what waits for a person")
                .singleElement()
                .asString()
                .contains("IllegalStateException: broken", "at dev.forgeway.");
        assertThat(deliveries.find(old.deliveryId()).orElseThrow().steps()).isEmpty();
        assertThat(deliveries.find(old.deliveryId()).orElseThrow().outcome()).isEqualTo(Outcome.DISPATCHED);
        assertThat(deliveries.find(queued.id()).orElseThrow().steps()).isNotEmpty();
        assertThat(deliveries.find(young.id()).orElseThrow().steps()).isNotEmpty();
    }

    @Test
    void goesThroughTheDeliveriesInBatches() {
        RetentionStore retention = new RetentionStore(jdbc, transaction);
        for (int second = 0; second < 5; second++) {
            Delivery delivery = delivery("k" + second, NOON.plusSeconds(second));
            deliveries.record(delivery, WINDOW);
            deliveries.conclude(dispatched(delivery.id(), List.of(), List.of()));
        }

        assertThat(retention.thinOut(RetentionStore.Kind.BODIES, NOON.plusSeconds(9), 2))
                .isEqualTo(2);
        assertThat(bodies()).isEqualTo(3);
        assertThat(retention.thinOut(RetentionStore.Kind.BODIES, NOON.plusSeconds(9), 2))
                .isEqualTo(2);
        assertThat(retention.thinOut(RetentionStore.Kind.BODIES, NOON.plusSeconds(9), 2))
                .isEqualTo(1);
        assertThat(bodies()).isZero();
    }

    @Test
    void deletesADeliveryWithAllThatBelongsToIt() {
        RetentionStore retention = new RetentionStore(jdbc, transaction);
        Job job = concluded("k1", "f41");
        jobs.advanceTarget(job.id(), "f41", CheckState.SUCCESS);
        jobs.finish(job.id(), Job.State.DONE, "succeeded", null, 1, NOON, List.of());
        Wanted wanted = check("rpm-build:f41", CheckState.SUCCESS, NOON, job.deliveryId(), job.id());
        outbox.want(wanted);
        notices.tells("told", job.deliveryId());
        CommentCommandStore commands = new CommentCommandStore(jdbc, transaction);
        commands.repeats("7", "/packit build", job.deliveryId());
        Job open = concluded("k2", "f41");
        Job other = concluded("k3", "f41");

        List<String> old = retention.old(Outcome.DISPATCHED, NOON.plusSeconds(1), "", 10);
        assertThat(old).as("those with open jobs stay").containsExactly(job.deliveryId());
        assertThat(retention.old(Outcome.DISPATCHED, NOON, "", 10)).isEmpty();
        assertThat(retention.old(Outcome.PARKED, NOON.plusSeconds(1), "", 10)).isEmpty();
        retention.delete(old);

        assertThat(deliveries.find(job.deliveryId())).isEmpty();
        assertThat(jobs.find(job.id())).isEmpty();
        assertThat(outbox.find(wanted.id())).isEmpty();
        assertThat(notices.tells("told", open.deliveryId())).isTrue();
        assertThat(commands.repeats("7", "/packit build", "z")).isFalse();
        assertThat(jdbc.queryForObject("select count(*) from job_target", Integer.class))
                .isZero();
        assertThat(jobs.find(open.id())).isPresent();
        assertThat(jobs.find(other.id())).isPresent();
        assertThat(outbox.want(wanted))
                .as("what is wanted again is there again")
                .isTrue();
    }

    @Test
    void findsDeadLettersByAgeAndReason() {
        DeadLetterStore letters = new DeadLetterStore(jdbc, transaction);
        Delivery parked = recorded("k1");
        deliveries.park(parked.id(), Reason.ATTEMPTS_EXHAUSTED, "tried", List.of());
        Job defect = ended("k2", "defect");
        Job exhausted = ended("k3", "attempts-exhausted");
        Job unknown = ended("k4", null);
        Instant hourAgo = Instant.now().minusSeconds(3600);
        transaction.update("update job set ended_at = ? where id = ?", Bound.to(hourAgo, defect.id()));

        assertThat(dead(
                        letters,
                        new DeadLetterQuery(null, null, null, null, "attempts-exhausted", null, null, null, 10)))
                .containsExactlyInAnyOrder(parked.id(), exhausted.id());
        assertThat(dead(letters, new DeadLetterQuery(null, null, null, null, "error", null, null, null, 10)))
                .containsExactlyInAnyOrder(defect.id(), exhausted.id(), unknown.id());
        DeadLetterQuery any = new DeadLetterQuery(null, null, null, null, null, null, null, null, 10);
        Instant between = hourAgo.plusSeconds(60);
        assertThat(dead(letters, any.before(between))).containsExactly(defect.id());
        assertThat(dead(letters, new DeadLetterQuery(null, null, null, null, null, null, between, null, 10)))
                .containsExactlyInAnyOrder(parked.id(), exhausted.id(), unknown.id());
    }

    @Test
    void listsAStatusThatWasGivenUpUntilItIsShown() {
        DeadLetterStore letters = new DeadLetterStore(jdbc, transaction);
        DeadLetterQuery any = new DeadLetterQuery(null, null, PROJECT.key(), null, null, null, null, null, 10);
        Wanted wanted = givenUp("502");

        DeadLetter letter = letters.search(any).get(0);
        assertThat(letter.kind()).isEqualTo(DeadLetter.STATUS);
        assertThat(letter.reason()).isEqualTo("attempts-exhausted");
        assertThat(letter.detail()).startsWith("rpm-build: ").endsWith("gave up: 502");
        assertThat(letter.project()).isEqualTo(PROJECT.key());
        assertThat(letters.stack(letter)).isEmpty();
        assertThat(dead(letters, any.before(letter.since()))).isEmpty();
        assertThat(outbox.giveUp(wanted.id(), NOON)).as("a second notice").isFalse();
        assertThat(outbox.ofDeadLetter(letter.id())).contains(wanted.id());
        assertThat(outbox.claim(wanted.id(), LEASE).kind()).isEqualTo(Claim.Kind.UP_TO_DATE);
        assertThat(outbox.settled()).isEmpty();

        assertThat(outbox.wantAgain(letter.id())).isTrue();

        assertThat(dead(letters, any)).as("until it is shown").containsExactly(letter.id());
        outbox.sent(wanted.id(), claimed(wanted.id()).version(), "77", List.of());
        assertThat(letters.search(any)).isEmpty();
        assertThat(outbox.wantAgain(letter.id())).isFalse();
        assertThat(outbox.settled()).containsExactly(wanted.id());
        outbox.settle(wanted.id());
        assertThat(outbox.settled()).isEmpty();
    }

    @Test
    void listsAStatusAgainThatIsGivenUpOnceMore() {
        DeadLetterStore letters = new DeadLetterStore(jdbc, transaction);
        DeadLetterQuery any = new DeadLetterQuery(null, null, null, null, null, null, null, null, 10);
        Wanted wanted = givenUp("502");
        String first = dead(letters, any).get(0);

        letters.record(new AdminAction("redrive", first, null, "ada", null, NOON));
        outbox.wantAgain(first);
        assertThat(letters.search(any)).isEmpty();
        claimed(wanted.id());
        outbox.giveUp(wanted.id(), Instant.now());

        assertThat(dead(letters, any)).singleElement().isNotEqualTo(first);
        assertThat(outbox.settled()).isEmpty();
        outbox.want(check("rpm-build", CheckState.SUCCESS, NOON, wanted.deliveryId(), null));
        assertThat(letters.search(any)).as("something newer is wanted").isEmpty();
        assertThat(outbox.settled()).containsExactly(wanted.id());
        new RetentionStore(jdbc, transaction).delete(List.of(wanted.deliveryId()));
        assertThat(jdbc.queryForList("select id from dead_status", String.class))
                .isEmpty();
    }

    /** A check that could not be shown because of an error. */
    private Wanted givenUp(String error) {
        Wanted wanted =
                check("rpm-build", CheckState.PENDING, NOON, concluded("status").deliveryId(), null);
        outbox.want(wanted);
        claimed(wanted.id());
        outbox.failed(wanted.id(), error, false, List.of());
        assertThat(outbox.giveUp(wanted.id(), Instant.now())).isTrue();
        return wanted;
    }

    private Job ended(String key, @Nullable String reason) {
        Job job = concluded(key, "f41");
        if (reason != null) {
            jobs.blame(job.id(), reason);
        }
        jobs.finish(job.id(), Job.State.DONE, "error", "broken", 1, NOON, List.of());
        return job;
    }

    private static List<String> dead(DeadLetterStore letters, DeadLetterQuery query) {
        return letters.search(query).stream().map(DeadLetter::id).toList();
    }

    @Test
    void listsWhatCanBeReplayedOfATime() {
        Delivery first = delivery("k1", NOON.plusSeconds(1));
        Delivery second = delivery("k2", NOON.plusSeconds(2));
        Delivery queued = delivery("k3", NOON.plusSeconds(3));
        Delivery later = delivery("k4", NOON.plusSeconds(60));
        for (Delivery delivery : List.of(first, second, queued, later)) {
            deliveries.record(delivery, WINDOW);
            if (delivery != queued) {
                deliveries.conclude(dispatched(delivery.id(), List.of(), List.of()));
            }
        }
        deliveries.record(delivery("k1", NOON.plusSeconds(4)), WINDOW);

        assertThat(deliveries.replayable(NOON, NOON.plusSeconds(30), "", 10))
                .as("neither what is queued nor copies")
                .containsExactly(first.id(), second.id());
        assertThat(deliveries.replayable(NOON, NOON.plusSeconds(30), first.id(), 10))
                .containsExactly(second.id());
        assertThat(deliveries.replayable(NOON, NOON.plusSeconds(30), "", 1)).containsExactly(first.id());
    }

    @Test
    void remembersNoHeadThatIsOnlyAskedAbout() {
        assertThat(heads.newer(PROJECT.key(), 7, "c1", NOON)).isEmpty();
        assertThat(heads.arrived(PROJECT.key(), 7, "c2", NOON.plusSeconds(1))).isEmpty();

        assertThat(heads.newer(PROJECT.key(), 7, "c1", NOON)).contains("c2");
        assertThat(heads.newer(PROJECT.key(), 7, "c3", NOON.plusSeconds(2))).isEmpty();
        assertThat(heads.newer(PROJECT.key(), 7, "c1", NOON)).contains("c2");
    }

    private int bodies() {
        Integer count = jdbc.queryForObject("select count(*) from delivery where body is not null", Integer.class);
        return count == null ? 0 : count;
    }

    private static Runnable only(List<Optional<Runnable>> turns) {
        List<Runnable> taken = turns.stream().flatMap(Optional::stream).toList();
        assertThat(taken).hasSize(1);
        return taken.get(0);
    }
}
