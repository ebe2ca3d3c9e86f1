package dev.forgeway.ingest;

import static dev.forgeway.ingest.Senders.delivery;
import static dev.forgeway.ingest.Senders.request;
import static dev.forgeway.ingest.Senders.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the test vector of the specification. */
class StandardSenderTest {

    private static final long SENT = 1_614_265_330;
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q=";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final String BODY = "{\"test\": 2432232314}";
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static StandardWebhook webhook(long now) {
        Clock clock = Clock.fixed(Instant.ofEpochSecond(now), ZoneOffset.UTC);
        return new StandardWebhook(
                settings(
                        "ingest.standard-webhooks.signing-secrets[0]",
                        OTHER,
                        "ingest.standard-webhooks.signing-secrets[1]",
                        SECRET),
                clock);
    }

    private static WebhookRequest signed(String body, String signature) {
        return request(
                body, "webhook-id", ID, "webhook-timestamp", Long.toString(SENT), "webhook-signature", signature);
    }

    @Test
    void knowsTheSignatureOfTheSpecificationAndTheIdOfTheMessage() {
        StandardWebhook webhook = webhook(SENT);

        Delivery delivery = delivery(webhook.receive(webhook.verify(signed(BODY, SIGNATURE))));

        assertThat(delivery.key()).isEqualTo(ID);
        assertThat(delivery.eventName()).isEmpty();
    }

    @Test
    void namesTheEventAsItsTypeSays() {
        WebhookRequest request = request("{\"type\":\"image.published\",\"data\":{}}", "webhook-id", "msg_1");

        assertThat(delivery(webhook(SENT).receive(request)).eventName()).isEqualTo("image.published");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1,AAAA", "v1a,AAAA v1,nonsense", "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="})
    void takesTheSecondSignatureWhenTheFirstIsNoneOfOurs(String first) {
        assertThatCode(() -> webhook(SENT).verify(signed(BODY, first + " " + SIGNATURE)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v1,",
                "v1",
                "v1,AAAA",
                "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "v1,G0HM9SSE+OTPJTGT/TMIKTSYZLE3UFJELVLNIOLJ1OE=",
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE",
                "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
            })
    void refusesASignatureThatIsNotWrittenAsItShould(String signature) {
        assertThatThrownBy(() -> webhook(SENT).verify(signed(BODY, signature)))
                .isInstanceOf(UnauthenticatedException.class);
    }

    @Test
    void refusesTheSignatureOfTheSameJsonWrittenAnotherWay() {
        assertThatThrownBy(() -> webhook(SENT).verify(signed("{\"test\":2432232314}", SIGNATURE)))
                .isInstanceOf(UnauthenticatedException.class);
    }

    @ParameterizedTest
    @CsvSource({"300, true", "-300, true", "301, false", "-301, false", "86400, false"})
    void takesAMessageOfTheLastFiveMinutesOnly(long age, boolean taken) {
        StandardWebhook webhook = webhook(SENT + age);

        if (taken) {
            assertThatCode(() -> webhook.verify(signed(BODY, SIGNATURE))).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> webhook.verify(signed(BODY, SIGNATURE)))
                    .isInstanceOf(UnauthenticatedException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void refusesARequestThatLacksAHeader(String missing) {
        WebhookRequest request = signed(BODY, SIGNATURE);
        var headers = new HashMap<>(request.headers());
        headers.remove(missing);

        assertThatThrownBy(() -> webhook(SENT).verify(new WebhookRequest(headers, request.body())))
                .isInstanceOf(UnauthenticatedException.class);
    }

    @Test
    void isOffWithoutAnyKey() {
        var off = new StandardWebhook(settings(), Clock.systemUTC());

        assertThatThrownBy(() -> off.verify(signed(BODY, SIGNATURE))).isInstanceOf(SourceOffException.class);
    }
}
