package dev.forgeway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forgeway.dispatch.Job;
import dev.forgeway.handle.Handlers;
import dev.forgeway.ingest.Delivery;
import dev.forgeway.store.AdminAction;
import dev.forgeway.store.Conclusion;
import dev.forgeway.store.DeadLetter;
import dev.forgeway.store.DeadLetterQuery;
import dev.forgeway.store.DeadLetterStore;
import dev.forgeway.store.Outcome;
import dev.forgeway.testing.Examples;
import dev.forgeway.testing.Stores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeadLetterActionsTest {

    private static final DeadLetterActions.Doer ADA = new DeadLetterActions.Doer("ada", "it is back");

    private final Stores stores = Stores.empty();
    private final DeadLetterStore letters = new DeadLetterStore(stores.jdbc, stores.transaction);
    private final Broker broker = new Broker();
    private final Handlers handlers = new Handlers(List.of());
    private final DeadLetterActions actions =
            new DeadLetterActions(letters, stores.deliveries, stores.jobs, stores.outbox, broker, handlers);

    /** Takes so many deliveries, and remembers whose dead messages are to go. */
    private static final class Broker implements Redelivery {

        private final List<String> sent = new ArrayList<>();
        private final Set<String> removed = new HashSet<>();
        private int room = 10;
        private boolean givesNothingAway;

        @Override
        public void send(Delivery delivery) {
            if (sent.size() == room) {
                throw Problem.unavailable("full");
            }
            sent.add(delivery.id());
        }

        @Override
        public void send(Job job) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void wakeReport(String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void removeDead(Set<String> ids) {
            if (givesNothingAway) {
                throw Problem.unavailable("away");
            }
            removed.addAll(ids);
        }
    }

    @Test
    void letsAllDeadJobsOfADeliveryComeAgainWithIt() {
        List<DeadLetter> dead = dead("one", "copr-build", "propose-downstream");

        List<AdminAction> done = actions.redrive(dead.subList(0, 1), new HashMap<>(), ADA);

        assertThat(broker.sent).hasSize(1);
        assertThat(done).extracting(AdminAction::successor).containsOnly(broker.sent.get(0));
        assertThat(done).extracting(AdminAction::subject).containsExactlyInAnyOrderElementsOf(ids(dead));
        assertThat(broker.removed).containsExactlyInAnyOrderElementsOf(ids(dead));
        assertThat(all()).isEmpty();
    }

    @Test
    void recordsEachOfThemOnceAtATimeOfItsOwn() {
        List<DeadLetter> dead = dead("one", "copr-build", "propose-downstream");

        List<AdminAction> done = actions.redrive(dead, new HashMap<>(), ADA);

        assertThat(done).hasSize(2).extracting(AdminAction::at).doesNotHaveDuplicates();
        assertThat(letters.actions(10, true)).hasSize(2);
        assertThat(letters.actions(10, letters.actions(1, true).get(0).at(), true))
                .as("the page behind the newest")
                .hasSize(1);
    }

    @Test
    void recordsWhatWasSentBeforeTheBrokerTookNoMore() {
        List<DeadLetter> dead = new ArrayList<>(dead("one", "copr-build"));
        dead.addAll(dead("two", "copr-build"));
        broker.room = 1;

        assertThatThrownBy(() -> actions.redrive(dead, new HashMap<>(), ADA)).isInstanceOf(Problem.class);

        assertThat(letters.actions(10, true))
                .singleElement()
                .satisfies(
                        kept -> assertThat(kept.subject()).isEqualTo(dead.get(0).id()));
        assertThat(ids(all())).containsExactly(dead.get(1).id());
    }

    @Test
    void tellsThatADeliveryComesAgainAlsoWhenTheBrokerGoesAwayRightBehind() {
        Delivery delivery = Examples.delivery("one");
        stores.deliveries.record(delivery, Stores.WINDOW);
        broker.givesNothingAway = true;

        AdminAction done = actions.replay(delivery, ADA);

        assertThat(broker.sent).containsExactly(done.successor());
        assertThat(letters.actions(10, true)).hasSize(1);
    }

    @Test
    void goesOnBehindAJobWhoseHandlerThereIsNoLonger() {
        dead("one", Map.of(Job.SUBSCRIPTION, "nightly-report"), "nightly-report");
        String alone = all().get(0).id();
        String other = dead("two", "copr-build").get(0).id();

        List<AdminAction> done = actions.redrive(all(), new HashMap<>(), ADA);

        assertThat(done).extracting(AdminAction::subject).containsExactly(other);
        assertThat(ids(all())).as("left for a person").containsExactly(alone);
    }

    /** The dead jobs of a delivery. */
    private List<DeadLetter> dead(String key, String... handlers) {
        return dead(key, Map.of(), handlers);
    }

    private List<DeadLetter> dead(String key, Map<String, String> arguments, String... handlers) {
        Delivery delivery = Examples.delivery(key);
        stores.deliveries.record(delivery, Stores.WINDOW);
        List<Job> jobs = new ArrayList<>();
        for (String handler : handlers) {
            jobs.add(new Job(
                    Job.idOf(delivery.id(), handler),
                    delivery.id(),
                    Examples.NOON,
                    handler,
                    "pull_request",
                    null,
                    List.of(),
                    arguments,
                    5,
                    List.of(),
                    Job.State.QUEUED,
                    0,
                    false,
                    null,
                    Examples.pullRequest(Examples.PROJECT)));
        }
        stores.deliveries.conclude(new Conclusion(
                delivery.id(),
                Outcome.DISPATCHED,
                null,
                null,
                Examples.pullRequest(Examples.PROJECT),
                Examples.PROJECT.key(),
                List.of(),
                jobs,
                List.of(),
                null));
        for (Job job : jobs) {
            stores.jobs.finish(job.id(), Job.State.DONE, "error", "gave up", 20, Examples.NOON, List.of());
        }
        return letters.jobsOf(delivery.id());
    }

    private List<DeadLetter> all() {
        return letters.search(new DeadLetterQuery(null, null, null, null, null, null, null, null, 10));
    }

    private static List<String> ids(List<DeadLetter> dead) {
        return dead.stream().map(DeadLetter::id).toList();
    }
}
