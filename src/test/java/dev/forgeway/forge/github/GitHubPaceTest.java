package dev.forgeway.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.forgeway.error.OverBudgetException;
import dev.forgeway.forge.github.GitHubPace.Cost;
import dev.forgeway.forge.github.GitHubPace.Turn;
import dev.forgeway.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;

class GitHubPaceTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestClock clock = new TestClock();
    private final GitHubPace pace = new GitHubPace(clock);

    /** Makes so many calls, each over at once. */
    private void call(Cost cost, int times) {
        for (int i = 0; i < times; i++) {
            pace.begin("ours", cost).close();
        }
    }

    private Instant refused(Cost cost) {
        OverBudgetException over = catchThrowableOfType(OverBudgetException.class, () -> pace.begin("ours", cost));
        assertThat(over).isNotNull().hasMessageContaining("ours");
        return Objects.requireNonNull(over.retryAt());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, comment-find, READ",
        "POST, check-create, WRITE",
        "PATCH, check-update, WRITE",
        "POST, status-create, WRITE",
        "POST, reaction-create, WRITE",
        "POST, tree-create, WRITE",
        "POST, commit-create, WRITE",
        "POST, ref-create, WRITE",
        "PATCH, ref-update, WRITE",
        "POST, comment-create, CONTENT",
        "POST, issue-create, CONTENT",
        "POST, pull-request-create, CONTENT",
    })
    void knowsWhatACallCosts(String method, String operation, Cost cost) {
        assertThat(Cost.of(HttpMethod.valueOf(method), operation)).isEqualTo(cost);
    }

    @ParameterizedTest
    @CsvSource({"READ, 810", "WRITE, 162", "QUERY, 1800", "CONTENT, 72"})
    void refusesWhatIsTooMuchForAMinuteUntilItIsOver(Cost cost, int most) {
        call(cost, most);

        Instant until = refused(cost);

        assertThat(until).isEqualTo(clock.instant().plus(MINUTE));
        clock.advance(MINUTE.minusMillis(1));
        refused(cost);
        clock.advance(Duration.ofMillis(1));
        call(cost, most);
    }

    @Test
    void refusesContentThatIsTooMuchForAnHour() {
        for (int minutes = 0; minutes < 9; minutes++) {
            call(Cost.CONTENT, 50);
            clock.advance(MINUTE);
        }

        assertThat(refused(Cost.CONTENT)).isEqualTo(clock.instant().plus(Duration.ofMinutes(51)));
        call(Cost.WRITE, 1);
    }

    @Test
    void countsACallUntilAMinuteAfterItsEnd() {
        Turn slow = pace.begin("ours", Cost.WRITE);
        call(Cost.WRITE, 161);
        clock.advance(MINUTE);
        call(Cost.WRITE, 161);
        refused(Cost.WRITE);
        slow.close();

        clock.advance(MINUTE);

        call(Cost.WRITE, 162);
    }

    @Test
    void asksThoseItRefusesToComeOneAfterAnother() {
        call(Cost.WRITE, 162);
        Instant free = clock.instant().plus(MINUTE);

        List<Instant> promised = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            promised.add(refused(Cost.WRITE));
        }

        Duration apart = MINUTE.multipliedBy(5).dividedBy(810);
        assertThat(promised).containsExactly(free, free.plus(apart), free.plus(apart.multipliedBy(2)));
    }

    @Test
    void refusesTooManyAtOnceForASecond() {
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            turns.add(pace.begin("ours", Cost.READ));
        }

        assertThat(refused(Cost.QUERY)).isEqualTo(clock.instant().plusSeconds(1));
        turns.get(0).close();
        call(Cost.QUERY, 1);
    }

    @Test
    void hasABudgetForEachInstallation() {
        call(Cost.WRITE, 162);

        pace.begin("theirs", Cost.WRITE).close();
        call(Cost.QUERY, 1);
    }
}
