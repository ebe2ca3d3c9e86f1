package dev.forgeway.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector is the one of Pagure's own tests. */
class PagureWebhookTest {

    private static final String SECRET = "aaabbbccc";
    private static final String BODY = "{\"i\": 1, \"msg\": {\"pagure_instance\": \"http://localhost.localdomain/\","
            + " \"payload\": [\"a\", \"b\", \"c\"], \"project_fullname\": \"test\"},"
            + " \"msg_id\": \"2018-not_so_random\", \"timestamp\": 2, \"topic\": \"topic\"}";
    private static final String SHA1 = "74b12f0b25bf7767014a0c0de9f3c10191e943d8";
    private static final String SHA256 = "f3d757796554466eac49a5282b24ee32a1ecfb65dedd6c6231fb207240a9fe58";
    private static final Map<String, String> ONE_SECRET = Map.of("pagure.secrets", SECRET);
    private static final Map<String, String> WITH_SHA1 = Map.of("pagure.secrets", SECRET, "pagure.sha1", "true");

    @Test
    void acceptsTheNewerSignature() {
        assertAccepted(ONE_SECRET, Requests.request(BODY, Map.of("x-pagure-signature-256", SHA256)));
        assertAccepted(
                ONE_SECRET,
                Requests.request(BODY, Map.of("x-pagure-signature-256", SHA256, "x-pagure-signature", "wrong")));
    }

    @Test
    void acceptsTheOlderSignatureOnlyWhereThatIsSwitchedOn() {
        WebhookRequest request = Requests.request(BODY, Map.of("x-pagure-signature", SHA1));
        assertAccepted(WITH_SHA1, request);
        assertRefused(ONE_SECRET, request);
    }

    @Test
    void acceptsEverySecretWhileOneIsBeingReplaced() {
        assertAccepted(
                Map.of("pagure.secrets", "new," + SECRET),
                Requests.request(BODY, Map.of("x-pagure-signature-256", SHA256)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "sha256=",
                "sha256=" + SHA256,
                "F3D757796554466EAC49A5282B24EE32A1ECFB65DEDD6C6231FB207240A9FE58",
                "f3d757796554466eac49a5282b24ee32a1ecfb65dedd6c6231fb207240a9fe5",
                SHA256 + "0",
                SHA1
            })
    void refusesAWrongNewerSignatureThoughTheOlderIsRight(String signature) {
        Map<String, String> headers = Map.of("x-pagure-signature-256", signature, "x-pagure-signature", SHA1);
        assertRefused(WITH_SHA1, Requests.request(BODY, headers));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "sha1=" + SHA1, "74B12F0B25BF7767014A0C0DE9F3C10191E943D8", "74b12f0b", SHA256})
    void refusesAWrongOlderSignature(String signature) {
        assertRefused(WITH_SHA1, Requests.request(BODY, Map.of("x-pagure-signature", signature)));
    }

    @Test
    void refusesARequestWithoutASignature() {
        assertRefused(WITH_SHA1, Requests.request(BODY, Map.of("x-pagure-topic", "git.receive")));
    }

    @Test
    void refusesTheRightSignatureOfTheSameJsonWrittenAnotherWay() {
        assertRefused(ONE_SECRET, Requests.request(BODY.replace(": ", ":"), Map.of("x-pagure-signature-256", SHA256)));
    }

    @Test
    void isOffWithoutAnySecret() {
        assertThatThrownBy(() ->
                        webhook(Map.of()).verify(Requests.request(BODY, Map.of("x-pagure-signature-256", SHA256))))
                .isInstanceOf(SourceOffException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "git.receive, repo, src.fedoraproject.org/rpms/hello, true",
        "git.receive, repo, src.fedoraproject.org/rpms, true",
        "git.receive, repo, src.fedoraproject.org/rpm, false",
        "git.receive, repo, pagure.io/rpms, false",
        "git.receive, project, src.fedoraproject.org/rpms, false",
        "issue.comment.added, project, src.fedoraproject.org/rpms, true",
        "issue.comment.added, repo, src.fedoraproject.org/rpms, false",
        "pull-request.new, repo, src.fedoraproject.org/rpms, false",
        "pull-request.git.receive, repo, src.fedoraproject.org/rpms, true",
        "project.edit, else, src.fedoraproject.org/rpms, true"
    })
    void acceptsTheSecretOfAProjectOnlyForWhatItCovers(String topic, String place, String scope, boolean covers) {
        String body = "{\"msg\":{\"" + place + "\":{\"full_url\":\"https://src.fedoraproject.org/rpms/hello\"}},"
                + "\"topic\":\"" + topic + "\"}";
        Map<String, String> settings = Map.of("pagure.project-secrets.[" + scope + "]", "its-secret");
        WebhookRequest request =
                Requests.request(body, Map.of("x-pagure-signature-256", Requests.sha256("its-secret", body)));
        if (covers) {
            assertAccepted(settings, request);
        } else {
            assertRefused(settings, request);
        }
    }

