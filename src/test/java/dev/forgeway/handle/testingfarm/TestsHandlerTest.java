package dev.forgeway.handle.testingfarm;

import static dev.forgeway.testing.Examples.RAWHIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.config.Settings;
import dev.forgeway.dispatch.Job;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.forge.CheckState;
import dev.forgeway.forge.Forges;
import dev.forgeway.handle.Outcome;
import dev.forgeway.handle.TestPlan;
import dev.forgeway.handle.copr.CoprBuildRequests;
import dev.forgeway.store.Link;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.FakeCopr;
import dev.forgeway.testing.FakeForge;
import dev.forgeway.testing.FakeTestingFarm;
import dev.forgeway.testing.Stores;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

class TestsHandlerTest {

    private static final String CHECK = "testing-farm:" + RAWHIDE + ": ";

    private final Settings settings = Examples.settings(
            "service.copr.owner",
            "packit",
            "public-url",
            "https://forgeway.example.org",
            "ingest.testing-farm.secrets[0]",
            "first",
            "ingest.testing-farm.secrets[1]",
            "second");
    private final Stores stores = Stores.empty();
    private final FakeTestingFarm farm = new FakeTestingFarm();
    private final FakeForge forge = new FakeForge();
    private final TestsHandler handler = new TestsHandler(
            farm,
            stores.effects,
            stores.jobs,
            stores.outbox,
            stores.transaction,
            new CoprBuilds(stores.jobs, new FakeCopr(), new CoprBuildRequests(settings)),
            new FmfMetadata(new Forges(List.of(forge))),
            new TestRequests(settings, new Composes(settings)));

    private final Job build = stores.dispatched(Examples.coprBuild(RAWHIDE));

    private static TestPlan plan(boolean skipBuild) {
        return new TestPlan(
                "https://example.org/tests",
                null,
                ".",
                null,
                null,
                Map.of(),
                Map.of(),
                false,
                false,
                skipBuild,
                null,
                null,
                List.of(),
                null);
    }

    private Job tests(TestPlan plan) {
        return stores.dispatched(Examples.job(
                "tests",
                Examples.pullRequest(Examples.PROJECT),
                List.of(RAWHIDE),
                Map.of(TestPlan.ARGUMENT, plan.argument(), Job.CHROOT, RAWHIDE, Job.BUILD, build.id())));
    }

    private void isBuilt(CheckState state) {
        stores.jobs.submitted(build.id(), "1001", List.of());
        stores.jobs.advanceTarget(build.id(), RAWHIDE, state);
    }

    @Test
    void requestsTheTestsOfWhatWasBuiltAndWaits() {
        isBuilt(CheckState.SUCCESS);
        Job job = tests(plan(false));

        Outcome outcome = handler.handle(job);

        assertThat(outcome).isEqualTo(Outcome.waiting("Testing Farm request t1"));
        assertThat(stores.load(job).externalId()).isEqualTo("t1");
        assertThat(stores.stored(job).links())
                .containsExactly(new Link("Testing Farm request", "https://farm.example.org/t1"));
        assertThat(stores.checks(job)).containsExactly(CHECK + "PENDING Tests have been submitted ...");
        JsonNode body = farm.bodies().get(0);
        assertThat(body.at("/environments/0/artifacts/0/id").asText()).isEqualTo("1001:" + RAWHIDE);
        assertThat(body.at("/environments/0/variables/PACKIT_COPR_PROJECT").asText())
                .startsWith("packit/");
        assertThat(body.at("/notification/webhook/url").asText())
                .isEqualTo("https://forgeway.example.org/webhooks/testing-farm");
        assertThat(body.at("/notification/webhook/token").asText()).isEqualTo("first");
    }

