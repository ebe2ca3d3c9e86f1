package dev.forgeway.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.forge.CheckState;
import dev.forgeway.handle.Checks;
import dev.forgeway.handle.copr.CoprBuildHandler;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.store.Conclusion;
import dev.forgeway.store.Outcome;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private final Stores stores = Stores.empty();
    private final Intake intake = new Intake(stores.deliveries, stores.outbox, Examples.settings());
    private final Delivery delivery = Examples.delivery("d1");

    private static Delivery copy(String id) {
        Delivery first = Examples.delivery("d1");
        return new Delivery(
                id,
                first.source(),
                first.key(),
                first.eventName(),
                first.receivedAt().plusSeconds(60),
                first.headers(),
                first.body(),
                List.of());
    }

    private Job concluded(Outcome outcome) {
        Job job = jobOf("d1");
        boolean dispatched = outcome == Outcome.DISPATCHED;
        stores.deliveries.conclude(new Conclusion(
                "d1",
                outcome,
                dispatched ? null : Reason.NO_PACKAGE_CONFIG,
                null,
                job.event(),
                null,
                List.of(),
                dispatched ? List.of(job) : List.of(),
                dispatched ? Checks.all(CoprBuildHandler.SPEC, job, CheckState.PENDING, "accepted", null) : List.of(),
                null));
        return job;
    }

    private static Job jobOf(String deliveryId) {
        Job made = Examples.coprBuild(Examples.RAWHIDE);
        return new Job(
                made.id(),
                deliveryId,
                made.receivedAt(),
                made.handler(),
                made.trigger(),
                null,
                made.targets(),
                made.arguments(),
                made.priority(),
                made.priorityReasons(),
                made.state(),
                0,
                false,
                null,
                made.event());
    }

    @Test
    void opensADecisionAboutANewDelivery() {
        Decision decision = intake.record(delivery);

        assertThat(decision.isOpen()).isTrue();
        assertThat(decision.isStored()).isFalse();
        assertThat(stores.deliveries.find("d1")).isPresent();
    }

    @Test
    void goesOnWithADeliveryAboutWhichNothingWasDecided() {
        intake.record(delivery);

        assertThat(intake.record(delivery).isOpen()).isTrue();
    }

    @Test
    void stopsACopyOfADeliveryThatIsInFlight() {
        intake.record(delivery);

        Decision decision = intake.record(copy("d2"));

        assertThat(decision.outcome()).isEqualTo(Outcome.DUPLICATE);
        assertThat(decision.reason()).isEqualTo(Reason.ALREADY_RECEIVED);
        assertThat(decision.detail()).isEqualTo("copy of d1");
        assertThat(decision.isStored()).isTrue();
        assertThat(decision.jobs()).isEmpty();
    }

    @Test
    void sendsTheMessagesAgainThatACrashBehindTheDecisionLost() {
        intake.record(delivery);
        Job job = concluded(Outcome.DISPATCHED);

        Decision decision = intake.record(delivery);

        assertThat(decision.isOpen()).isFalse();
        assertThat(decision.isStored()).isTrue();
        assertThat(decision.jobs()).extracting(Job::id).containsExactly(job.id());
        assertThat(decision.reports()).hasSize(1);
    }

    @Test
    void sendsNothingAgainForADeliveryThatAskedForNothing() {
        intake.record(delivery);
        concluded(Outcome.FILTERED);

        Decision decision = intake.record(delivery);

        assertThat(decision.isOpen()).isFalse();
        assertThat(decision.isStored()).isTrue();
        assertThat(decision.jobs()).isEmpty();
        assertThat(decision.reports()).isEmpty();
    }

    @Test
    void letsACopyOfADeliveryThatFailedRunAgain() {
        intake.record(delivery);
        Job job = concluded(Outcome.DISPATCHED);
        stores.jobs.finish(job.id(), Job.State.DONE, "failed", "no", 1, Examples.NOON, List.of());

        assertThat(intake.record(copy("d2")).isOpen()).isTrue();
    }
}
