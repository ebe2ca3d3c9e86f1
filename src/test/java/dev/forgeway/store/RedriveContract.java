package dev.forgeway.store;

import static dev.forgeway.store.Samples.NOON;
import static dev.forgeway.store.Samples.OPENED;
import static dev.forgeway.store.Samples.check;
import static dev.forgeway.store.Samples.delivery;
import static dev.forgeway.store.Samples.dispatched;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.forge.CheckState;
import dev.forgeway.ingest.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which dead letters come again by themselves, on every database. */
abstract class RedriveContract extends SideTagContract {

    private static final List<Duration> DELAYS = List.of(Duration.ofHours(1), Duration.ofHours(4));
    private static final List<String> HANDLERS = List.of("forward", "publish");
    private static final Duration LONG = Duration.ofDays(2);

    private int copies;

    @Test
    void letsADeliveryComeAgainWhenItsTimeHasCome() {
        Delivery parked = parked("k1", Reason.ATTEMPTS_EXHAUSTED);
        parked("k2", Reason.DEFECT);

        assertThat(due(Duration.ofMinutes(59))).isEmpty();
        assertThat(due(Duration.ofMinutes(61))).containsExactly(parked.id());
        assertThat(new DueRedrives(jdbc).find(NOON, Instant.now().plus(LONG), HANDLERS, List.of(), 10))
                .as("nobody wants that")
                .isEmpty();
        assertThat(new DueRedrives(jdbc).find(NOON.plusSeconds(9), Instant.now().plus(LONG), HANDLERS, DELAYS, 10))
                .as("too long ago")
                .isEmpty();
        actions().record(action(parked.id()));
        assertThat(due(LONG)).isEmpty();
    }

    @Test
    void waitsLongerEachTimeAndGivesUpInTheEnd() {
        parked("k1", Reason.ATTEMPTS_EXHAUSTED);
        Delivery second = parked("k1", Reason.ATTEMPTS_EXHAUSTED);
        assertThat(due(Duration.ofHours(2))).isEmpty();
        assertThat(due(Duration.ofHours(5))).as("the newest copy").containsExactly(second.id());

        parked("k1", Reason.ATTEMPTS_EXHAUSTED);

        assertThat(due(LONG)).as("a person has to look").isEmpty();
    }

    @Test
    void letsTheJobsOfADeliveryComeAgainOfWhichNothingCame() {
        Delivery opened = recorded("k1");
        Job exhausted = job(opened, "copr-build", null);
        Job tests = job(opened, "tests", null);
        deliveries.conclude(dispatched(opened.id(), List.of(exhausted, tests), List.of()));
        ends(exhausted, "error", Reason.ATTEMPTS_EXHAUSTED);
        assertThat(due(LONG)).as("the tests are not over").isEmpty();

        ends(tests, "failed", null);

        assertThat(due(LONG)).containsExactly(exhausted.id());
        assertThat(due(Duration.ofMinutes(59))).isEmpty();
        jobs.submitted(tests.id(), "77", List.of());
        assertThat(due(LONG)).as("something was made elsewhere").isEmpty();
    }

    @Test
    void leavesForAPersonWhatMayHaveBeenDone() {
        Delivery opened = recorded("k1");
        Job unanswered = job(opened, "copr-build", null);
        deliveries.conclude(dispatched(opened.id(), List.of(unanswered), List.of()));
        jobs.intend(unanswered.id(), NOON);
        ends(unanswered, "error", Reason.ATTEMPTS_EXHAUSTED);
        assertThat(due(LONG)).isEmpty();

        effects.answered(unanswered.id());

        assertThat(due(LONG)).containsExactly(unanswered.id());
        Delivery half = delivery("k2", NOON.plusSeconds(1));
        deliveries.record(half, WINDOW);
        Job failed = job(half, "copr-build", null);
        Job succeeded = job(half, "help", null);
        deliveries.conclude(dispatched(half.id(), List.of(failed, succeeded), List.of()));
        ends(failed, "error", Reason.ATTEMPTS_EXHAUSTED);
        ends(succeeded, "succeeded", null);
        assertThat(due(LONG)).as("and what was asked for since").isEmpty();
    }

    @Test
    void letsAJobOfWhoeverIsToldBeginAloneAndCountsHowOften() {
        Delivery opened = recorded("k1");
        Job told = job(opened, "forward", "hook");
        Job built = job(opened, "copr-build", null);
        Job removed = job(opened, "nightly-report", "nightly-report");
        deliveries.conclude(dispatched(opened.id(), List.of(told, built, removed), List.of()));
        ends(built, "succeeded", null);
        ends(removed, "error", Reason.ATTEMPTS_EXHAUSTED);
        ends(told, "error", Reason.ATTEMPTS_EXHAUSTED);
        assertThat(due(Duration.ofMinutes(61)))
                .as("and none whose handler there is no longer")
                .containsExactly(told.id());

        actions().record(action(told.id()));
        jobs.reopen(told.id());
        ends(told, "error", Reason.ATTEMPTS_EXHAUSTED);

        assertThat(due(Duration.ofHours(2))).isEmpty();
        assertThat(due(Duration.ofHours(5))).containsExactly(told.id());
    }

    @Test
    void letsAStatusBeShownAgainAndCountsHowOften() {
        Delivery opened = recorded("k1");
        deliveries.conclude(dispatched(opened.id(), List.of(), List.of()));
        Wanted wanted = check("rpm-build", CheckState.PENDING, NOON, opened.id(), null);
        outbox.want(wanted);
        isGivenUp(wanted);
        String first = due(Duration.ofMinutes(61)).get(0);
        assertThat(due(Duration.ofMinutes(59))).isEmpty();

        actions().record(action(first));
        outbox.wantAgain(first);
        assertThat(due(LONG)).isEmpty();
        isGivenUp(wanted);

        assertThat(due(Duration.ofHours(2))).isEmpty();
        assertThat(due(Duration.ofHours(5))).singleElement().isNotEqualTo(first);
    }

    /** What comes again a while from now, of all that came since noon. */
    private List<String> due(Duration later) {
        return new DueRedrives(jdbc).find(NOON, Instant.now().plus(later), HANDLERS, DELAYS, 10);
    }

    private Delivery parked(String key, Reason reason) {
        Delivery delivery = delivery(key, NOON.plusSeconds(copies++));
        deliveries.record(delivery, WINDOW);
        deliveries.park(delivery.id(), reason, "tried", List.of());
        return delivery;
    }

    private void ends(Job job, String outcome, @Nullable Reason why) {
        if (why != null) {
            jobs.blame(job.id(), why.wireName());
        }
        jobs.finish(job.id(), Job.State.DONE, outcome, "because", 20, NOON, List.of());
    }

    private void isGivenUp(Wanted wanted) {
        claimed(wanted.id());
        outbox.failed(wanted.id(), "502", false, List.of());
        assertThat(outbox.giveUp(wanted.id(), Instant.now())).isTrue();
    }

    private DeadLetterStore actions() {
        return new DeadLetterStore(jdbc, transaction);
    }

    private static AdminAction action(String id) {
        return new AdminAction("redrive", id, null, AdminAction.SCHEDULE, null, Instant.now());
    }

    private static Job job(Delivery delivery, String handler, @Nullable String subscription) {
        return new Job(
                Job.idOf(delivery.id(), handler),
                delivery.id(),
                NOON,
                handler,
                "pull_request",
                null,
                List.of(),
                subscription == null ? Map.of() : Map.of(Job.SUBSCRIPTION, subscription),
                5,
                List.of(),
                Job.State.QUEUED,
                0,
                false,
                null,
                OPENED);
    }
}
