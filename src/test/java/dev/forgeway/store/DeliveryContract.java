package dev.forgeway.store;

import static dev.forgeway.store.Samples.NOON;
import static dev.forgeway.store.Samples.PROJECT;
import static dev.forgeway.store.Samples.check;
import static dev.forgeway.store.Samples.delivery;
import static dev.forgeway.store.Samples.dispatched;
import static dev.forgeway.store.Samples.job;
import static dev.forgeway.store.Samples.step;
import static dev.forgeway.store.Samples.subscribed;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.forge.CheckState;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.ingest.DeliveryId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/** What the store of deliveries promises, on every database. */
abstract class DeliveryContract extends StoreFixture {

    /** Longer ago than the receipt of all samples. */
    private static final Duration WEEKS = Duration.ofDays(20_000);

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
    void doesNothingAgainBecauseSomebodyElseCouldNotBeToldOfIt() {
        Delivery delivery = recorded("k1");
        Job told = subscribed(delivery.id());
        deliveries.conclude(dispatched(delivery.id(), List.of(told), List.of()));
        jobs.finish(told.id(), Job.State.DONE, "failed", null, 1, NOON, List.of());

        assertThat(deliveries.record(delivery("k1"), WINDOW).kind()).isEqualTo(Recording.Kind.DUPLICATE);
    }

