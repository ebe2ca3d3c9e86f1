package dev.forgeway.ingest;

import static dev.forgeway.ingest.Senders.at;
import static dev.forgeway.ingest.Senders.delivery;
import static dev.forgeway.ingest.Senders.hex;
import static dev.forgeway.ingest.Senders.request;
import static dev.forgeway.ingest.Senders.settings;
import static dev.forgeway.ingest.Senders.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubSenderTest {

    private static final Clock CLOCK = at("2025-03-01T12:00:00Z");
    private static final String SECRET = "It's a Secret to Everybody";
    private static final String BODY = "{\"action\":\"opened\", \"number\": 1}";
    private static final String SIGNATURE = "sha256=" + hex(SECRET, BODY);

    private final GitHubWebhook hook = webhook("ingest.github.secrets[0]", "older", "ingest.github.secrets[1]", SECRET);

    private static GitHubWebhook webhook(String... keysAndValues) {
        return new GitHubWebhook(settings(keysAndValues), CLOCK);
    }

    private static String about(String project) {
        return ("{\"action\":\"opened\",\"number\":7,\"pull_request\":{\"head\":{\"sha\":\"c0ffee\"}},"
                        + "\"repository\":{\"full_name\":\"%s\",\"html_url\":\"https://github.com/%s\"}}")
                .formatted(project, project);
    }

    private static WebhookRequest signed(String secret, String event, String body) {
        return request(
                body,
                "x-github-event",
                event,
                "x-github-delivery",
                "guid",
                "x-hub-signature-256",
                "sha256=" + hex(secret, body));
    }

    @Test
    void knowsTheSignatureOfGitHubsDocumentation() {
        String documented = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

        assertThatCode(() -> hook.verify(request("Hello, World!", "x-hub-signature-256", documented)))
                .doesNotThrowAnyException();
    }

    @Test
    void takesEverySecretWhileOneIsBeingReplaced() {
        assertThatCode(() -> hook.verify(signed("older", "push", BODY))).doesNotThrowAnyException();
        assertThatCode(() -> hook.verify(signed(SECRET, "push", BODY))).doesNotThrowAnyException();
        assertThatThrownBy(() -> hook.verify(signed("gone", "push", BODY)))
                .isInstanceOf(UnauthenticatedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "sha256=", "sha256", "UPPER", "SHORT", "LONG", "BARE", "SHA1", "SPACE"})
    void refusesASignatureThatIsNotWrittenAsItShould(String kind) {
        String given = switch (kind) {
            case "UPPER" -> "sha256=" + hex(SECRET, BODY).toUpperCase(Locale.ROOT);
            case "SHORT" -> SIGNATURE.substring(0, SIGNATURE.length() - 2);
            case "LONG" -> SIGNATURE + "00";
            case "BARE" -> hex(SECRET, BODY);
            case "SHA1" -> "sha1=" + hex(SECRET, BODY).substring(0, 40);
            case "SPACE" -> SIGNATURE + " ";
            default -> kind;
        };

        assertThatThrownBy(() -> hook.verify(request(BODY, "x-hub-signature-256", given)))
                .isInstanceOf(UnauthenticatedException.class);
    }

    @Test
    void refusesARequestWithoutASignatureOrWithTheLegacyOneOnly() {
        assertThatThrownBy(() -> hook.verify(request(BODY))).isInstanceOf(UnauthenticatedException.class);
        assertThatThrownBy(() -> hook.verify(request(BODY, "x-hub-signature", SIGNATURE)))
                .isInstanceOf(UnauthenticatedException.class);
    }

    @Test
    void refusesTheSignatureOfTheSameJsonWrittenAnotherWay() {
        String rewritten = "{\"action\":\"opened\",\"number\":1}";

        assertThatThrownBy(() -> hook.verify(request(rewritten, "x-hub-signature-256", SIGNATURE)))
                .isInstanceOf(UnauthenticatedException.class);
    }

    @Test
    void neverTakesForgejoForGitHub() {
        WebhookRequest request = request(BODY, "x-hub-signature-256", SIGNATURE, "x-gitea-event", "pull_request");

        assertThatThrownBy(() -> hook.verify(request)).isInstanceOf(UnauthenticatedException.class);
    }

    @Test
    void isOffWithoutAnySecret() {
        assertThatThrownBy(() -> webhook().verify(signed(SECRET, "push", BODY))).isInstanceOf(SourceOffException.class);
    }

    @Test
    void verifiesTheRawFormAndKeepsTheJsonInIt() {
        String form = "payload=" + URLEncoder.encode(BODY, StandardCharsets.UTF_8);
        WebhookRequest request = request(
                form,
                "content-type",
                "application/x-www-form-urlencoded",
                "x-github-event",
                "pull_request",
                "x-hub-signature-256",
                "sha256=" + hex(SECRET, form));

        assertThat(text(delivery(hook.receive(hook.verify(request))).body())).isEqualTo(BODY);
    }

    @ParameterizedTest
    @CsvSource({
        "one, sandstone/hello, true",
        "one, Sandstone/hello, false",
        "one, sandstone/hello-world, false",
        "one, granite/hello, false",
        "two, granite/hello, true",
        "two, granite/world, true",
        "two, granites/hello, false"
    })
    void takesTheSecretOfAProjectForThatProjectOnly(String secret, String project, boolean taken) {
        GitHubWebhook scoped = webhook(
                "ingest.github.project-secrets.[github.com/sandstone/hello][0]", "one",
                "ingest.github.project-secrets.[github.com/granite][0]", "two");
        WebhookRequest request = signed(secret, "pull_request", about(project));

        if (taken) {
            assertThatCode(() -> scoped.verify(request)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> scoped.verify(request)).isInstanceOf(UnauthenticatedException.class);
        }
    }

    @Test
    void refusesTheSecretOfAProjectForWhatIsAboutNoProject() {
        GitHubWebhook scoped = webhook("ingest.github.project-secrets.[github.com/sandstone][0]", "one");
        String body = "{\"action\":\"created\",\"installation\":{\"id\":1}}";

        assertThatThrownBy(() -> scoped.verify(signed("one", "installation", body)))
                .isInstanceOf(UnauthenticatedException.class);
    }

    @Test
    void answersAPingOfAProjectsHook() {
        GitHubWebhook scoped = webhook("ingest.github.project-secrets.[github.com/sandstone][0]", "one");
        WebhookRequest ping = signed("one", "ping", about("sandstone/hello"));

        assertThat(scoped.receive(scoped.verify(ping)).status()).isEqualTo(Receipt.Status.PONG);
    }

    @ParameterizedTest
    @CsvSource({
        "pull_request, labeled, true",
        "pull_request, assigned, false",
        "issue_comment, edited, true",
        "issue_comment, deleted, false",
        "commit_comment, created, true",
        "release, published, true",
        "release, edited, false",
        "installation, suspend, true",
        "installation_repositories, removed, true",
        "status, created, false",
        "check_run, completed, false",
        "star, created, false"
    })
    void keepsWhatSomebodyWantsOnly(String event, String action, boolean kept) {
        Receipt receipt = hook.receive(signed(SECRET, event, "{\"action\":\"" + action + "\"}"));

        assertThat(receipt.accepted()).as(receipt.toString()).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({"check_run, 42, true", "check_suite, 42, true", "check_run, 43, false", "check_suite, 43, false"})
    void keepsRequestsForItsOwnChecksOnly(String event, long app, boolean kept) {
        GitHubWebhook ours = webhook("ingest.github.secrets", SECRET, "forge.github.app-id", "42");
        String body = "{\"action\":\"rerequested\",\"%s\":{\"id\":1,\"app\":{\"id\":%d}}}".formatted(event, app);

        assertThat(ours.receive(signed(SECRET, event, body)).accepted()).isEqualTo(kept);
        assertThat(hook.receive(signed(SECRET, event, body)).accepted()).isFalse();
    }

    @Test
    void givesADeliveryOfAPolledRepositoryAFingerprintThatPollingKnowsToo() {
        GitHubWebhook polled =
                webhook("ingest.github.secrets", SECRET, "ingest.github-polling.repositories", "Sandstone/Hello");

        Delivery known = delivery(polled.receive(signed(SECRET, "pull_request", about("sandstone/hello"))));
        Delivery other = delivery(polled.receive(signed(SECRET, "pull_request", about("sandstone/world"))));

        assertThat(known.key()).isEqualTo("guid");
        assertThat(known.dedupKey()).isEqualTo("github:guid");
        assertThat(known.fingerprint()).isEqualTo("pull_request/github.com/sandstone/hello/7/c0ffee");
        assertThat(other.fingerprint()).isNull();
        assertThat(other.dedupKey()).isEqualTo("github:guid");
    }
}
