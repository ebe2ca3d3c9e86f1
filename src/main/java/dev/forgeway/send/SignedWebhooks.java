package dev.forgeway.send;

import dev.forgeway.config.IngestSettings;
import dev.forgeway.config.Secret;
import dev.forgeway.event.Project;
import dev.forgeway.ingest.ForgeSecrets;
import dev.forgeway.ingest.GitLabToken;
import dev.forgeway.ingest.HmacSignature;
import dev.forgeway.ingest.PayloadProject;
import dev.forgeway.ingest.StandardWebhookSignature;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deliveries as requests, signed as each sender signs; the secrets are those that Forgeway checks with. */
final class SignedWebhooks {

    private static final String JSON = "application/json";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final IngestSettings settings;
    private final Clock clock;

    SignedWebhooks(IngestSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    HttpRequest request(URI to, Outgoing delivery, @Nullable GitLabProof proof) {
        HttpRequest.Builder request = HttpRequest.newBuilder(to).timeout(PATIENCE);
        Outgoing sent = switch (delivery.source()) {
            case GITHUB -> gitHub(request, delivery);
            case GITLAB -> gitLab(request, delivery, proof == null ? configuredProof() : proof);
            case FORGEJO -> forgejo(request, delivery, "Forgejo");
            case GITEA -> forgejo(request, delivery, "Gitea");
            case PAGURE -> pagure(request, delivery);
            case TESTING_FARM -> testingFarm(request, delivery);
            case STANDARD ->
                standard(
                        request,
                        delivery,
                        first(
                                "forgeway.ingest.standard-webhooks.signing-secrets",
                                settings.standardWebhooks().signingSecrets()));
            case CLOUDEVENTS -> cloudEvent(request, delivery);
            case FEDORA_MESSAGING, AMQP, MQTT -> throw new IllegalArgumentException("a bus has no webhooks");
        };
        return request.POST(BodyPublishers.ofByteArray(sent.body())).build();
    }

    private Outgoing gitHub(HttpRequest.Builder request, Outgoing delivery) {
        String secret =
                secret(delivery, settings.github().secrets(), settings.github().projectSecrets());
        request.header("Content-Type", JSON)
                .header("User-Agent", "GitHub-Hookshot/forgeway")
                .header("X-GitHub-Event", delivery.event())
                .header("X-GitHub-Delivery", delivery.id())
                .header("X-Hub-Signature-256", hmac("sha256=", secret, delivery));
        return delivery;
    }

    private GitLabProof configuredProof() {
        IngestSettings.GitLab gitlab = settings.gitlab();
        if (!gitlab.signingSecrets().isEmpty()) {
            return GitLabProof.SIGNING;
        }
        boolean token = !gitlab.secrets().isEmpty() || !gitlab.projectSecrets().isEmpty();
        return token || gitlab.jwtSecret() == null ? GitLabProof.TOKEN : GitLabProof.JWT;
    }

    private Outgoing gitLab(HttpRequest.Builder request, Outgoing delivery, GitLabProof proof) {
        IngestSettings.GitLab gitlab = settings.gitlab();
        request.header("X-Gitlab-Event", delivery.event()).header("Idempotency-Key", delivery.id());
        if (proof == GitLabProof.SIGNING) {
            return standard(
                    request, delivery, first("forgeway.ingest.gitlab.signing-secrets", gitlab.signingSecrets()));
        }
        String token = proof == GitLabProof.TOKEN
                ? secret(delivery, gitlab.secrets(), gitlab.projectSecrets())
                : webToken(delivery, gitlab.jwtSecret());
        request.header("Content-Type", JSON).header("X-Gitlab-Token", token);
        return delivery;
    }

    private String webToken(Outgoing delivery, @Nullable Secret secret) {
        if (secret == null) {
            throw SendException.missing("forgeway.ingest.gitlab.jwt-secret");
        }
        Project project = PayloadProject.of("gitlab", delivery.body());
        if (project == null) {
            throw SendException.unusable("the body names no project that the token could cover");
        }
        return new GitLabToken(secret.value(), clock).issue(project.namespace(), project.name());
    }

    private Outgoing forgejo(HttpRequest.Builder request, Outgoing delivery, String family) {
        String secret = secret(
                delivery, settings.forgejo().secrets(), settings.forgejo().projectSecrets());
        request.header("Content-Type", JSON)
                .header("X-" + family + "-Event", delivery.event())
                .header("X-" + family + "-Delivery", delivery.id())
                .header("X-" + family + "-Signature", hmac("", secret, delivery));
        return delivery;
    }

    private Outgoing pagure(HttpRequest.Builder request, Outgoing delivery) {
        String secret =
                secret(delivery, settings.pagure().secrets(), settings.pagure().projectSecrets());
        request.header("Content-Type", JSON)
                .header("X-Pagure-Topic", delivery.event())
                .header("X-Pagure-Signature-256", hmac("", secret, delivery));
        return delivery;
    }

    private Outgoing testingFarm(HttpRequest.Builder request, Outgoing delivery) {
        request.header("Content-Type", JSON);
        return delivery.with(
                "token",
                first(
                        "forgeway.ingest.testing-farm.secrets",
                        settings.testingFarm().secrets()));
    }

    private Outgoing standard(HttpRequest.Builder request, Outgoing delivery, String key) {
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        request.header("Content-Type", JSON)
                .header("webhook-id", delivery.id())
                .header("webhook-timestamp", timestamp)
                .header(
                        "webhook-signature",
                        new StandardWebhookSignature(List.of(key), clock)
                                .sign(delivery.body(), delivery.id(), timestamp));
        return delivery;
    }

    /** Structured where the body is an event itself, binary otherwise. */
    private Outgoing cloudEvent(HttpRequest.Builder request, Outgoing delivery) {
        String token = first(
                "forgeway.ingest.cloudevents.tokens", settings.cloudevents().tokens());
        request.header("Authorization", "Bearer " + token);
        if (!delivery.text("specversion").isEmpty()) {
            request.header("Content-Type", "application/cloudevents+json");
            return delivery;
        }
        request.header("Content-Type", JSON)
                .header("ce-specversion", "1.0")
                .header("ce-id", delivery.id())
                .header("ce-source", "/forgeway/send")
                .header("ce-type", delivery.event());
        return delivery;
    }

    private static String hmac(String prefix, String secret, Outgoing delivery) {
        return new HmacSignature("HmacSHA256", prefix, List.of(secret)).sign(delivery.body());
    }

    private static String first(String key, List<Secret> secrets) {
        return secrets.stream().findFirst().map(Secret::value).orElseThrow(() -> SendException.missing(key));
    }

    /** A secret for all projects, or that of the project which the body is about. */
    private static String secret(Outgoing delivery, List<Secret> general, Map<String, List<Secret>> scoped) {
        String forge = delivery.source() == Source.GITEA
                ? "forgejo"
                : delivery.source().toString();
        return new ForgeSecrets(general, scoped)
                .toSign(PayloadProject.of(forge, delivery.body()))
                .orElseThrow(() -> SendException.missing("forgeway.ingest." + forge + ".secrets"));
    }
}
