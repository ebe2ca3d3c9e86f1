package dev.forgeway.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitLabWebhookTest {

    private static final Instant NOW = Instant.parse("2025-03-01T12:00:00Z");
    private static final String KEY = "testtesttesttesttesttesttesttest";
    private static final String SIGNING_SECRET = "whsec_" + Base64.getEncoder().encodeToString(Requests.bytes(KEY));
    private static final String JWT_SECRET = "gitlab-token-secret";
    private static final String BODY = body("fedora/tools/hello");
    private static final Map<String, String> PUSH = Map.of("x-gitlab-event", "Push Hook");

    // ---- tokens

    @ParameterizedTest
    @ValueSource(strings = {"first-token", "second-token"})
    void acceptsEveryConfiguredToken(String token) {
        assertAccepted(Map.of("gitlab.secrets", "first-token,second-token"), withToken(token));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "first-toke", "first-tokenn", "First-Token", "first-token,second-token", "null"})
    void refusesEveryOtherToken(String token) {
        assertRefused(Map.of("gitlab.secrets", "first-token,second-token"), withToken(token));
    }

    @Test
    void refusesARequestWithoutAToken() {
        assertRefused(Map.of("gitlab.secrets", "first-token"), Requests.request(BODY, PUSH));
    }

    @Test
    void isOffWithoutAnySecret() {
        assertThatThrownBy(() -> webhook(Map.of()).verify(withToken("any"))).isInstanceOf(SourceOffException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "gitlab.com/fedora/tools/hello, true",
        "gitlab.com/fedora/tools, true",
        "gitlab.com/fedora, true",
        "gitlab.com/fedora/tools/hell, false",
        "gitlab.com/fedora/too, false",
        "gitlab.com/fedora/tools/hello/more, false",
        "gitlab.example.org/fedora, false",
    })
    void acceptsTheTokenOfAProjectOnlyForWhatItCovers(String scope, boolean covers) {
        Map<String, String> settings = Map.of("gitlab.project-secrets.[" + scope + "]", "its-token");
        if (covers) {
            assertAccepted(settings, withToken("its-token"));
        } else {
            assertRefused(settings, withToken("its-token"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"object_kind\":\"push\"}",
                "{\"project\":null}",
                "{\"project\":{\"git_http_url\":7}}",
                "{\"project\":{\"git_http_url\":\"https://gitlab.com/ours/x.git\"},\"project\":{}}",
                "{\"project\":{\"git_http_url\":\"https://gitlab.com/ours/x.git\","
                        + "\"git_http_url\":\"https://gitlab.com/theirs/x.git\"}}",
                "{\"project\":{\"git_http_url\":\"https://gitlab.com/ours/x.git\"}} {}",
                "{\"project\":{\"git_http_url\":\"https://gitlab.com/ours/x.git\"}",
                "{\"project.git_http_url\":\"https://gitlab.com/ours/x.git\","
                        + "\"project\":{\"git_http_url\":\"https://gitlab.com/theirs/x.git\"}}",
                "[]"
            })
    void refusesTheTokenOfAProjectForABodyThatDoesNotNameItPlainly(String body) {
        assertRefused(
                Map.of("gitlab.project-secrets.[gitlab.com/ours]", "its-token"),
                Requests.request(body, Requests.with(PUSH, "x-gitlab-token", "its-token")));
    }

    @Test
    void answersAGroupsEventWithoutAProjectPolitelyForAnyOfItsTokens() {
        Map<String, String> headers = Map.of("x-gitlab-event", "Member Hook", "x-gitlab-token", "its-token");
        GitLabWebhook webhook = webhook(Map.of("gitlab.project-secrets.[gitlab.com/fedora]", "its-token"));
        WebhookRequest request = Requests.request("{\"event_name\":\"user_add_to_group\"}", headers);

        assertThat(webhook.receive(webhook.verify(request)).status()).isEqualTo(Receipt.Status.IGNORED);
    }

    // ---- packit's tokens

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{\"namespace\":\"fedora/tools\",\"repo_name\":\"hello\"}, true",
                "{\"namespace\":\"fedora/tools\"}, true",
                "{\"namespace\":\"fedora\"}, true",
                "{\"namespace\":\"fedora/tools\",\"repo_name\":\"other\"}, false",
                "{\"namespace\":\"fedora\",\"repo_name\":\"hello\"}, false",
                "{\"namespace\":\"fed\"}, false",
                "{\"namespace\":\"\"}, false",
                "{\"repo_name\":\"hello\"}, false",
                "{\"namespace\":7}, false",
                "{\"namespace\":\"fedora/tools\",\"repo_name\":7}, false",
                "{\"namespace\":\"fedora/tools\",\"exp\":1740830401}, true",
                "{\"namespace\":\"fedora/tools\",\"exp\":1740830399}, false",
                "{\"namespace\":\"fedora/tools\",\"nbf\":1740830401}, false",
                "{}, false",
                "no claims at all, false"
            },
            delimiterString = ", ")
    void acceptsAWebTokenWhoseClaimsCoverTheProject(String claims, boolean covers) {
        WebhookRequest request = withToken(jwt("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", claims, JWT_SECRET));
        if (covers) {
            assertAccepted(Map.of("gitlab.jwt-secret", JWT_SECRET), request);
        } else {
            assertRefused(Map.of("gitlab.jwt-secret", JWT_SECRET), request);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "HS384", "HS512", "RS256", "hs256", ""})
    void refusesAWebTokenWithAnotherAlgorithm(String algorithm) {
        String claims = "{\"namespace\":\"fedora/tools\"}";
        String header = "{\"alg\":\"" + algorithm + "\"}";
        String signed = jwt(header, claims, JWT_SECRET);
        String unsigned = signed.substring(0, signed.lastIndexOf('.') + 1);

        assertRefused(Map.of("gitlab.jwt-secret", JWT_SECRET), withToken(signed));
        assertRefused(Map.of("gitlab.jwt-secret", JWT_SECRET), withToken(unsigned));
    }

    @ParameterizedTest
    @CsvSource({"HS256, HmacSHA256, true", "HS384, HmacSHA384, false", "HS512, HmacSHA512, false"})
    void refusesAWebTokenThatIsRightlySignedWithAnotherAlgorithm(String algorithm, String mac, boolean right) {
        String secret = "long".repeat(20);
        Map<String, String> settings = Map.of("gitlab.jwt-secret", secret);
        String token = jwt("{\"alg\":\"" + algorithm + "\"}", "{\"namespace\":\"fedora\"}", secret, mac);
        if (right) {
            assertAccepted(settings, withToken(token));
        } else {
            assertRefused(settings, withToken(token));
        }
    }

    @Test
    void refusesAWebTokenOfAnotherSecret() {
        String token = jwt("{\"alg\":\"HS256\"}", "{\"namespace\":\"fedora\"}", "another-secret");
        assertRefused(Map.of("gitlab.jwt-secret", JWT_SECRET), withToken(token));
    }

    @Test
    void refusesAWebTokenWhereTheyAreNotSwitchedOn() {
        String token = jwt("{\"alg\":\"HS256\"}", "{\"namespace\":\"fedora\"}", JWT_SECRET);
        assertRefused(Map.of("gitlab.secrets", JWT_SECRET), withToken(token));
    }

    @Test
    void acceptsAWebTokenOfALongSecret() {
        String secret = "long".repeat(40);
        String token = jwt("{\"alg\":\"HS256\"}", "{\"namespace\":\"fedora\"}", secret);
        assertAccepted(Map.of("gitlab.jwt-secret", secret), withToken(token));
    }

    // ---- signatures

    @Test
    void acceptsASignature() {
        assertAccepted(Map.of("gitlab.signing-secrets", SIGNING_SECRET), Requests.request(BODY, signed(NOW)));
    }

    @Test
    void refusesAWrongSignatureThoughTheTokenIsRight() {
        Map<String, String> settings =
                Map.of("gitlab.secrets", "first-token", "gitlab.signing-secrets", SIGNING_SECRET);
        Map<String, String> headers = Requests.with(signed(NOW), "x-gitlab-token", "first-token");
        assertRefused(settings, Requests.request(BODY + " ", headers));
    }

    @Test
    void refusesATokenAloneWhereSignaturesAreExpected() {
        Map<String, String> settings =
                Map.of("gitlab.secrets", "first-token", "gitlab.signing-secrets", SIGNING_SECRET);
        assertRefused(settings, withToken("first-token"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1,", "v1,AAAA"})
    void refusesATokenBesideASignatureThatCannotBeChecked(String signature) {
        Map<String, String> headers = Requests.with(PUSH, "x-gitlab-token", "first-token");
        WebhookRequest request = Requests.request(BODY, Requests.with(headers, "webhook-signature", signature));
        assertRefused(Map.of("gitlab.secrets", "first-token"), request);
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301})
    void refusesASignatureOfAnotherTime(long seconds) {
        assertRefused(
                Map.of("gitlab.signing-secrets", SIGNING_SECRET),
                Requests.request(BODY, signed(NOW.plusSeconds(seconds))));
    }

    // ---- what becomes of it

    @ParameterizedTest
    @CsvSource({
        "merge_request, Merge Request Hook",
        "note, Note Hook",
        "push, Push Hook",
        "tag_push, Tag Push Hook",
        "release, Release Hook",
        "pipeline, Pipeline Hook"
    })
    void derivesAMissingEventFromTheBody(String kind, String event) {
        Receipt receipt = receive("{\"object_kind\":\"" + kind + "\"}", Map.of());
        assertThat(delivery(receipt).eventName()).isEqualTo(event);
    }

    @ParameterizedTest
    @CsvSource({
        "System Hook, system-hook",
        "Issue Hook, event-not-wanted",
        "Work Item Hook, event-not-wanted",
        "Job Hook, event-not-wanted",
        "Emoji Hook, event-not-wanted",
        "Confidential Note Hook, confidential",
        "Confidential Issue Hook, confidential"
    })
    void ignoresOtherEventsWithAReason(String event, String reason) {
        Receipt receipt = receive("{\"object_kind\":\"push\"}", Map.of("x-gitlab-event", event));
        assertThat(receipt.status()).isEqualTo(Receipt.Status.IGNORED);
        assertThat(receipt.reason()).isEqualTo(reason);
        assertThat(receipt.delivery()).isNull();
    }

    @Test
    void keepsNothingOfAConfidentialNote() {
        String body = "{\"object_kind\":\"note\",\"event_type\":\"confidential_note\"}";
        Receipt receipt = receive(body, Map.of("x-gitlab-event", "Note Hook"));
        assertThat(receipt.reason()).isEqualTo("confidential");
        assertThat(receipt.delivery()).isNull();
    }

    @Test
    void acceptsABodyThatIsNoJson() {
        assertThat(receive("{", PUSH).status()).isEqualTo(Receipt.Status.ACCEPTED);
    }

    @Test
    void takesTheKeyThatStaysTheSameAcrossRetriesForEachHookByItself() {
        Map<String, String> headers = new HashMap<>(PUSH);
        headers.put("idempotency-key", "idem");
        assertThat(delivery(receive(BODY, headers)).key()).isEqualTo("idem");
        headers.put("x-gitlab-webhook-uuid", "hook");
        headers.put("x-gitlab-event-uuid", "event");
        assertThat(delivery(receive(BODY, headers)).key()).isEqualTo("idem:hook");
    }

    @Test
    void takesTheEventAndTheBodyForTheKeyOfAnOlderGitLab() {
        Map<String, String> headers = Requests.with(PUSH, "x-gitlab-event-uuid", "event");
        assertThat(delivery(receive(BODY, headers)).key())
                .isEqualTo("event:sha256:" + Sha256.hex(Requests.bytes(BODY)));
        assertThat(delivery(receive(BODY, PUSH)).key()).isEqualTo("sha256:" + Sha256.hex(Requests.bytes(BODY)));
    }

    @Test
    void takesTheSignedIdForTheKeyWhateverElseIsSaid() {
        Map<String, String> headers = Requests.with(signed(NOW), "idempotency-key", "unsigned");
        assertThat(delivery(receive(BODY, headers)).key()).isEqualTo("the-id");
    }

    private static Delivery delivery(Receipt receipt) {
        return Objects.requireNonNull(receipt.delivery());
    }

    private static Receipt receive(String body, Map<String, String> headers) {
        return webhook(Map.of("gitlab.secrets", "first-token")).receive(Requests.request(body, headers));
    }

    private static void assertAccepted(Map<String, String> settings, WebhookRequest request) {
        assertThatCode(() -> webhook(settings).verify(request)).doesNotThrowAnyException();
    }

    private static void assertRefused(Map<String, String> settings, WebhookRequest request) {
        assertThatThrownBy(() -> webhook(settings).verify(request)).isInstanceOf(UnauthenticatedException.class);
    }

    private static GitLabWebhook webhook(Map<String, String> settings) {
        return new GitLabWebhook(Requests.settings(settings), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static WebhookRequest withToken(String token) {
        return Requests.request(BODY, Requests.with(PUSH, "x-gitlab-token", token));
    }

    private static Map<String, String> signed(Instant at) {
        String time = Long.toString(at.getEpochSecond());
        byte[] mac = Requests.mac("HmacSHA256", Requests.bytes(KEY), "the-id." + time + "." + BODY);
        return Map.of(
                "x-gitlab-event",
                "Push Hook",
                "webhook-id",
                "the-id",
                "webhook-timestamp",
                time,
                "webhook-signature",
                "v1," + Base64.getEncoder().encodeToString(mac));
    }

    private static String jwt(String header, String claims, String secret) {
        return jwt(header, claims, secret, "HmacSHA256");
    }

    private static String jwt(String header, String claims, String secret, String mac) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String signed =
                base64.encodeToString(Requests.bytes(header)) + "." + base64.encodeToString(Requests.bytes(claims));
        return signed + "." + base64.encodeToString(Requests.mac(mac, Requests.bytes(secret), signed));
    }

    private static String body(String path) {
        return "{\"object_kind\":\"push\",\"project\":{\"id\":1,\"git_http_url\":\"https://gitlab.com/" + path
                + ".git\",\"path_with_namespace\":\"" + path + "\"}}";
    }
}
