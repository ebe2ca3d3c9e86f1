package dev.forgeway.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForgejoWebhookTest {

    private static final String SECRET = "It's a Secret to Everybody";
    private static final String BODY = "Hello, World!";
    private static final String SIGNATURE = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    private static final Map<String, String> ONE_SECRET = Map.of("forgejo.secrets", SECRET);

    @ParameterizedTest
    @ValueSource(strings = {"forgejo", "gitea", "gogs"})
    void acceptsTheSignatureOfEachFamily(String family) {
        assertAccepted(ONE_SECRET, Requests.request(BODY, Map.of("x-" + family + "-signature", SIGNATURE)));
    }

    @Test
    void acceptsEverySecretWhileOneIsBeingReplaced() {
        assertAccepted(
                Map.of("forgejo.secrets", "new," + SECRET),
                Requests.request(BODY, Map.of("x-forgejo-signature", SIGNATURE)));
    }

    @Test
    void believesForgejosOwnSignatureBeforeTheOthers() {
        Map<String, String> headers = Map.of(
                "x-forgejo-signature", "0".repeat(64), "x-gitea-signature", SIGNATURE, "x-gogs-signature", SIGNATURE);
        assertRefused(ONE_SECRET, Requests.request(BODY, headers));
        assertRefused(
                ONE_SECRET,
                Requests.request(BODY, Map.of("x-gitea-signature", "0".repeat(64), "x-gogs-signature", SIGNATURE)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "sha256=",
                "sha256=" + SIGNATURE,
                "757107EA0EB2509FC211221CCE984B8A37570B6D7586C22C46F4379C8B043E17",
                "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1",
                SIGNATURE + "0",
                "01dc10d0c83e72ed246219cdd91669667fe2ca59"
            })
    void refusesWhatIsNoRightSignature(String signature) {
        Map<String, String> headers = Map.of(
                "x-forgejo-signature", signature,
                "x-gitea-signature", SIGNATURE,
                "x-hub-signature-256", "sha256=" + SIGNATURE);
        assertRefused(ONE_SECRET, Requests.request(BODY, headers));
    }

    @Test
    void refusesTheRightSignatureOfTheSameJsonWrittenAnotherWay() {
        String signature = Requests.sha256(SECRET, "{\"ref\":\"refs/heads/main\"}");
        assertRefused(
                ONE_SECRET,
                Requests.request("{\"ref\": \"refs/heads/main\"}", Map.of("x-forgejo-signature", signature)));
    }

    @Test
    void isNotGitHub() {
        Map<String, String> headers = Map.of(
                "x-hub-signature-256", "sha256=" + SIGNATURE, "x-github-event", "push", "x-github-delivery", "1");
        assertRefused(ONE_SECRET, Requests.request(BODY, headers));
    }

    @Test
    void gitHubsRouteRefusesForgejoThoughItsHeadersFit() {
        GitHubWebhook github =
                new GitHubWebhook(Requests.settings(Map.of("github.secrets", SECRET)), Clock.systemUTC());
        Map<String, String> headers = Map.of("x-hub-signature-256", "sha256=" + SIGNATURE, "x-github-event", "push");

        assertThatCode(() -> github.verify(Requests.request(BODY, headers))).doesNotThrowAnyException();
        assertThatThrownBy(() -> github.verify(Requests.request(BODY, Requests.with(headers, "x-gitea-event", "push"))))
                .isInstanceOf(UnauthenticatedException.class);
    }

    @Test
    void isOffWithoutAnySecret() {
        assertThatThrownBy(() ->
                        webhook(Map.of()).verify(Requests.request(BODY, Map.of("x-forgejo-signature", SIGNATURE))))
                .isInstanceOf(SourceOffException.class);
    }

    @Test
    void checksTheJsonOfAForm() {
        Map<String, String> headers = Map.of(
                "content-type", "application/x-www-form-urlencoded; charset=utf-8",
                "x-forgejo-event", "push",
                "x-forgejo-delivery", "uuid",
                "x-forgejo-signature", "d8f89f0618acd61fe621aa4e64078c0e2bca15d0b578b7f3eb734f55883c5320");
        ForgejoWebhook webhook = webhook(Map.of("forgejo.secrets", "secret"));

        Receipt receipt = webhook.receive(
                webhook.verify(Requests.request("payload=%7B%22ref%22%3A%22refs%2Fheads%2Fmain%22%7D", headers)));

        assertThat(new String(delivery(receipt).body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"ref\":\"refs/heads/main\"}");
    }

    @Test
    void refusesASignatureOverTheFormItself() {
        Map<String, String> headers = Map.of(
                "content-type", "application/x-www-form-urlencoded",
                "x-forgejo-signature", "a3ec1fe0bd564ad2a8006d8045549e9afd1b18ef3596f5657aafcd2d7db60c0d");
        assertRefused(
                Map.of("forgejo.secrets", "secret"),
                Requests.request("payload=%7B%22ref%22%3A%22refs%2Fheads%2Fmain%22%7D", headers));
    }

    @ParameterizedTest
    @CsvSource({
        "push, repository, codeberg.org/packit/hello, true",
        "push, repository, codeberg.org/packit, true",
        "push, repository, codeberg.org/pack, false",
        "push, repository, codeberg.org/packit/hell, false",
        "push, repository, git.example.org/packit, false",
        "push, else, codeberg.org/packit, false",
        "star, else, codeberg.org/packit, true"
    })
    void acceptsTheSecretOfAProjectOnlyForWhatItCovers(String event, String place, String scope, boolean covers) {
        String body = "{\"" + place
                + "\":{\"html_url\":\"https://codeberg.org/packit/hello\",\"full_name\":\"packit/hello\"}}";
        Map<String, String> headers =
                Map.of("x-forgejo-event", event, "x-forgejo-signature", Requests.sha256("its-secret", body));
        Map<String, String> settings = Map.of("forgejo.project-secrets.[" + scope + "]", "its-secret");
        if (covers) {
            assertAccepted(settings, Requests.request(body, headers));
        } else {
            assertRefused(settings, Requests.request(body, headers));
        }
    }

    @Test
    void looksForTheProjectOfARunWhereItsParserDoes() {
        String theirs = "{\"html_url\":\"https://codeberg.org/theirs/x\"}";
        String ours = "{\"html_url\":\"https://codeberg.org/ours/x\"}";
        String body = "{\"run\":{\"repository\":" + theirs + "},\"repository\":" + ours + "}";
        Map<String, String> headers = Map.of(
                "x-forgejo-event", "action_run_success", "x-forgejo-signature", Requests.sha256("its-secret", body));

        assertRefused(
                Map.of("forgejo.project-secrets.[codeberg.org/ours]", "its-secret"), Requests.request(body, headers));
        assertAccepted(
                Map.of("forgejo.project-secrets.[codeberg.org/theirs]", "its-secret"), Requests.request(body, headers));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pull_request",
                "issue_comment",
                "pull_request_comment",
                "push",
                "create",
                "delete",
                "release",
                "workflow_run",
                "action_run",
                "action_run_success",
                "action_run_failure",
                "action_run_recover"
            })
    void acceptsTheEventsOfTheVocabulary(String event) {
        Receipt receipt = receive(Map.of("x-gitea-event", event, "x-gitea-delivery", "uuid"));
        assertThat(delivery(receipt).eventName()).isEqualTo(event);
        assertThat(delivery(receipt).key()).isEqualTo("uuid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "issues",
                "fork",
                "repository",
                "wiki",
                "package",
                "pull_request_approved",
                "",
                "star",
                "action_run_7"
            })
    void ignoresAllOthersWithAReason(String event) {
        Receipt receipt = receive(Map.of("x-forgejo-event", event));
        assertThat(receipt.status()).isEqualTo(Receipt.Status.IGNORED);
        assertThat(receipt.reason()).isEqualTo("event-not-wanted");
    }

    @Test
    void takesTheNamesOfForgejoBeforeThoseOfTheOthers() {
        Map<String, String> headers = new HashMap<>();
        for (String family : new String[] {"GitHub", "Gogs", "Gitea", "Forgejo"}) {
            headers.put(
                    "x-" + family.toLowerCase(Locale.ROOT) + "-event", family.equals("Forgejo") ? "push" : "create");
            headers.put("x-" + family.toLowerCase(Locale.ROOT) + "-delivery", family);
        }
        Delivery delivery = delivery(receive(headers));
        assertThat(delivery.eventName()).isEqualTo("push");
        assertThat(delivery.key()).isEqualTo("Forgejo");
        assertThat(delivery.source()).isEqualTo("forgejo");
    }

    @Test
    void makesAKeyOfTheBodyWhereNoneIsGiven() {
        assertThat(delivery(receive(Map.of("x-forgejo-event", "push"))).key())
                .isEqualTo("sha256:" + Sha256.hex(Requests.bytes(BODY)));
    }

    @Test
    void readsAFormWhateverItsEncoding() {
        String json = "{\"a\":\"ä+& =\"}";
        String form = "payload=" + URLEncoder.encode(json, StandardCharsets.UTF_8) + "&other=1";
        Map<String, String> headers = Map.of(
                "content-type",
                "application/x-www-form-urlencoded",
                "x-forgejo-signature",
                Requests.sha256(SECRET, json));
        assertAccepted(ONE_SECRET, Requests.request(form, headers));
    }

    private static Receipt receive(Map<String, String> headers) {
        return webhook(ONE_SECRET).receive(Requests.request(BODY, headers));
    }

    private static Delivery delivery(Receipt receipt) {
        return Objects.requireNonNull(receipt.delivery());
    }

    private static void assertAccepted(Map<String, String> settings, WebhookRequest request) {
        assertThatCode(() -> webhook(settings).verify(request)).doesNotThrowAnyException();
    }

    private static void assertRefused(Map<String, String> settings, WebhookRequest request) {
        assertThatThrownBy(() -> webhook(settings).verify(request)).isInstanceOf(UnauthenticatedException.class);
    }

    private static ForgejoWebhook webhook(Map<String, String> settings) {
        return new ForgejoWebhook(Requests.settings(settings), Clock.systemUTC());
    }
}
