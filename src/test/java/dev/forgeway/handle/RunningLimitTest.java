package dev.forgeway.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.forgeway.dispatch.Job;
import dev.forgeway.error.DeferredException;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RunningLimitTest {

    private static final Instant NOW = Instant.now();

    private final Stores stores = Stores.empty();
    private final RunningLimit one = process();
    private final RunningLimit another = process();

    private RunningLimit process() {
        return new RunningLimit(
                stores.running,
                Examples.settings("handle.most-per-namespace", "3", "handle.most-per-project", "2"),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static Job job(String project) {
        return Examples.job(
                "copr-build",
                Examples.pullRequest(Examples.project("packit-service", project, "public")),
                List.of(),
                Map.of());
    }

    @Test
    void countsTheJobsOfAllProcesses() {
        one.enter(job("hello"));
        another.enter(job("hello"));

        assertThatThrownBy(() -> one.enter(job("hello")))
                .isInstanceOf(DeferredException.class)
                .hasMessage("as many jobs of github.com/packit-service/hello run as may");
        another.enter(job("other"));
        assertThatThrownBy(() -> another.enter(job("third")))
                .hasMessage("as many jobs of github.com/packit-service run as may");
    }

    @Test
    void givesAPlaceOnToTheNext() {
        Job first = job("hello");
        one.enter(first);
        one.enter(job("hello"));

        one.leave(first, Duration.ofSeconds(1));

        one.enter(job("hello"));
    }

    @Test
    void countsAJobThatComesAgainAfterACrashOnce() {
        Job crashed = job("hello");
        one.enter(crashed);

        another.enter(crashed);
        another.enter(job("hello"));

        assertThatThrownBy(() -> another.enter(job("hello"))).isInstanceOf(DeferredException.class);
    }

    @Test
    void letsThoseWhoWaitComeOneAfterTheOther() {
        one.enter(job("hello"));
        one.enter(job("hello"));

        Instant first = turn(job("hello"));
        Instant second = turn(job("hello"));

        assertThat(first).isAfter(NOW);
        assertThat(second)
                .as("two places, and nobody knows yet how long a job takes")
                .isEqualTo(first.plusMillis(50));
    }

    @Test
    void letsThemComeInThePaceAtWhichPlacesBecomeFree() {
        one.enter(job("hello"));
        one.enter(job("hello"));
        for (int i = 0; i < 100; i++) {
            one.leave(job("hello"), Duration.ofSeconds(10));
        }

        Instant turn = turn(job("hello"));

        assertThat(turn(job("hello"))).isAfter(turn.plusSeconds(4)).isBefore(turn.plusSeconds(6));
    }

    @Test
    void letsUrgentOnesComeAmongUrgentOnes() {
        one.enter(job("hello"));
        one.enter(job("hello"));
        for (int i = 0; i < 2000; i++) {
            turn(job("hello"));
        }

        Instant late = turn(job("hello"));
        Instant urgent = turn(job("hello").prioritised(9, List.of("base 9")));

        assertThat(late).isEqualTo(NOW.plusSeconds(60));
        assertThat(urgent).isBefore(NOW.plusSeconds(1));
    }

    @Test
    void holdsNobodyWithoutALimit() {
        RunningLimit unlimited = new RunningLimit(stores.running, Examples.settings(), Clock.systemUTC());
        for (int i = 0; i < 100; i++) {
            unlimited.enter(job("hello"));
        }

        assertThat(stores.jdbc.queryForObject("select count(*) from running_job", Integer.class))
                .isZero();
    }

    private Instant turn(Job job) {
        DeferredException deferred = catchThrowableOfType(DeferredException.class, () -> one.enter(job));
        return Objects.requireNonNull(deferred.retryAt());
    }
}
