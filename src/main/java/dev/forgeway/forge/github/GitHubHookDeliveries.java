package dev.forgeway.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.event.Project;
import dev.forgeway.forge.Target;
import dev.forgeway.service.http.Credential;
import dev.forgeway.service.http.ServiceAnswer;
import dev.forgeway.service.http.ServiceCall;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * What GitHub sent to the webhook of the <a href="https://docs.github.com/en/rest/apps/webhooks">App</a>, and to those of
 * <a href="https://docs.github.com/en/rest/repos/webhooks">repositories</a>, and how it was answered.
 */
public final class GitHubHookDeliveries {

    /**
     * For so long GitHub keeps deliveries
     * (https://docs.github.com/en/webhooks/testing-and-troubleshooting-webhooks/viewing-webhook-deliveries).
     */
    public static final Duration KEPT = Duration.ofDays(3);

    /** The most that GitHub puts on a page. */
    private static final int PAGE = 100;

    private static final Pattern NEXT = Pattern.compile("[?&]cursor=([^&>]+)[^>]*>;\\s*rel=\"next\"");
    private static final String PERMISSION = "Webhooks: read";

    /**
     * A webhook.
     *
     * @param repository whose it is ({@code packit/hello}); null for the App's
     * @param id GitHub's number of a repository's webhook; 0 for the App's
     */
    public record Hook(@Nullable String repository, long id) {

        /** The webhook of the App. */
        public static final Hook OF_THE_APP = new Hook(null, 0);
    }

    /**
     * One attempt to deliver.
     *
     * @param id of the attempt
     * @param guid of the delivery, the same in all attempts (X-GitHub-Delivery)
     * @param action of the event; empty where it has none
     * @param statusCode of the answer; 0 where none came
     */
    public record Attempt(long id, String guid, Instant at, String event, String action, int statusCode) {}

    /**
     * Attempts, newest first.
     *
     * @param next where the older ones are; null when there are none
     */
    public record Page(List<Attempt> attempts, @Nullable String next) {}

    /**
     * The request of a delivery.
     *
     * @param headers by lower-case name
     * @param body the JSON, not byte by byte as it was sent
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Sent(Map<String, String> headers, byte[] body) {}

    private final GitHubApi api;
    private final ServiceHttp http;
    private final GitHubPace pace;
    private final URI apiUrl;
    private final @Nullable AppKey key;
    private final Clock clock;

    public GitHubHookDeliveries(GitHubSettings settings, ServiceHttp http, GitHubPace pace, Clock clock) {
        this.api = new GitHubApi(settings, http, pace, clock);
        this.pace = pace;
        this.http = http;
        this.apiUrl = settings.apiUrl();
        this.key = AppKey.of(settings);
        this.clock = clock;
    }

    /** The webhook of a repository that sends to this address; empty when none does. */
    public Optional<Hook> find(String repository, String url) {
        Target target = target(repository);
        try {
            ServiceUri uri = api.repository(target, "hooks").query("per_page", PAGE);
            for (JsonNode hook : api.get(target, "hooks-list", uri).body()) {
                if (hook.at("/config/url").asText().equals(url)) {
                    return Optional.of(new Hook(repository, hook.path("id").asLong()));
                }
            }
            return Optional.empty();
        } catch (ServiceRefusedException e) {
            throw GitHubRefusals.of(e, PERMISSION);
        }
    }

    /**
     * A page of the attempts.
     *
     * @param cursor what the page before named as the next; null for the newest
     * @throws dev.forgeway.error.UserErrorException when GitHub refuses, as for a webhook that is gone
     */
    public Page list(Hook hook, @Nullable String cursor) {
        ServiceUri uri = deliveries(hook).query("per_page", PAGE);
        try {
            ServiceAnswer answer =
                    get(hook, "hook-deliveries-list", cursor == null ? uri : uri.query("cursor", cursor));
            List<Attempt> attempts = new ArrayList<>();
            for (JsonNode attempt : answer.body()) {
                attempts.add(attempt(attempt));
            }
            return new Page(attempts, next(answer.headers()));
        } catch (ServiceRefusedException e) {
            throw GitHubRefusals.of(e, PERMISSION);
        }
    }

    private static Attempt attempt(JsonNode attempt) {
        try {
            return new Attempt(
                    attempt.path("id").asLong(),
                    attempt.path("guid").asText(),
                    Instant.parse(attempt.path("delivered_at").asText()),
                    attempt.path("event").asText(),
                    attempt.path("action").asText(""),
                    attempt.path("status_code").asInt());
        } catch (DateTimeException e) {
            throw new TransientException("GitHub answered with a delivery without a time", e);
        }
    }

    private static @Nullable String next(HttpHeaders headers) {
        String link = headers.getFirst(HttpHeaders.LINK);
        Matcher next = NEXT.matcher(link == null ? "" : link);
        return next.find() ? URLDecoder.decode(next.group(1), StandardCharsets.UTF_8) : null;
    }

    /** What was sent in an attempt; empty when GitHub no longer has it. */
    public Optional<Sent> fetch(Hook hook, String id) {
        try {
            JsonNode request = get(hook, "hook-delivery-get", deliveries(hook).path(id))
                    .body()
                    .path("request");
            Map<String, String> headers = new LinkedHashMap<>();
            request.path("headers")
                    .properties()
                    .forEach(header -> headers.put(
                            header.getKey().toLowerCase(Locale.ROOT),
                            header.getValue().asText()));
            return Optional.of(
                    new Sent(headers, request.path("payload").toString().getBytes(StandardCharsets.UTF_8)));
        } catch (ServiceRefusedException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw GitHubRefusals.of(e, PERMISSION);
        }
    }

    private ServiceUri deliveries(Hook hook) {
        String repository = hook.repository();
        return repository == null
                ? ServiceUri.at(apiUrl).path("app", "hook", "deliveries")
                : api.repository(target(repository), "hooks", Long.toString(hook.id()), "deliveries");
    }

    private ServiceAnswer get(Hook hook, String operation, ServiceUri uri) {
        String repository = hook.repository();
        if (repository != null) {
            return api.get(target(repository), operation, uri);
        }
        if (key == null) {
            throw new IllegalStateException("There is no App whose webhook could be asked about");
        }
        Credential credential = key.credential(clock.instant());
        ServiceCall call = new ServiceCall(
                "github", operation, HttpMethod.GET, uri.toUri(), GitHubApi.MEDIA_TYPE, null, credential);
        try (GitHubPace.Turn unused = pace.begin(credential.budget(), GitHubPace.Cost.READ)) {
            return http.call(call);
        }
    }

    private static Target target(String repository) {
        return new Target(Project.named("github", repository, ""), null);
    }
}