    @Test
    void findsTheProjectOfAPullRequest() {
        String body = "{\"msg\":{\"pullrequest\":{\"project\":{\"full_url\":\"https://pagure.io/hello\"}}},"
                + "\"topic\":\"io.pagure.prod.pagure.pull-request.new\"}";
        assertAccepted(
                Map.of("pagure.sha1", "true", "pagure.project-secrets.[pagure.io/hello]", "its-secret"),
                Requests.request(body, Map.of("x-pagure-signature", Requests.hex("HmacSHA1", "its-secret", body))));
    }

    @Test
    void believesTheBodyAndNotTheHeaders() {
        String body = "{\"msg\":{},\"msg_id\":\"2025-the-id\",\"topic\":\"git.receive\"}";
        Map<String, String> headers = Map.of("x-pagure-topic", "pull-request.new", "x-pagure-project", "other");

        Delivery delivery = Objects.requireNonNull(
                webhook(ONE_SECRET).receive(Requests.request(body, headers)).delivery());

        assertThat(delivery.eventName()).isEqualTo("git.receive");
        assertThat(delivery.key()).isEqualTo("2025-the-id");
        assertThat(delivery.headers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"git.receive", "io.pagure.prod.pagure.git.receive", "anything.git.receive"})
    void namesTheEventWithoutWhatABusPutsBeforeIt(String topic) {
        String body = "{\"msg\":{},\"msg_id\":\"1\",\"topic\":\"" + topic + "\"}";

        Delivery delivery = Objects.requireNonNull(
                webhook(ONE_SECRET).receive(Requests.request(body, Map.of())).delivery());

        assertThat(delivery.eventName()).isEqualTo("git.receive");
    }

    @Test
    void isACopyOfTheSameMessageOnTheBus() {
        String body = "{\"msg\":{},\"msg_id\":\"2025-the-id\",\"topic\":\"git.receive\"}";
        Delivery delivery = Objects.requireNonNull(
                webhook(ONE_SECRET).receive(Requests.request(body, Map.of())).delivery());
        assertThat(delivery.dedupKey()).isEqualTo("bus:2025-the-id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"topic", "issue.new", "project.edit", "xgit.receive", "git.receive.more"})
    void ignoresOtherTopicsWithAReason(String topic) {
        Receipt receipt =
                webhook(ONE_SECRET).receive(Requests.request("{\"msg\":{},\"topic\":\"" + topic + "\"}", Map.of()));
        assertThat(receipt.status()).isEqualTo(Receipt.Status.IGNORED);
        assertThat(receipt.reason()).isEqualTo("event-not-wanted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"msg\":{},\"msg_id\":\"1\"", "{\"msg\":{}}", "[]"})
    void acceptsWhatCannotBeReadSoThatItIsParked(String body) {
        Receipt receipt = webhook(ONE_SECRET).receive(Requests.request(body, Map.of()));
        assertThat(Objects.requireNonNull(receipt.delivery()).eventName()).isEmpty();
    }

    private static void assertAccepted(Map<String, String> settings, WebhookRequest request) {
        assertThatCode(() -> webhook(settings).verify(request)).doesNotThrowAnyException();
    }

    private static void assertRefused(Map<String, String> settings, WebhookRequest request) {
        assertThatThrownBy(() -> webhook(settings).verify(request)).isInstanceOf(UnauthenticatedException.class);
    }

    private static PagureWebhook webhook(Map<String, String> settings) {
        return new PagureWebhook(Requests.settings(settings), Clock.systemUTC());
    }
}
