package dev.forgeway.ingest;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors are the one of the specification and one made with another library for GitLab's form of a token. */
class StandardWebhookSignatureTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long SENT = 1614265330;
    private static final String BODY = "{\"test\": 2432232314}";
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final String OTHER_SECRET = "whsec_dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q=";
    private static final String WRONG = "v1,AAhM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void acceptsTheExampleOfTheSpecification() {
        assertThatCode(() -> verify(SECRET, 0, SIGNATURE)).doesNotThrowAnyException();
    }

    @Test
    void acceptsATokenAsGitLabMakesThem() {
        assertThatCode(() -> new StandardWebhookSignature(List.of(OTHER_SECRET), clock(1674087231))
                        .verify(
                                Requests.bytes("{\"object_kind\":\"push\"}"),
                                "908a6d9e-45fd-46c8-97e6-c4f350f219dd",
                                "1674087231",
                                "v1,DD+Emp9J70krdCWraQMffv3eWXQAfS/NJUusH9737RQ="))
                .doesNotThrowAnyException();
    }

    @Test
    void acceptsTheSecondOfTwoSignatures() {
        assertThatCode(() -> verify(SECRET, 0, WRONG + " " + SIGNATURE)).doesNotThrowAnyException();
    }

    @Test
    void acceptsTheSecondOfTwoKeys() {
        assertThatCode(() -> new StandardWebhookSignature(List.of(OTHER_SECRET, SECRET), clock(SENT))
                        .verify(Requests.bytes(BODY), ID, Long.toString(SENT), SIGNATURE))
                .doesNotThrowAnyException();
    }

    @Test
    void passesOverSignaturesOfOtherVersions() {
        assertThatCode(() -> verify(SECRET, 0, "v1a,c29tZXRoaW5n " + SIGNATURE)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(longs = {-300, 300})
    void allowsFiveMinutesBetweenTheClocks(long seconds) {
        assertThatCode(() -> verify(SECRET, seconds, SIGNATURE)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301, 86400})
    void refusesWhatIsTooOldOrFromTheFuture(long seconds) {
        assertThatThrownBy(() -> verify(SECRET, seconds, SIGNATURE)).isInstanceOf(UnauthenticatedException.class);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "v1,",
                "v1",
                "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE",
                "v1,G0HM9SSE+OTPJTGT/TMIKTSYZLE3UFJELVLNIOLJ1OE=",
                "v1,g0hM9SsE",
                WRONG,
                WRONG + " " + WRONG
            })
    void refusesWhatIsNoRightSignature(@Nullable String signature) {
        assertThatThrownBy(() -> verify(SECRET, 0, signature)).isInstanceOf(UnauthenticatedException.class);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "soon", "1614265330.0", " 1614265330", "9223372036854775807", "99999999999999999999"})
    void refusesWhatIsNoTime(@Nullable String timestamp) {
        assertThatThrownBy(() -> new StandardWebhookSignature(List.of(SECRET), clock(SENT))
                        .verify(Requests.bytes(BODY), ID, timestamp, SIGNATURE))
                .isInstanceOf(UnauthenticatedException.class);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "msg_p5jXN8AQM9LWM0D4loKWxJel"})
    void refusesAnotherId(@Nullable String id) {
        assertThatThrownBy(() -> new StandardWebhookSignature(List.of(SECRET), clock(SENT))
                        .verify(Requests.bytes(BODY), id, Long.toString(SENT), SIGNATURE))
                .isInstanceOf(UnauthenticatedException.class);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {"'{\"test\":2432232314}'", "'{\"test\": 2432232315}'"})
    void refusesAnotherBody(String body) {
        assertThatThrownBy(() -> new StandardWebhookSignature(List.of(SECRET), clock(SENT))
                        .verify(Requests.bytes(body), ID, Long.toString(SENT), SIGNATURE))
                .isInstanceOf(UnauthenticatedException.class);
    }

    @Test
    void refusesEverythingWithoutAKey() {
        assertThatThrownBy(() -> new StandardWebhookSignature(List.of(), clock(SENT))
                        .verify(Requests.bytes(BODY), ID, Long.toString(SENT), SIGNATURE))
                .isInstanceOf(UnauthenticatedException.class);
    }

    private static void verify(String secret, long secondsLater, @Nullable String signature) {
        new StandardWebhookSignature(List.of(secret), clock(SENT + secondsLater))
                .verify(Requests.bytes(BODY), ID, Long.toString(SENT), signature);
    }

    private static Clock clock(long seconds) {
        return Clock.fixed(Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
    }
}
