package dev.forgeway.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.error.UserErrorException;
import dev.forgeway.event.Project;
import dev.forgeway.forge.Target;
import dev.forgeway.service.http.Credential;
import dev.forgeway.service.http.ServiceCall;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.springframework.http.HttpMethod;

/**
 * Installation tokens of a GitHub App, kept until five minutes before they expire; callers that need the same one at
 * the same moment share a request
 * (https://docs.github.com/en/rest/apps/apps#create-an-installation-access-token-for-an-app).
 */
final class GitHubAppTokens {

    private static final Duration SPARE = Duration.ofMinutes(5);
    private static final int MOST_INSTALLATIONS = 10_000;

    private final ServiceHttp http;
    private final URI apiUrl;
    private final AppKey key;
    private final Clock clock;
    private final Map<Long, CompletableFuture<Token>> tokens = new ConcurrentHashMap<>();
    private final Map<String, Long> installations = new ConcurrentHashMap<>();

    GitHubAppTokens(ServiceHttp http, URI apiUrl, AppKey key, Clock clock) {
        this.http = http;
        this.apiUrl = apiUrl;
        this.key = key;
        this.clock = clock;
    }

    /** What a call in the name of the target's installation shows. */
    Credential credential(Target target) {
        return new InstallationCredential(this, target);
    }

    long installation(Target target) {
        Long given = target.installationId();
        if (given != null) {
            return given;
        }
        Project project = target.project();
        Long known = installations.get(project.key());
        if (known != null) {
            return known;
        }
        if (installations.size() >= MOST_INSTALLATIONS) {
            installations.clear();
        }
        long found = lookUp(project);
        installations.put(project.key(), found);
        return found;
    }

    String token(Target target) {
        long installation = installation(target);
        try {
            return token(installation);
        } catch (ServiceRefusedException e) {
            installations.remove(target.project().key());
            throw new UserErrorException("GitHub gives no access to " + name(target.project())
                    + ": is the GitHub App still installed there? (" + e.serviceMessage() + ")");
        }
    }

    /** Forgets the token if it is still the one kept. */
    void invalidate(Target target, String refused) {
        tokens.computeIfPresent(
                installation(target),
                (id, kept) -> kept.isDone()
                                && !kept.isCompletedExceptionally()
                                && kept.join().value().equals(refused)
                        ? null
                        : kept);
    }

    private String token(long installation) {
        CompletableFuture<Token> mine = new CompletableFuture<>();
        CompletableFuture<Token> shared =
                tokens.compute(installation, (id, kept) -> kept == null || isStale(kept) ? mine : kept);
        if (shared == mine) {
            fetch(installation, mine);
        }
        return await(shared).value();
    }

    private boolean isStale(CompletableFuture<Token> kept) {
        return kept.isDone()
                && (kept.isCompletedExceptionally()
                        || !clock.instant().isBefore(kept.join().expiresAt().minus(SPARE)));
    }

    private void fetch(long installation, CompletableFuture<Token> mine) {
        try {
            mine.complete(request(installation));
        } catch (RuntimeException e) {
            tokens.remove(installation, mine);
            mine.completeExceptionally(e);
        }
    }

    private Token request(long installation) {
        URI uri = ServiceUri.at(apiUrl)
                .path("app", "installations", Long.toString(installation), "access_tokens")
                .toUri();
        JsonNode answer = asApp("installation-token", HttpMethod.POST, uri);
        try {
            return new Token(
                    answer.path("token").asText(),
                    Instant.parse(answer.path("expires_at").asText()));
        } catch (DateTimeException e) {
            throw new TransientException("GitHub answered with an installation token without an expiry", e);
        }
    }

    private long lookUp(Project project) {
        URI uri = ServiceUri.at(apiUrl)
                .path("repos", project.namespace(), project.name(), "installation")
                .toUri();
        try {
            return asApp("installation-find", HttpMethod.GET, uri).path("id").asLong();
        } catch (ServiceRefusedException e) {
            throw new UserErrorException("The GitHub App is not installed on " + name(project)
                    + ", or there is no such repository (" + e.serviceMessage() + ")");
        }
    }

    private JsonNode asApp(String operation, HttpMethod method, URI uri) {
        Credential credential = key.credential(clock.instant());
        return http.call(new ServiceCall("github", operation, method, uri, GitHubApi.MEDIA_TYPE, null, credential))
                .body();
    }

    private static Token await(CompletableFuture<Token> shared) {
        try {
            return shared.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientException("Stopped while waiting for an installation token", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static String name(Project project) {
        return project.namespace() + "/" + project.name();
    }

    private record Token(String value, Instant expiresAt) {
        @Override
        public String toString() {
            return "Token[expiresAt=" + expiresAt + "]";
        }
    }
}
