package dev.forgeway.config;

import static dev.forgeway.config.SettingsFixture.completeWith;
import static dev.forgeway.config.SettingsFixture.mistakes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SubscriptionMistakesTest {

    private static final String PUBLISH = "forgeway.handle.publish.subscriptions.";
    private static final String FORWARD = "forgeway.handle.forward.subscriptions.";
    private static final String OWN = "forgeway.handle.own.";

    @Test
    void listsAllMistakesOfAllSubscriptions() {
        assertThat(mistakes(completeWith(
                        PUBLISH + "mine.events", "pul-request",
                        PUBLISH + "mine.topic", "events.{branch}",
                        PUBLISH + "yours.bus", "mqtt",
                        PUBLISH + "yours.topic", "events",
                        FORWARD + "hook.url", "mailto:ada@example.org",
                        FORWARD + "other.url", "https://receiver.example.org",
                        FORWARD + "other.signing-secrets", "hunter2",
                        OWN + "handlers.announce.events", "push")))
                .extracting(mistake -> mistake.key() + " " + mistake.problem())
                .containsExactlyInAnyOrder(
                        PUBLISH
                                + "mine.events has pul-request, which fits no type of event; did you mean pull-request?",
                        PUBLISH + "mine.bus is missing",
                        PUBLISH + "mine.topic has {branch}; known are [action, forge, name, namespace, type]",
                        "forgeway.handle.publish.mqtt.url is missing, but the subscription yours needs it",
                        FORWARD + "hook.url must be an http or https URL",
                        FORWARD + "hook.signing-secrets is missing",
                        FORWARD + "other.signing-secrets[0] must be whsec_ and Base64 text",
                        OWN + "folder is missing, but handlers are set");
    }

    @Test
    void knowsTheFieldsOfASubscriptionAndNoOther() {
        assertThat(mistakes(completeWith(
                        FORWARD + "hook.url", "https://receiver.example.org",
                        FORWARD + "hook.signing-secrets[0]", "whsec_c2VjcmV0",
                        FORWARD + "hook.event", "push")))
                .extracting(Mistake::key)
                .containsExactly(FORWARD + "hook.event");
    }

    @Test
    void wantsNamesThatCanBeQueues() {
        assertThat(mistakes(completeWith(OWN + "folder", "docs", OWN + "handlers.[My Handler].events", "push")))
                .extracting(Mistake::problem)
                .containsExactly("has a name that is not made of small letters, digits and dashes");
    }

    @Test
    void wantsAFolderThatIsThere() {
        assertThat(mistakes(completeWith(OWN + "folder", "no-such-folder")))
                .extracting(Mistake::problem)
                .containsExactly("is no folder");
    }
}
