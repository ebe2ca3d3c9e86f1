package dev.forgeway.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.dispatch.Job;
import dev.forgeway.metrics.LostMetrics;
import dev.forgeway.store.EventJson;
import dev.forgeway.store.UnfinishedStore;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
import dev.forgeway.testing.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LostMessagesTest {

    private static final Duration INTERVAL = Duration.ofMinutes(5);

    private final TestClock clock = TestClock.running();
    private final Stores stores = Stores.empty();
    private final Set<String> held = new HashSet<>();
    private final List<Set<String>> questions = new ArrayList<>();
    private boolean tells = true;
    private final LostMessages lost = new LostMessages(
            new UnfinishedStore(stores.jdbc, stores.transaction, new EventJson()),
            stores.deliveries,
            this::ids,
            new LostMetrics(new SimpleMeterRegistry()),
            Examples.settings("schedule.lost-messages.after", "15m"),
            clock);
    private final Job job = stores.dispatched(Examples.coprBuild(Examples.RAWHIDE));

    private Map<String, Set<String>> ids(Set<String> queues) {
        questions.add(queues);
        return tells ? queues.stream().collect(Collectors.toMap(Function.identity(), queue -> held)) : Map.of();
    }

    @Test
    void findsWhatWasMissedInEachOfSeveralLooksForAWhile() {
        assertThat(looks(3)).as("it is young").containsOnly(0);
        assertThat(looks(4)).as("it is missed from now on").containsExactly(0, 0, 0, 1);
        assertThat(looks(4)).as("its message is lost again").containsExactly(0, 0, 0, 1);
    }

    @Test
    void forgetsWhatWasMissedOnceItIsThere() {
        looks(6);
        held.add(job.id());
        looks(1);
        held.clear();

        assertThat(looks(4)).containsExactly(0, 0, 0, 1);
    }

    @Test
    void findsNothingInAQueueThatDoesNotTell() {
        tells = false;

        assertThat(looks(9)).containsOnly(0);
        tells = true;
        assertThat(looks(4)).containsExactly(0, 0, 0, 1);
    }

    @Test
    void takesMoreThanTwoLooksHoweverLongTheyAreApart() {
        clock.advance(Duration.ofDays(1));
        assertThat(lost.look().others()).isEmpty();
        clock.advance(Duration.ofDays(1));
        assertThat(lost.look().others()).isEmpty();
        clock.advance(Duration.ofDays(1));

        assertThat(lost.look().others())
                .containsExactly(
                        new LostMessages.Lost(UnfinishedStore.Kind.JOB, job.id(), "jobs.copr-build", job.priority()));
    }

    @Test
    void asksTheBrokerOnlyAboutQueuesInWhichSomethingIsLong() {
        looks(1);
        assertThat(questions).isEmpty();

        looks(4);
        assertThat(questions).containsOnly(Set.of("jobs.copr-build"));
    }

    /** How many each look finds. */
    private List<Integer> looks(int count) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            found.add(lost.look().others().size());
            clock.advance(INTERVAL);
        }
        return found;
    }
}
