package dev.forgeway.handle.koji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.DeferredException;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UnansweredException;
import dev.forgeway.handle.SideTagPlan;
import dev.forgeway.store.ClusterLock;
import dev.forgeway.store.SideTag;
import dev.forgeway.store.SideTagStore;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.FakeKojiTags;
import dev.forgeway.testing.Stores;
import dev.forgeway.testing.TestClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SideTagsTest {

    private static final String TARGET = "f45-candidate";

    private final Stores stores = Stores.empty();
    private final SideTagStore store = new SideTagStore(stores.jdbc, stores.transaction);
    private final ClusterLock lock = new ClusterLock(stores.jdbc);
    private final FakeKojiTags koji = new FakeKojiTags();
    private final TestClock clock = TestClock.running();
    private final SideTags tags = new SideTags(koji, store, lock, stores.effects(clock));
    private final Job job = stores.dispatched(Examples.coprBuild(Examples.RAWHIDE));

    @AfterEach
    void stop() {
        lock.destroy();
    }

    private String of(String group, String branch) {
        return tags.of(job, new SideTagPlan(group, branch, List.of()), TARGET);
    }

    @Test
    void makesOneForEachGroupAndBranch() {
        String first = of("hello", "f45");

        assertThat(of("hello", "f45")).isEqualTo(first);
        assertThat(List.of(of("hello", "f44"), of("other", "f45"))).doesNotContain(first);
        assertThat(koji.names()).hasSize(3);
        assertThat(tags.find("hello", "f45")).map(SideTag::name).contains(first);
    }

    @Test
    void makesAnotherWhenItIsNoLongerThere() {
        String first = of("hello", "f45");
        koji.remove(first);
        assertThat(tags.find("hello", "f45")).isEmpty();

        String second = of("hello", "f45");

        assertThat(second).isNotEqualTo(first);
        assertThat(koji.names()).containsExactly(second);
    }

    @Test
    void adoptsTheOneThatAnEarlierAttemptDidNotHearOf() {
        of("older", "f45");
        koji.losesAnswer();
        assertThatThrownBy(() -> of("hello", "f45")).isInstanceOf(TransientException.class);
        String lost = koji.names().get(1);

        of("newer", "f45");

        assertThat(of("hello", "f45")).isEqualTo(lost);
        assertThat(koji.names()).hasSize(3);
    }

    @Test
    void asksAgainWhenTheCallDidNotComeThroughInItsTime() {
        koji.hearsNothing();
        assertThatThrownBy(() -> of("hello", "f45")).isInstanceOf(UnansweredException.class);

        assertThatThrownBy(() -> of("hello", "f45")).isInstanceOf(DeferredException.class);
        assertThat(koji.names()).isEmpty();
        clock.advance(Duration.ofSeconds(41));

        assertThat(of("hello", "f45")).isEqualTo(TARGET + "-side-101");
        assertThat(koji.names()).hasSize(1);
    }

    @Test
    void makesNoSecondOneWhileTheCallOfAnotherJobMayStillComeThrough() {
        koji.hearsNothing();
        assertThatThrownBy(() -> of("hello", "f45")).isInstanceOf(UnansweredException.class);
        Job other = stores.dispatched(Examples.coprBuild(Examples.EPEL));

        assertThatThrownBy(() -> tags.of(other, new SideTagPlan("hello", "f45", List.of()), TARGET))
                .isInstanceOf(DeferredException.class);
        String late = koji.createSideTag(TARGET).name();

        assertThat(tags.of(other, new SideTagPlan("hello", "f45", List.of()), TARGET))
                .isEqualTo(late);
        assertThat(koji.names()).containsExactly(late);
    }

    @Test
    void leavesItToWhoeverMakesOneAlready() {
        Runnable end = lock.take("side-tags.new", Duration.ZERO).orElseThrow();

        assertThatThrownBy(() -> of("hello", "f45")).isInstanceOf(DeferredException.class);

        end.run();
        assertThat(of("hello", "f45")).isEqualTo(koji.names().get(0));
    }
}
