package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.camel.EmbeddedBroker;
import dev.forgeway.simulator.CoprSimulator;
import dev.forgeway.simulator.GitHubSimulator;
import dev.forgeway.simulator.GitHubWebhooks;
import dev.forgeway.simulator.KojiSimulator;
import dev.forgeway.simulator.TestingFarmSimulator;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.activemq.artemis.core.server.Queue;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What stories are told with. Each pull request has a repository of its own, so that no story disturbs another. */
abstract class Flow {

    static final String RAWHIDE = "fedora-rawhide-x86_64";
    static final String EPEL = "epel-10-x86_64";

    private static final AtomicInteger REPOSITORIES = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OFTEN = 20;

    /** The call that asks Copr for a build. */
    static final String CREATE_BUILD = "POST /api_3/build/create/custom";

    @Autowired
    World world;

    @Autowired
    EmbeddedBroker broker;

    @LocalServerPort
    int port;

    Api api;
    GitHubSimulator github;
    CoprSimulator copr;
    KojiSimulator koji;
    TestingFarmSimulator farm;
    GitHubWebhooks webhooks;

    /** What takes long is looked at less often: a look is several calls, and the application needs the processors, too. */
    static ConditionFactory eventually() {
        return await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval((looks, before) -> Duration.ofMillis(looks <= OFTEN ? 10 : 50));
    }

    @BeforeEach
    void enter() {
        api = new Api(port);
        github = world.github;
        copr = world.copr;
        koji = world.koji;
        farm = world.testingFarm.resolve(World.HOST, port);
        webhooks = github.webhooks(api.webhooks(), World.SECRET);
        api.allow("github.com/flow", "approved-manually");
    }

    /** No story leaves work behind for the next one, and none gets stuck. */
    @AfterEach
    void nothingIsLeftInAnyQueue() {
        world.heal();
        AtomicLong before = new AtomicLong(-1);
        eventually().untilAsserted(() -> {
            long came = messagesSoFar();
            boolean isSame = before.getAndSet(-1) == came;
            assertThat(queuesWithMessages()).isEmpty();
            assertThat(world.bus.waiting()).isZero();
            before.set(came);
            // one queue is asked after the other, and a message may go from one that is asked later to one that was
            // asked before
            assertThat(isSame).as("nothing came since the last look").isTrue();
        });
    }

    private List<String> queuesWithMessages() {
        return queues().filter(queue -> !queue.getName().toString().matches("dead\\.\\w+"))
                .filter(queue -> waiting(queue) > 0)
                .map(queue -> queue.getName().toString())
                .toList();
    }

    /** How many messages came to all queues, without those of answers about the broker. */
    private long messagesSoFar() {
        return queues().filter(queue -> !queue.isTemporary())
                .mapToLong(Queue::getMessagesAdded)
                .sum();
    }

    /** A queue for answers goes with whoever asked. */
    private Stream<Queue> queues() {
        return Arrays.stream(broker.server().getActiveMQServerControl().getQueueNames())
                .map(broker.server()::locateQueue)
                .filter(Objects::nonNull);
    }

    /** A report that met another one about its place looks again when that one's lease is over, and finds nothing. */
    private static long waiting(Queue queue) {
        boolean mayLookAgain = queue.getName().toString().equals("statuses");
        return queue.getMessageCount() - (mayLookAgain ? queue.getScheduledCount() : 0);
    }

    /** What is known of a project, once it says this about why; that is written right behind the outcome of a delivery. */
    JsonNode projectTold(String key, String why) {
        return eventually()
                .until(
                        () -> api.get("/api/projects/" + key).json(),
                        told -> told.path("why").asText().contains(why));
    }

    /** A pull request to a new repository of the namespace, with no package config. */
    PullRequestStory pullRequest(String namespace, boolean isPrivate) {
        int number = REPOSITORIES.incrementAndGet();
        String repository = namespace + "/repo" + number;
        github.addRepository(repository, isPrivate);
        return new PullRequestStory(world, api, webhooks, repository, number);
    }

    /** A pull request of this account to a new, approved, public repository, with no package config. */
    PullRequestStory pullRequestOf(String author) {
        int number = REPOSITORIES.incrementAndGet();
        String repository = "flow/repo" + number;
        github.addRepository(repository, false);
        return new PullRequestStory(world, api, webhooks, repository, number, author);
    }

    /** A pull request to a new, approved, public repository whose package config asks for a build for these targets. */
    PullRequestStory pullRequestBuiltFor(String... targets) {
        return pullRequest("flow", false).brings(PullRequestStory.config(targets));
    }

    /** A delivery of the bus, once it is decided on, by the id of its message. */
    JsonNode busDelivery(String messageId) {
        return busDeliveries(messageId, 1).get(0);
    }

    /** All deliveries of one message id, once there are so many and they are decided on, newest first. */
    JsonNode busDeliveries(String messageId, int count) {
        return eventually().until(() -> api.deliveries(messageId), found -> found.size() == count && allDecided(found));
    }

    private static boolean allDecided(JsonNode deliveries) {
        return deliveries.findValuesAsText("outcome").stream().noneMatch("queued"::equals);
    }
}