    @Test
    void sendsTheJobsOfSubscribersAfterACrashWhateverWasDecided() {
        Delivery delivery = recorded("k1");
        Job told = subscribed(delivery.id());
        deliveries.conclude(new Conclusion(
                delivery.id(),
                Outcome.IGNORED,
                Reason.NO_HANDLER,
                null,
                told.event(),
                PROJECT.key(),
                List.of(),
                List.of(told),
                List.of(),
                null));

        assertThat(deliveries.record(delivery, WINDOW).kind()).isEqualTo(Recording.Kind.DECIDED);
        assertThat(deliveries.jobsOf(delivery.id())).extracting(Job::id).containsExactly(told.id());
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
    void knowsACopyByItsFingerprintWhoseKeyIsAnother() {
        Delivery holder = fingerprinted("k1", "same");
        Delivery copy = fingerprinted("k2", "same");
        deliveries.record(holder, WINDOW);

        assertThat(deliveries.record(copy, WINDOW)).isEqualTo(new Recording(Recording.Kind.DUPLICATE, holder.id()));
        assertThat(deliveries.record(fingerprinted("k1", "other"), WINDOW).kind())
                .isEqualTo(Recording.Kind.DUPLICATE);
        assertThat(deliveries.record(fingerprinted("k2", "other"), WINDOW).kind())
                .as("a duplicate holds no key")
                .isEqualTo(Recording.Kind.NEW);
    }

    @Test
    void letsACopyFollowTwoHoldersOfWhichEachHasOneOfItsKeys() {
        Delivery byKey = fingerprinted("k1", "f1");
        Delivery byFingerprint = fingerprinted("k2", "f2");
        deliveries.record(byKey, WINDOW);
        deliveries.record(byFingerprint, WINDOW);
        deliveries.park(byKey.id(), Reason.DEFECT, null, List.of());

        assertThat(deliveries.record(fingerprinted("k1", "f2"), WINDOW).duplicateOf())
                .isEqualTo(byFingerprint.id());
        deliveries.park(byFingerprint.id(), Reason.DEFECT, null, List.of());
        assertThat(kinds(race(() -> deliveries.record(fingerprinted("k1", "f2"), WINDOW))))
                .isEqualTo(oneNewAndDuplicates());
    }

    @Test
    void callsExactlyOneOfManyRacingCopiesOfDifferentKeysNew() {
        for (int round = 0; round < 10; round++) {
            String fingerprint = "race" + round;
            assertThat(kinds(race(() -> deliveries.record(fingerprinted(Samples.id(), fingerprint), WINDOW))))
                    .isEqualTo(oneNewAndDuplicates());
        }
    }

    @Test
    void letsAPersonSendAgainWhatWasFilteredAndNotAnotherHook() {
        Delivery holder = recorded("k1");
        deliveries.conclude(new Conclusion(
                holder.id(),
                Outcome.FILTERED,
                Reason.NAMESPACE_NOT_APPROVED,
                null,
                Samples.OPENED,
                null,
                List.of(),
                List.of(),
                List.of(),
                null));

        assertThat(deliveries
                        .record(delivery("k1", Instant.now().plusSeconds(5)), WEEKS)
                        .kind())
                .isEqualTo(Recording.Kind.DUPLICATE);
        assertThat(deliveries
                        .record(delivery("k1", Instant.now().plusSeconds(60)), WEEKS)
                        .kind())
                .isEqualTo(Recording.Kind.NEW);
    }

    @Test
    void forgetsTheKeysOfATime() {
        Delivery holder = fingerprinted("k1", "f1");
        deliveries.record(holder, WINDOW);

        assertThat(deliveries.forgetKeys(NOON.plusSeconds(1), NOON.plusSeconds(2)))
                .isZero();
        assertThat(deliveries.record(fingerprinted("k2", "f1"), WINDOW).kind()).isEqualTo(Recording.Kind.DUPLICATE);
        assertThat(deliveries.forgetKeys(NOON, NOON.plusSeconds(1))).isEqualTo(1);
        assertThat(deliveries.forgetKeys(NOON, NOON.plusSeconds(1))).isZero();
        assertThat(deliveries.record(fingerprinted("k1", "f1"), WINDOW).kind()).isEqualTo(Recording.Kind.NEW);
        assertThat(deliveries.find(holder.id())).isPresent();
    }

    private static Delivery fingerprinted(String key, String fingerprint) {
        Map<String, String> headers = Map.of(Delivery.FINGERPRINT, fingerprint);
        return new Delivery(DeliveryId.at(NOON), "gitlab", key, "push", NOON, headers, new byte[0], List.of());
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
        assertThat(outbox.unsent(delivery.id())).containsExactly(report.id());
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
                List.of(),
                null));
        StoredDelivery stored = deliveries.find(delivery.id()).orElseThrow();
        assertThat(stored.outcome()).isEqualTo(Outcome.IGNORED);
        assertThat(stored.reason()).isEqualTo(Reason.NO_COMMAND);
        assertThat(stored.detail()).isEqualTo("no /packit");
        assertThat(stored.event()).isNull();
    }

    @Test
    void storesNoWorkForAnEarlierHead() {
        Delivery delivery = recorded("k1");
        Conclusion conclusion = dispatched(delivery.id(), List.of(job(delivery.id(), "f41")), List.of());
        heads.arrived(PROJECT.key(), 7, "beef", NOON.plusSeconds(1));

        assertThat(deliveries.conclude(conclusion)).contains("beef");

        assertThat(deliveries.jobsOf(delivery.id())).isEmpty();
        assertThat(deliveries.find(delivery.id()).orElseThrow().outcome()).isEqualTo(Outcome.QUEUED);
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
    void knowsAProjectHoweverPeopleWriteIt() {
        isAbout("github.com/packit/hello", NOON);
        isAbout("github.com/RedHat/Hello", NOON);

        assertThat(projects.spelled("GitHub.com/Packit/Hello")).isEqualTo("github.com/packit/hello");
        assertThat(projects.spelled("github.com/redhat/hello")).isEqualTo("github.com/RedHat/Hello");
        assertThat(projects.spelled("github.com/RedHat/Hello")).isEqualTo("github.com/RedHat/Hello");
        assertThat(projects.spelled("github.com/RedHat/Other")).isEqualTo("github.com/RedHat/Other");
    }

    @Test
    void takesOfProjectsThatAreSpelledAlikeTheOneThatIsAskedForOrTheNewest() {
        isAbout("pagure.io/Hello", NOON.minusSeconds(60));
        isAbout("pagure.io/hello", NOON);
        isAbout("pagure.io/HELLO", NOON.minusSeconds(30));

        assertThat(projects.spelled("pagure.io/Hello")).isEqualTo("pagure.io/Hello");
        assertThat(projects.spelled("pagure.io/hEllo")).isEqualTo("pagure.io/hello");
        isAbout("pagure.io/Hello", NOON.plusSeconds(1));
        assertThat(projects.spelled("pagure.io/hEllo")).isEqualTo("pagure.io/Hello");
    }

    @Test
    void knowsHowAProjectIsSpelledWhoseDeliveriesAreForgotten() {
        isAbout("github.com/RedHat/Hello", NOON);
        projects.saw(new ConfigSighting(
                "github.com/RedHat/Hello", ConfigSighting.State.ABSENT, null, null, "c1", true, "packit.yaml"));
        jdbc.update("delete from delivery");

        assertThat(projects.spelled("github.com/redhat/hello")).isEqualTo("github.com/RedHat/Hello");
    }

    private void isAbout(String project, Instant receivedAt) {
        Delivery delivery = delivery(project + receivedAt, receivedAt);
        deliveries.record(delivery, WINDOW);
        deliveries.conclude(new Conclusion(
                delivery.id(),
                Outcome.FILTERED,
                Reason.NAMESPACE_DENIED,
                null,
                null,
                project,
                List.of(),
                List.of(),
                List.of(),
                null));
    }

    @Test
    void listsWhatWasGivenUpUntilSomebodyDoesSomethingAboutIt() {
        DeadLetterStore letters = new DeadLetterStore(jdbc, transaction);
        Delivery parked = recorded("k1");
        deliveries.park(parked.id(), Reason.DEFECT, "broken", List.of());
        Job job = concluded("k2", "f41");
        jobs.finish(job.id(), Job.State.DONE, "error", "gave up", 1, NOON, List.of());
        concluded("k3", "f41");

        assertThat(ids(letters, null, null, null)).containsExactlyInAnyOrder(parked.id(), job.id());
        assertThat(ids(letters, "defect", null, null)).containsExactly(parked.id());
        assertThat(ids(letters, "error", null, null)).containsExactly(job.id());
        assertThat(ids(letters, null, "copr-build", PROJECT.key())).containsExactly(job.id());
        assertThat(ids(letters, null, "other", null)).isEmpty();

        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
        AdminAction action = new AdminAction("redrive", parked.id(), "d9", "ada", "repaired", now.plusMillis(1));
        letters.record(action);
        letters.record(new AdminAction("redrive", job.id(), null, "ada", null, now));

        assertThat(ids(letters, null, null, null)).isEmpty();
        assertThat(letters.actions(1, true)).containsExactly(action);
        assertThat(letters.actions(10, true)).hasSize(2);
        assertThat(letters.actions(10, action.at(), true))
                .extracting(AdminAction::subject)
                .containsExactly(job.id());
    }

    @Test
    void pagesThroughDeadLettersOfBothKindsNewestFirst() {
        DeadLetterStore letters = new DeadLetterStore(jdbc, transaction);
        List<String> newestFirst = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Delivery parked = recorded("parked-" + i);
            deliveries.park(parked.id(), Reason.DEFECT, "broken", List.of());
            newestFirst.add(parked.id());
            Job job = concluded("failed-" + i, "f41");
            jobs.finish(job.id(), Job.State.DONE, "error", "gave up", 1, NOON, List.of());
            newestFirst.add(job.id());
        }
        newestFirst.sort(Comparator.reverseOrder());

        List<String> paged = new ArrayList<>();
        DeadLetterQuery query = new DeadLetterQuery(null, null, null, null, null, null, null, null, 4);
        for (List<DeadLetter> page = letters.search(query); !page.isEmpty(); page = letters.search(query)) {
            page.forEach(letter -> paged.add(letter.id()));
            query = query.after(page.get(page.size() - 1));
        }

        assertThat(paged).isEqualTo(newestFirst);
    }

    @Test
    void listsAJobAgainThatFailedOnceMoreAfterItWasRedriven() {
        DeadLetterStore letters = new DeadLetterStore(jdbc, transaction);
        Job job = concluded("k1", "f41");
        jobs.finish(job.id(), Job.State.DONE, "error", "gave up", 1, NOON, List.of());
        letters.record(new AdminAction("redrive", job.id(), null, "ada", null, Instant.now()));
        assertThat(ids(letters, null, null, null)).isEmpty();

        jobs.reopen(job.id());
        assertThat(jobs.load(job.id()).orElseThrow().state()).isEqualTo(Job.State.QUEUED);
        jobs.finish(job.id(), Job.State.DONE, "error", "gave up again", 1, NOON, List.of());

        assertThat(ids(letters, null, null, null)).containsExactly(job.id());
    }

    @Test
    void reopensNothingThatDidNotEndAsAnError() {
        Job job = concluded("k1", "f41");
        jobs.finish(job.id(), Job.State.DONE, "failed", "no", 1, NOON, List.of());

        jobs.reopen(job.id());

        assertThat(jobs.find(job.id()).orElseThrow().outcome()).isEqualTo("failed");
    }

    private static List<String> ids(
            DeadLetterStore letters, @Nullable String reason, @Nullable String handler, @Nullable String project) {
        return letters.search(new DeadLetterQuery(null, null, project, handler, reason, null, null, null, 10)).stream()
                .map(DeadLetter::id)
                .toList();
    }

    @Test
    void findsDeliveriesByPullRequestAndByTheBeginningOfACommit() {
        Delivery found = recorded("k1");
        deliveries.conclude(dispatched(found.id(), List.of(), List.of()));
        recorded("k2");
        int number = Samples.OPENED.pullRequest().number();
        String commit = requireNonNull(Samples.OPENED.commit());

        assertThat(found(of(number, null))).containsExactly(found.id());
        assertThat(found(of(number + 1, null))).isEmpty();
        assertThat(found(of(null, commit))).containsExactly(found.id());
        assertThat(found(of(null, commit.substring(0, 4)))).containsExactly(found.id());
        assertThat(found(of(null, commit + "0"))).isEmpty();
        assertThat(found(of(null, "0" + commit))).isEmpty();
    }

    private static DeliveryQuery of(@Nullable Integer pullRequest, @Nullable String commit) {
        return new DeliveryQuery(null, null, null, PROJECT.key(), pullRequest, commit, null, 10);
    }

    @Test
    void pagesThroughDeliveriesNewestFirst() {
        List<String> newestFirst = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Delivery delivery = delivery("k" + i, NOON.plusSeconds(i));
            deliveries.record(delivery, WINDOW);
            newestFirst.add(0, delivery.id());
        }
        List<String> paged = new ArrayList<>();
        String before = null;
        for (int i = 0; i < 3; i++) {
            List<StoredDelivery> page = deliveries.search(new DeliveryQuery(null, null, null, null, before, 2));
            page.forEach(delivery -> paged.add(delivery.id()));
            before = page.get(page.size() - 1).id();
        }
        assertThat(paged).isEqualTo(newestFirst);
    }
}
