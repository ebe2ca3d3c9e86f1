package dev.forgeway.ingest;

import static dev.forgeway.ingest.Senders.at;
import static dev.forgeway.ingest.Senders.delivery;
import static dev.forgeway.ingest.Senders.request;
import static dev.forgeway.ingest.Senders.settings;
import static dev.forgeway.ingest.Senders.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventsSenderTest {

    private static final String TYPE = "application/cloudevents+json; charset=utf-8";
    private static final String STRUCTURED =
            "{\"data\":{},\"specversion\":\"1.0\",\"id\":\"A1\",\"source\":\"/builds\",\"type\":\"org.example.done\"}";

    private final CloudEventsWebhook webhook = new CloudEventsWebhook(
            settings("ingest.cloudevents.tokens[0]", "older", "ingest.cloudevents.tokens[1]", "newer"),
            at("2025-03-01T12:00:00Z"));

    @Test
    void readsAnEventWhoseAttributesAreInItsBody() {
        Delivery delivery = delivery(webhook.receive(request(STRUCTURED, "content-type", TYPE)));

        assertThat(delivery.eventName()).isEqualTo("org.example.done");
        assertThat(delivery.key()).isEqualTo("A1");
        assertThat(text(delivery.body())).isEqualTo(STRUCTURED);
    }

    @Test
    void readsAnEventWhoseAttributesAreInItsHeaders() {
        Delivery delivery = delivery(webhook.receive(request(
                "{\"x\":1}",
                "content-type",
                "application/json",
                "ce-specversion",
                "1.0",
                "ce-id",
                "A1",
                "ce-source",
                "/builds",
                "ce-type",
                "org.example.done",
                "ce-subject",
                "Euro%20%E2%82%AC+1")));

        assertThat(delivery.eventName()).isEqualTo("org.example.done");
        assertThat(delivery.key()).isEqualTo("A1");
        assertThat(delivery.headers()).containsEntry("ce-subject", "Euro €+1").containsEntry("ce-source", "/builds");
    }

    @Test
    void takesTheSameIdOfAnotherSourceForAnotherEvent() {
        Delivery one = delivery(webhook.receive(request(STRUCTURED, "content-type", TYPE)));
        Delivery two =
                delivery(webhook.receive(request(STRUCTURED.replace("/builds", "/tests"), "content-type", TYPE)));

        assertThat(one.dedupKey()).isNotEqualTo(two.dedupKey());
    }

    @Test
    void takesEveryTokenWhileOneIsBeingReplaced() {
        assertThatCode(() -> webhook.verify(request(STRUCTURED, "authorization", "Bearer older")))
                .doesNotThrowAnyException();
        assertThatCode(() -> webhook.verify(request(STRUCTURED, "authorization", "bearer newer")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Bearer", "Bearer ", "Bearer wrong", "Bearer NEWER", "Basic newer", "newer", "Bearernewer"})
    void refusesEveryOtherAuthorization(String given) {
        assertThatThrownBy(() -> webhook.verify(request(STRUCTURED, "authorization", given)))
                .isInstanceOf(UnauthenticatedException.class);
    }

    @Test
    void isOffWithoutAnyToken() {
        var off = new CloudEventsWebhook(settings(), at("2025-03-01T12:00:00Z"));

        assertThatThrownBy(() -> off.verify(request(STRUCTURED, "authorization", "Bearer ")))
                .isInstanceOf(SourceOffException.class);
    }

    @Test
    void refusesVersionsThatItDoesNotKnow() {
        assertThatThrownBy(
                        () -> webhook.receive(request(STRUCTURED.replace("\"1.0\"", "\"0.3\""), "content-type", TYPE)))
                .isInstanceOf(UnknownFormatException.class);
        assertThatThrownBy(() -> webhook.receive(request("{}", "content-type", "application/json")))
                .isInstanceOf(UnknownFormatException.class);
        assertThatThrownBy(() -> webhook.receive(
                        request("{}", "content-type", "application/json", "ce-specversion", "2.0", "ce-id", "A1")))
                .isInstanceOf(UnknownFormatException.class);
    }

    @Test
    void keepsWhatIsNoJsonForAPerson() {
        Delivery delivery = delivery(webhook.receive(request("{\"specversion\":", "content-type", TYPE)));

        assertThat(delivery.key()).startsWith("sha256:");
    }
}
