package dev.forgeway.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.Reason;
import dev.forgeway.error.RejectedException;
import dev.forgeway.error.TransientException;
import dev.forgeway.event.Project;
import dev.forgeway.event.PullRequestEvent;
import dev.forgeway.forge.Forges;
import dev.forgeway.handle.copr.CoprBuildHandler;
import dev.forgeway.metrics.DecideMetrics;
import dev.forgeway.store.DeliveryQuery;
import dev.forgeway.store.OutboxEntry;
import dev.forgeway.store.Outcome;
import dev.forgeway.store.StoredDelivery;
import dev.forgeway.testing.DescribedHandler;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.FakeForge;
import dev.forgeway.testing.Stores;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConclusionsTest {

    private final Stores stores = Stores.empty();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Conclusions conclusions = new Conclusions(
            stores.deliveries,
            stores.outbox,
            DescribedHandler.handlers(CoprBuildHandler.SPEC),
            new Feedback(
                    new Answers(Decisions.COMMANDS, stores.approvals),
                    stores.notices,
                    new Forges(List.of(new FakeForge()))),
            new DecideMetrics(meters),
            Examples.settings("public-url", "https://forgeway.example.org"));
    private final Job job = Examples.coprBuild(Examples.RAWHIDE, Examples.EPEL);
    private final Decision decision = new Decision(Examples.delivery(job.deliveryId()));

    private StoredDelivery recorded() {
        stores.deliveries.record(decision.delivery(), Stores.WINDOW);
        return stored();
    }

    private StoredDelivery stored() {
        return stores.deliveries.find(decision.delivery().id()).orElseThrow();
    }

    private void decided() {
        recorded();
        decision.event(job.event());
        decision.select(List.of(job));
        conclusions.store(decision);
    }

    private double counted(String outcome, String reason) {
        return meters.get("forgeway.decide.outcome")
                .tags("outcome", outcome, "reason", reason)
                .counter()
                .count();
    }

    @Test
    void storesTheJobsAndShowsEveryCheckAsAccepted() {
        decided();

        assertThat(stored().outcome()).isEqualTo(Outcome.DISPATCHED);
        assertThat(stores.load(job).targets()).containsExactly(Examples.RAWHIDE, Examples.EPEL);
        assertThat(stores.checks(job))
                .containsExactly(
                        "rpm-build:" + Examples.EPEL + ": PENDING The task was accepted.",
                        "rpm-build:" + Examples.RAWHIDE + ": PENDING The task was accepted.");
        assertThat(counted("dispatched", "")).isEqualTo(1);
    }

    @Test
    void namesTheReportsThatWantSending() {
        decided();

        assertThat(decision.isStored()).isTrue();
        assertThat(decision.reports())
                .hasSize(2)
                .containsExactlyInAnyOrderElementsOf(
                        stores.wanted(job).stream().map(OutboxEntry::id).toList());
    }

    @Test
    void leavesTheWorkForAHeadThatMovedOnWhileItWasDecided() {
        recorded();
        PullRequestEvent opened = Examples.pullRequest(Examples.PROJECT);
        decision.event(opened);
        decision.select(List.of(job));
        stores.heads.arrived(
                Examples.PROJECT.key(),
                opened.pullRequest().number(),
                "beef",
                opened.occurredAt().plusSeconds(1));

        conclusions.store(decision);

        assertThat(stored().outcome()).isEqualTo(Outcome.IGNORED);
        assertThat(stored().reason()).isEqualTo(Reason.SUPERSEDED);
        assertThat(stored().detail()).isEqualTo("the head is beef by now");
        assertThat(decision.jobs()).isEmpty();
        assertThat(stores.deliveries.jobsOf(job.deliveryId())).isEmpty();
        assertThat(stores.checks(job)).isEmpty();
    }

    @Test
    void leadsTheFirstLinkToTheStoryOfTheDelivery() {
        decided();

        assertThat(stores.wanted(job))
                .allSatisfy(entry -> assertThat(entry.check())
                        .isNotNull()
                        .satisfies(check -> assertThat(check.detailsUrl())
                                .isEqualTo("https://forgeway.example.org/deliveries/" + job.deliveryId())));
    }

    @Test
    void storesWhyNothingIsDone() {
        recorded();
        decision.event(job.event());
        decision.stop(Outcome.FILTERED, Reason.NO_PACKAGE_CONFIG, "looked for .packit.yaml");

        conclusions.store(decision);

        assertThat(stored().reason()).isEqualTo(Reason.NO_PACKAGE_CONFIG);
        assertThat(stored().detail()).isEqualTo("looked for .packit.yaml");
        assertThat(decision.reports()).isEmpty();
        assertThat(counted("filtered", "no-package-config")).isEqualTo(1);
    }

    @Test
    void doesNothingForWhatIsStored() {
        recorded();
        decision.stop(Outcome.DUPLICATE, Reason.ALREADY_RECEIVED, null);
        decision.stored(List.of());

        conclusions.store(decision);

        assertThat(stored().outcome()).isEqualTo(Outcome.QUEUED);
        assertThat(meters.find("forgeway.decide.outcome").counter()).isNull();
    }

    @Test
    void parksWhatCannotBeUsedWithItsReason() {
        recorded();

        conclusions.park(decision, new RejectedException(Reason.MISSING_FIELD, "/pull_request/head"));

        assertThat(stored().outcome()).isEqualTo(Outcome.PARKED);
        assertThat(stored().reason()).isEqualTo(Reason.MISSING_FIELD);
        assertThat(stored().detail()).isEqualTo("/pull_request/head");
    }

    @Test
    void parksADefectAsOne() {
        recorded();

        conclusions.park(decision, new IllegalStateException("oh"));

        assertThat(stored().reason()).isEqualTo(Reason.DEFECT);
        assertThat(stored().detail()).contains("IllegalStateException").contains("oh");
        assertThat(counted("parked", "defect")).isEqualTo(1);
    }

    @Test
    void keepsTheErrorOfTheLastAttemptWhenTheBrokerGaveUp() {
        recorded();
        conclusions.attemptFailed(decision, new TransientException("GitHub is away"));

        conclusions.giveUp(decision.delivery().id());

        assertThat(stored().reason()).isEqualTo(Reason.ATTEMPTS_EXHAUSTED);
        assertThat(stored().detail()).isEqualTo("GitHub is away");
    }

    @ParameterizedTest
    @CsvSource({"public,1,1", "private,0,1", ",0,0"})
    void isFoundByItsProjectBeforeAnythingIsDecidedByWhomItMayConcern(
            @Nullable String visibility, int byAll, int byOperators) {
        recorded();
        Project project = Examples.project("Packit", "hello", visibility);
        decision.event(Examples.pullRequest(project));

        conclusions.attemptFailed(decision, new TransientException("GitHub is away"));

        String spelled = stores.projects.spelled("github.com/packit/hello");
        DeliveryQuery query = new DeliveryQuery(null, null, null, spelled, 7, null, null, 10);
        assertThat(stores.deliveries.searchPublic(query)).hasSize(byAll);
        assertThat(stores.deliveries.search(query)).hasSize(byOperators);
    }

    @Test
    void isFoundByItsProjectWhenADefectStoppedIt() {
        recorded();
        decision.event(job.event());

        conclusions.park(decision, new IllegalStateException("oh"));

        DeliveryQuery query = new DeliveryQuery(null, null, Outcome.PARKED, Examples.PROJECT.key(), null, 10);
        assertThat(stores.deliveries.search(query)).hasSize(1);
    }

    @Test
    void leavesWhatWasDecidedWhenOnlyItsMessageWasGivenUp() {
        decided();

        conclusions.giveUp(job.deliveryId());

        assertThat(stored().outcome()).isEqualTo(Outcome.DISPATCHED);
    }
}
