package dev.forgeway.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.DeferredException;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RemoteEffectsTest {

    private final Stores stores = Stores.empty();
    private final RemoteEffects effects = stores.effects;
    private final Job job = stores.dispatched(Examples.coprBuild(Examples.RAWHIDE));

    private String makesAnIssue() {
        return effects.unlessThere(job, Optional::empty, () -> "issue 5");
    }

    @Test
    void holdsUpNothingElseOfTheJobOnceItIsKnownWhatACallMade() {
        String build = effects.once(job, Optional::empty, () -> "1001");
        effects.submitted(job, build, List.of());

        assertThat(stores.load(job).externalId()).isEqualTo("1001");
        assertThat(makesAnIssue()).isEqualTo("issue 5");
    }

    @Test
    void holdsUpWhatElseTheJobMakesWhileACallMayStillHaveItsEffect() {
        effects.once(job, Optional::empty, () -> "1001");

        assertThatThrownBy(this::makesAnIssue).isInstanceOf(DeferredException.class);
    }
}
