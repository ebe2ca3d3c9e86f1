package dev.forgeway.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.DeferredException;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UnansweredException;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
import dev.forgeway.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RemoteEffectsTest {

    private static final Duration TIME_OF_A_CALL = Duration.ofSeconds(41);

    private final Stores stores = Stores.empty();
    private final TestClock clock = TestClock.running();
    private final RemoteEffects effects = stores.effects(clock);
    private final Job job = stores.dispatched(Examples.coprBuild(Examples.RAWHIDE));
    private final Job other = stores.dispatched(Examples.coprBuild(Examples.EPEL));
    private final List<String> issues = new ArrayList<>();

    private String opens(Job by) {
        return opens(by, () -> open(by));
    }

    private String opens(Job by, Supplier<String> call) {
        return effects.unlessThere(by, "the issue", () -> issues.stream().findFirst(), call);
    }

    private String open(Job by) {
        issues.add("issue of " + by.id());
        return issues.get(issues.size() - 1);
    }

    private static String unheard() {
        throw new UnansweredException("no answer");
    }

    @Test
    void holdsUpNothingElseOfTheJobOnceItIsKnownWhatACallMade() {
        String build = effects.once(job, Optional::empty, () -> "1001");
        effects.submitted(job, build, List.of());

        assertThat(stores.load(job).externalId()).isEqualTo("1001");
        assertThat(effects.once(job, Optional::empty, () -> "1002")).isEqualTo("1002");
    }

    @Test
    void makesNothingAgainWhileACallMayStillHaveItsEffect() {
        effects.once(job, Optional::empty, () -> "1001");

        assertThatThrownBy(() -> effects.once(job, Optional::empty, () -> "1002"))
                .isInstanceOf(DeferredException.class);
    }

    @Test
    void makesOneForTwoJobsThatWantItAtTheSameMoment() {
        String made = opens(job, () -> {
            assertThatThrownBy(() -> opens(other)).isInstanceOf(DeferredException.class);
            return open(job);
        });

        assertThat(opens(other)).isEqualTo(made);
        assertThat(issues).hasSize(1);
        assertThat(effects.isBy(job, "the issue")).isTrue();
        assertThat(effects.isBy(other, "the issue")).isFalse();
    }

    @Test
    void findsWhatAnotherJobMadeAfterTheLook() {
        List<String> looks = new ArrayList<>();

        String found = effects.unlessThere(
                other,
                "the issue",
                () -> {
                    looks.add("a look");
                    Optional<String> there = issues.stream().findFirst();
                    if (looks.size() == 1) {
                        opens(job);
                    }
                    return there;
                },
                () -> open(other));

        assertThat(found).isEqualTo("issue of " + job.id());
        assertThat(issues).hasSize(1);
        assertThat(effects.isBy(other, "the issue")).isFalse();
    }

    @Test
    void leavesACallOfWhichNobodyHeardItsTimeWhateverJobWantsTheSame() {
        assertThatThrownBy(() -> opens(job, RemoteEffectsTest::unheard)).isInstanceOf(UnansweredException.class);

        assertThatThrownBy(() -> opens(job)).isInstanceOf(DeferredException.class);
        assertThatThrownBy(() -> opens(other)).isInstanceOf(DeferredException.class);
        assertThat(issues).isEmpty();
        clock.advance(TIME_OF_A_CALL);

        opens(other);
        assertThat(issues).hasSize(1);
    }

    @Test
    void findsWhatALateCallMade() {
        assertThatThrownBy(() -> opens(job, RemoteEffectsTest::unheard)).isInstanceOf(UnansweredException.class);
        String late = open(job);

        assertThat(opens(other)).isEqualTo(late);
        assertThat(issues).hasSize(1);
    }

    @Test
    void triesAgainAtOnceWhatTheServiceRefused() {
        assertThatThrownBy(() -> opens(job, () -> {
                    throw new TransientException("not now");
                }))
                .isInstanceOf(TransientException.class);

        assertThat(opens(other)).isEqualTo("issue of " + other.id());
    }

    @Test
    void makesAnotherWhenTheLastOneIsGone() {
        opens(job);
        issues.clear();

        assertThat(opens(other)).isEqualTo("issue of " + other.id());
        assertThat(effects.isBy(other, "the issue")).isTrue();
    }
}
