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

class TestingFarmSenderTest {

    private static final String NOON = "2025-03-01T12:00:00Z";

    private static TestingFarmWebhook webhook(String instant) {
        return new TestingFarmWebhook(
                settings("ingest.testing-farm.secrets[0]", "older", "ingest.testing-farm.secrets[1]", "newer"),
                at(instant));
    }

    private static Delivery received(String instant, String body) {
        TestingFarmWebhook webhook = webhook(instant);
        return delivery(webhook.receive(webhook.verify(request(body, "authorization", "newer"))));
    }

    @Test
    void keepsTheRequestAndForgetsTheToken() {
        Delivery delivery = received(NOON, "{\"request_id\":\"ab-\\\"12\",\"token\":\"newer\",\"more\":1}");

        assertThat(text(delivery.body())).isEqualTo("{\"request_id\":\"ab-\\\"12\"}");
        assertThat(delivery.headers()).isEmpty();
        assertThat(delivery.steps()).isEmpty();
        assertThat(delivery.toString()).doesNotContain("newer");
    }

    @Test
    void takesEveryTokenWhileOneIsBeingReplaced() {
        assertThatCode(() -> webhook(NOON).verify(request("{\"request_id\":\"a\",\"token\":\"older\"}")))
                .doesNotThrowAnyException();
        assertThatCode(() -> webhook(NOON).verify(request("{\"request_id\":\"a\",\"token\":\"newer\"}")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"request_id\":\"a\"}",
                "{\"request_id\":\"a\",\"token\":\"\"}",
                "{\"request_id\":\"a\",\"token\":null}",
                "{\"request_id\":\"a\",\"token\":[\"newer\"]}",
                "{\"request_id\":\"a\",\"token\":\"Newer\"}",
                "{\"request_id\":\"a\",\"token\":\"newer \"}",
                "{\"request_id\":\"a\",\"token\":\"newe\"}",
                "{\"request_id\":\"a\",\"token\":\"wrong\",\"token\":\"newer\"}",
                "{\"request_id\":\"a\",\"nested\":{\"token\":\"newer\"}}",
                "[\"newer\"]",
                "newer",
                "{\"token\":\"newer\""
            })
    void refusesWhatDoesNotShowTheTokenOnceAndPlainly(String body) {
        assertThatThrownBy(() -> webhook(NOON).verify(request(body))).isInstanceOf(UnauthenticatedException.class);
    }

    @Test
    void isOffWithoutAnyToken() {
        var off = new TestingFarmWebhook(settings(), at(NOON));

        assertThatThrownBy(() -> off.verify(request("{\"request_id\":\"a\",\"token\":\"\"}")))
                .isInstanceOf(SourceOffException.class);
    }

    @Test
    void letsEveryNotificationThroughButNotItsRepetition() {
        String body = "{\"request_id\":\"ab-12\",\"token\":\"newer\"}";

        assertThat(received("2025-03-01T12:00:00.900Z", body).dedupKey())
                .isEqualTo(received("2025-03-01T12:00:00.100Z", body).dedupKey())
                .isNotEqualTo(received("2025-03-01T12:00:01.100Z", body).dedupKey());
    }

    @Test
    void parksANotificationAboutNothing() {
        assertThat(text(received(NOON, "{\"token\":\"newer\"}").body())).isEqualTo("{}");
    }
}
