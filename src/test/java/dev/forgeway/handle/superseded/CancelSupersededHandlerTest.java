package dev.forgeway.handle.superseded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.TransientException;
import dev.forgeway.forge.CheckState;
import dev.forgeway.handle.Handlers;
import dev.forgeway.handle.Outcome;
import dev.forgeway.handle.copr.CoprBuildHandler;
import dev.forgeway.handle.copr.CoprBuildRequests;
import dev.forgeway.store.JobEndedException;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.FakeCopr;
import dev.forgeway.testing.Stores;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;

class CancelSupersededHandlerTest {

    private static final String WHY = "Superseded by 528b803.";

    private final Stores stores = Stores.empty();
    private final FakeCopr copr = new FakeCopr();
    private final CoprBuildHandler builds = new CoprBuildHandler(
            copr, stores.effects, stores.outbox, stores.transaction, new CoprBuildRequests(Examples.settings()));
    private final CancelSupersededHandler handler = new CancelSupersededHandler(
            stores.jobs, stores.outbox, stores.transaction, new Provided(), Clock.systemUTC());
    private final Job old = stores.dispatched(Examples.coprBuild(Examples.RAWHIDE));

    private final class Provided implements ObjectProvider<Handlers> {

        @Override
        public Handlers getObject() {
            return new Handlers(List.of(builds));
        }

        @Override
        public Stream<Handlers> stream() {
            return Stream.of(getObject());
        }
    }

    private Outcome cancels() {
        return handler.handle(Examples.job(
                "cancel-superseded",
                Examples.pullRequest(Examples.PROJECT),
                List.of(),
                Map.of("superseded", old.id() + ",gone")));
    }

    private String submitted() {
        builds.handle(stores.load(old));
        return copr.builds().get(0);
    }

    @Test
    void endsAJobThatStillWaits() {
        assertThat(cancels().result()).isEqualTo(Outcome.Result.SUCCEEDED);

        assertThat(stores.stored(old).outcome()).isEqualTo("canceled");
        assertThat(stores.stored(old).targets()).containsEntry(Examples.RAWHIDE, CheckState.CANCELED);
        assertThat(stores.checks(old)).containsExactly("rpm-build:" + Examples.RAWHIDE + ": CANCELED " + WHY);
        assertThatThrownBy(() -> stores.jobs.intend(old.id())).isInstanceOf(JobEndedException.class);
    }

    @Test
    void asksABuildToStop() {
        String build = submitted();

        cancels();

        assertThat(copr.canceled()).containsExactly(build);
        assertThat(stores.stored(old).outcome()).isEqualTo("canceled");
        assertThat(stores.checks(old)).containsExactly("rpm-build:" + Examples.RAWHIDE + ": CANCELED " + WHY);
    }

    @Test
    void waitsForASubmissionThatIsUnderWay() {
        stores.jobs.intend(old.id());

        assertThatThrownBy(this::cancels).isInstanceOf(TransientException.class);
        String build = submitted();
        cancels();

        assertThat(copr.canceled()).containsExactly(build);
    }

    @Test
    void leavesABuildThatHasEnded() {
        copr.ends(submitted());

        assertThat(cancels().result()).isEqualTo(Outcome.Result.SKIPPED);

        assertThat(stores.stored(old).outcome()).isNull();
    }

    @Test
    void doesNothingTwice() {
        submitted();
        cancels();

        assertThat(cancels().result()).isEqualTo(Outcome.Result.SKIPPED);
        assertThat(copr.canceled()).hasSize(1);
    }
}