    @Test
    void endsWithABuildThatFailedOrWasCanceled() {
        isBuilt(CheckState.FAILURE);
        Job job = tests(plan(false));

        assertThat(handler.handle(job).result()).isEqualTo(Outcome.Result.FAILED);

        assertThat(stores.checks(job)).containsExactly(CHECK + "FAILURE RPMs failed to be built.");
        assertThat(farm.bodies()).isEmpty();
    }

    @Test
    void endsWithABuildThatEndedBeforeItsChrootDid() {
        stores.jobs.finish(build.id(), Job.State.DONE, "canceled", null, 1, Examples.NOON, List.of());
        Job job = tests(plan(false));

        assertThat(handler.handle(job).result()).isEqualTo(Outcome.Result.CANCELED);

        assertThat(stores.checks(job)).containsExactly(CHECK + "CANCELED RPM build was canceled.");
    }

    @Test
    void tellsTheUserThatNothingIsBuilt() {
        Job job = stores.dispatched(Examples.job(
                "tests",
                Examples.pullRequest(Examples.PROJECT),
                List.of(RAWHIDE),
                Map.of(TestPlan.ARGUMENT, plan(false).argument(), Job.CHROOT, RAWHIDE)));

        assertThatThrownBy(() -> handler.handle(job))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining(RAWHIDE);
    }

    @Test
    void storesTheIntentBeforeItCallsTestingFarm() {
        Job job = tests(plan(true));
        AtomicReference<Boolean> intended = new AtomicReference<>(false);
        farm.onSubmit(() -> intended.set(stores.load(job).intended()));

        handler.handle(job);

        assertThat(intended.get()).isTrue();
    }

    @Test
    void adoptsTheRequestThatAnEarlierAttemptDidNotHearOf() {
        Job job = tests(plan(true));
        farm.losesAnswer();
        assertThatThrownBy(() -> handler.handle(job)).isInstanceOf(TransientException.class);

        Outcome outcome = handler.handle(stores.load(job));

        assertThat(outcome).isEqualTo(Outcome.waiting("Testing Farm request t1"));
        assertThat(farm.bodies()).hasSize(1);
    }

    /** Or else a crash between the two would leave a check that never says that the tests were submitted. */
    @Test
    void knowsTheRequestOnlyTogetherWithTheCheckThatShowsIt() {
        Job job = tests(plan(true));
        stores.broken("outbox");
        try {
            assertThatThrownBy(() -> handler.handle(job)).isInstanceOf(DataAccessException.class);
            assertThat(stores.load(job).externalId()).isNull();
        } finally {
            stores.mended("outbox");
        }

        handler.handle(stores.load(job));

        assertThat(farm.bodies()).hasSize(1);
        assertThat(stores.checks(job)).hasSize(1);
    }

    @Test
    void doesNothingForAJobWhoseRequestIsKnown() {
        Job job = tests(plan(true));
        handler.handle(job);

        assertThat(handler.handle(stores.load(job)))
                .isEqualTo(Outcome.waiting("Testing Farm request t1 was submitted before"));
        assertThat(farm.bodies()).hasSize(1);
    }

    @Test
    void asksForTheMetadataOfACommitOnce() {
        TestPlan own = new TestPlan(
                null,
                null,
                "./tests/",
                null,
                null,
                Map.of(),
                Map.of(),
                false,
                false,
                true,
                null,
                null,
                List.of(),
                null);
        Job first = tests(own);
        Job second = tests(own);

        assertThat(handler.handle(first).result()).isEqualTo(Outcome.Result.SKIPPED);
        assertThat(handler.handle(second).result()).isEqualTo(Outcome.Result.SKIPPED);

        assertThat(forge.lookUps()).hasSize(1);
        assertThat(stores.checks(first)).singleElement().asString().contains("NEUTRAL No FMF metadata found.");
    }

    @Test
    void asksTestingFarmToStop() {
        Job job = tests(plan(true));
        handler.handle(job);

        assertThat(handler.cancel(stores.load(job))).isTrue();

        assertThat(farm.canceled()).containsExactly("t1");
    }
}
