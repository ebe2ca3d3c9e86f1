package dev.forgeway.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.config.Settings;
import dev.forgeway.error.OverBudgetException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.Installation;
import dev.forgeway.event.InstallationEvent;
import dev.forgeway.forge.AppInstallations;
import dev.forgeway.forge.Forges;
import dev.forgeway.metrics.RetirementMetrics;
import dev.forgeway.store.InstallationStore;
import dev.forgeway.store.RetirementStore;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.FakeForge;
import dev.forgeway.testing.Stores;
import dev.forgeway.testing.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Many installations come to their end at the same time, and GitHub takes so many orders a minute. */
class InstallationRetirementTest {

    private static final Settings SETTINGS = Examples.settings("schedule.retirement.action", "uninstall");
    private static final Forges FORGES = new Forges(List.of(new FakeForge()));

    private final TestClock clock = new TestClock();
    private final Stores stores = Stores.empty();
    private final RetirementStore store = new RetirementStore(stores.jdbc, stores.transaction);
    private final InstallationStore installations = new InstallationStore(stores.jdbc, stores.transaction);
    private final List<Long> asked = new ArrayList<>();
    private LongConsumer gitHub = id -> {};
    private final InstallationRetirement retirement = new InstallationRetirement(
            store,
            installations,
            new App(),
            new InstalledConfigs(FORGES, stores.projects, SETTINGS),
            FORGES,
            new RetirementMetrics(new SimpleMeterRegistry()),
            SETTINGS,
            clock);

    private final class App implements AppInstallations {

        @Override
        public boolean suspend(long installation) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean uninstall(long installation) {
            asked.add(installation);
            gitHub.accept(installation);
            return true;
        }
    }

    private void comeToTheirEnd(long... ids) {
        for (long id : ids) {
            isInstalled(id, List.of("idle" + id + "/hello"));
        }
        timePasses();
    }

    private void isInstalled(long id, List<String> repositories) {
        installations.saw(
                new InstallationEvent(
                        "created",
                        "github",
                        "mira",
                        clock.instant(),
                        new Installation(id, "idle" + id),
                        "github.com",
                        repositories),
                "github.com/idle" + id,
                "d");
    }

    private void timePasses() {
        clock.advance(Duration.ofDays(31));
        retirement.list();
        retirement.warn();
        retirement.warn();
        clock.advance(Duration.ofDays(15));
    }

    @Test
    void leavesGitHubAloneWhenItHasHadEnough() {
        comeToTheirEnd(1, 2, 3);
        gitHub = id -> {
            if (id == 2) {
                throw new OverBudgetException("enough", clock.instant().plusSeconds(60));
            }
        };

        retirement.retire();
        assertThat(asked).containsExactly(1L, 2L);

        gitHub = id -> {};
        retirement.retire();
        assertThat(asked).containsExactly(1L, 2L, 3L, 2L);
        assertThat(store.open()).isEmpty();
    }

    @Test
    void leavesTimeForOthersBetweenManyThatAreDueAtOnce() {
        comeToTheirEnd(LongStream.rangeClosed(1, 30).toArray());

        retirement.retire();
        assertThat(asked).hasSizeBetween(1, 29);
        retirement.retire();
        assertThat(asked).hasSize(30);
    }

    @Test
    void leavesAloneWhatHasMoreRepositoriesThanAreLookedInto() {
        isInstalled(
                1,
                IntStream.rangeClosed(1, 201)
                        .mapToObj(number -> "idle1/hello" + number)
                        .toList());
        isInstalled(2, List.of("idle2/hello"));
        timePasses();

        retirement.retire();

        assertThat(asked).containsExactly(2L);
    }

    @Test
    void goesOnBehindOneThatCannotBeEnded() {
        comeToTheirEnd(1, 2);
        gitHub = id -> {
            if (id == 1) {
                throw new UserErrorException("refused");
            }
        };

        retirement.retire();

        assertThat(store.find(1).orElseThrow().doneAt()).isNull();
        assertThat(store.find(2).orElseThrow().doneAt()).isNotNull();
    }
}
