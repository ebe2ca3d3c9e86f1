package dev.forgeway.handle.koji;

import static dev.forgeway.testing.Examples.RAWHIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.DeferredException;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.forge.CheckState;
import dev.forgeway.handle.Outcome;
import dev.forgeway.handle.SideTagPlan;
import dev.forgeway.store.ClusterLock;
import dev.forgeway.store.Link;
import dev.forgeway.store.SideTagStore;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.FakeCopr;
import dev.forgeway.testing.FakeKoji;
import dev.forgeway.testing.FakeKojiTags;
import dev.forgeway.testing.Stores;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

class KojiBuildHandlerTest {

    private static final String CHECK = "koji-build:rawhide: ";

    private final Stores stores = Stores.empty();
    private final FakeCopr copr = new FakeCopr();
    private final FakeKoji koji = new FakeKoji();
    private final KojiBuildHandler handler = new KojiBuildHandler(
            koji,
            stores.effects,
            new SourcePackages(stores.jobs, copr, koji),
            new SideTags(
                    new FakeKojiTags(),
                    new SideTagStore(stores.jdbc, stores.transaction),
                    new ClusterLock(stores.jdbc),
                    stores.effects),
            stores.jobs,
            stores.outbox,
            stores.transaction,
            stores.issues());

    private final Job build = stores.dispatched(Examples.coprBuild(RAWHIDE));
    private final Job job = inKoji(Map.of("scratch", "true", Job.BUILD, build.id(), Job.CHROOT, RAWHIDE));

    private Job inKoji(Map<String, String> arguments) {
        return stores.dispatched(
                Examples.job("koji-build", Examples.pullRequest(Examples.PROJECT), List.of("rawhide"), arguments));
    }

    private String source() {
        return "forgeway/" + job.id() + "/hello-2.0-1.src.rpm";
    }

    private void isBuilt() {
        stores.jobs.submitted(build.id(), "1001", List.of());
        stores.jobs.advanceTarget(build.id(), RAWHIDE, CheckState.SUCCESS);
    }

    @Test
    void buildsTheSourceThatCoprMadeAndWaits() {
        isBuilt();

        Outcome outcome = handler.handle(job);

        assertThat(outcome).isEqualTo(Outcome.waiting("Koji task 101"));
        assertThat(koji.uploads()).containsExactly(Map.entry(source(), "source of 1001"));
        assertThat(koji.builds()).containsExactly(source() + " for rawhide, scratch");
        assertThat(stores.load(job).externalId()).isEqualTo("101");
        assertThat(stores.stored(job).links())
                .containsExactly(new Link("Koji task", "https://koji.example.org/koji/taskinfo?taskID=101"));
        assertThat(stores.checks(job)).containsExactly(CHECK + "PENDING RPM build was submitted ...");
    }

    @Test
    void storesTheIntentBeforeItAsksForTheBuild() {
        isBuilt();
        AtomicReference<Boolean> intended = new AtomicReference<>(false);
        koji.onBuild(() -> intended.set(stores.load(job).intended()));

        handler.handle(job);

        assertThat(intended.get()).isTrue();
    }

    @Test
    void adoptsTheTaskThatAnEarlierAttemptDidNotHearOf() {
        isBuilt();
        koji.losesAnswer();
        assertThatThrownBy(() -> handler.handle(job)).isInstanceOf(TransientException.class);

        Outcome outcome = handler.handle(stores.load(job));

        assertThat(outcome).isEqualTo(Outcome.waiting("Koji task 101"));
        assertThat(koji.builds()).hasSize(1);
    }

    @Test
    void leavesTheTaskOfAnotherJobToIt() {
        Map<String, String> arguments = Map.of("source", "git+https://example.org/rpms/hello.git#c0ffee");
        handler.handle(inKoji(arguments));
        Job again = inKoji(arguments);
        stores.jobs.intend(again.id());
        koji.buildsAgain();

        assertThat(handler.handle(stores.load(again))).isEqualTo(Outcome.waiting("Koji task 102"));
    }

    /** Or else a crash between the two would leave a check that never says that the build was submitted. */
    @Test
    void knowsTheTaskOnlyTogetherWithTheCheckThatShowsIt() {
        isBuilt();
        stores.broken("outbox");
        try {
            assertThatThrownBy(() -> handler.handle(job)).isInstanceOf(DataAccessException.class);
            assertThat(stores.load(job).externalId()).isNull();
        } finally {
            stores.mended("outbox");
        }

        handler.handle(stores.load(job));

        assertThat(koji.builds()).hasSize(1);
        assertThat(stores.checks(job)).hasSize(1);
    }

    @Test
    void doesNothingForAJobWhoseTaskIsKnown() {
        isBuilt();
        handler.handle(job);

        assertThat(handler.handle(stores.load(job))).isEqualTo(Outcome.waiting("Koji task 101 was started before"));
    }

    @Test
    void waitsForASourceThatIsNotMadeYet() {
        stores.jobs.submitted(build.id(), "1001", List.of());
        copr.withoutSource();

        assertThatThrownBy(() -> handler.handle(job)).isInstanceOf(TransientException.class);

        stores.jobs.advanceTarget(build.id(), RAWHIDE, CheckState.FAILURE);
        assertThat(handler.handle(job).result()).isEqualTo(Outcome.Result.FAILED);
        assertThat(stores.checks(job)).containsExactly(CHECK + "FAILURE SRPM build failed.");
    }

    @Test
    void endsWithABuildThatWasCanceledBeforeCoprHadIt() {
        stores.jobs.finish(build.id(), Job.State.DONE, "canceled", null, 1, Examples.NOON, List.of());

        assertThat(handler.handle(job).result()).isEqualTo(Outcome.Result.CANCELED);

        assertThat(stores.checks(job)).containsExactly(CHECK + "CANCELED SRPM build was canceled.");
    }

    @Test
    void tellsTheUserWhatIsMissing() {
        Job forGood = inKoji(Map.of("scratch", "false", Job.BUILD, build.id(), Job.CHROOT, RAWHIDE));
        Job withoutBuild = inKoji(Map.of("scratch", "true"));

        assertThatThrownBy(() -> handler.handle(forGood))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining("scratch: true");
        assertThatThrownBy(() -> handler.handle(withoutBuild)).isInstanceOf(UserErrorException.class);
        assertThat(koji.builds()).isEmpty();
    }

    @Test
    void asksKojiToStop() {
        isBuilt();
        handler.handle(job);

        assertThat(handler.cancel(stores.load(job))).isTrue();

        assertThat(koji.canceled()).containsExactly("101");
    }

    @Test
    void leavesWhatIsBuiltInTheSideTagToWhoeverAskedForItFirst() {
        String source = "git+https://src.example.org/rpms/hello.git#c0ffee";
        Map<String, String> arguments = new TreeMap<>(new SideTagPlan("group", "f45", List.of()).arguments());
        arguments.put("source", source);
        handler.handle(inKoji(arguments));
        String task = source + " for rawhide-side-101";
        assertThat(koji.builds()).containsExactly(task);

        assertThatThrownBy(() -> handler.handle(inKoji(arguments)))
                .isInstanceOf(DeferredException.class)
                .hasMessageContaining("task 101");

        koji.says(task, "failed");
        koji.buildsAgain();
        assertThat(handler.handle(inKoji(arguments)).result()).isEqualTo(Outcome.Result.WAITING);
    }
}
