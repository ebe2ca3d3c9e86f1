package dev.forgeway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forgeway.simulator.GitHubWebhooks;
import dev.forgeway.simulator.ReceiverSimulator;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Events for others whose sending is interrupted: they may come again, but as the same. */
final class InterruptedBridge {

    private static final String FORWARDED = "kill-forward";
    private static final String PUBLISHED = "kill-publish";
    private static final String KEY =
            "whsec_" + Base64.getEncoder().encodeToString("a-key-of-24-bytes-at-all".getBytes(StandardCharsets.UTF_8));

    private InterruptedBridge() {}

    /** Who is subscribed. */
    static Map<String, String> settings(ReceiverSimulator receiver, HeldBus bus) {
        String forward = "forgeway.handle.forward.subscriptions.receiver.";
        String publish = "forgeway.handle.publish.";
        return Map.of(
                forward + "projects",
                "github.com/" + FORWARDED + "/*",
                forward + "url",
                receiver.url() + "/receiver",
                forward + "signing-secrets",
                KEY,
                publish + "amqp.url",
                bus.url(),
                publish + "subscriptions.bus.events",
                "pull-request",
                publish + "subscriptions.bus.projects",
                "github.com/" + PUBLISHED + "/*",
                publish + "subscriptions.bus.bus",
                "amqp",
                publish + "subscriptions.bus.topic",
                "forgeway.events");
    }

    private static DeliveryStory closes(
            World world, Api api, GitHubWebhooks webhooks, String namespace, String name, String commit) {
        String repository = namespace + "/" + name;
        world.github.addRepository(repository, false).addPullRequest(repository, 1, commit, "ada", "fix", "main");
        return DeliveryStory.accepted(api, webhooks.send(webhooks.pullRequest("closed", repository, 1)));
    }

    /** An event that is posted to a URL. */
    static final class Forward extends InterruptedCall {

        private final GitHubWebhooks webhooks;
        private final ReceiverSimulator receiver;

        Forward(World world, Api api, GitHubWebhooks webhooks, ReceiverSimulator receiver) {
            super(world, api, receiver);
            this.webhooks = webhooks;
            this.receiver = receiver;
        }

        @Override
        String call() {
            return "POST /receiver";
        }

        @Override
        void begin() {
            begins(closes(world, api, webhooks, FORWARDED, name, newCommit()));
        }

        @Override
        void isDoneOnce() {
            ended("forward", "succeeded");
            List<String> ids = receiver.calls(call()).stream()
                    .filter(call -> call.status() == 202 && call.body().contains("/" + name + "\""))
                    .map(call -> call.headers().get("webhook-id"))
                    .toList();
            assertThat(Set.copyOf(ids)).hasSize(1);
        }
    }

    /** An event that is published on a bus. */
    static final class Publish extends InterruptedWork {

        private final GitHubWebhooks webhooks;
        private final HeldBus bus;
        private final int takenBefore;
        private int seenBefore;

        Publish(World world, Api api, GitHubWebhooks webhooks, HeldBus bus) {
            super(world, api);
            this.webhooks = webhooks;
            this.bus = bus;
            this.takenBefore = bus.taken().size();
        }

        @Override
        void hold(boolean hasEffect) {
            seenBefore = bus.seen();
            bus.hold(hasEffect);
        }

        @Override
        boolean isUnderWay() {
            return bus.seen() > seenBefore;
        }

        @Override
        void begin() {
            begins(closes(world, api, webhooks, PUBLISHED, name, newCommit()));
        }

        @Override
        void isDoneOnce() {
            ended("publish", "succeeded");
            List<String> ids = bus.taken().subList(takenBefore, bus.taken().size());
            assertThat(Set.copyOf(ids)).hasSize(1);
        }
    }
}
