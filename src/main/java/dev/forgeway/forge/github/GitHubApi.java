package dev.forgeway.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.forge.Target;
import dev.forgeway.service.http.Credential;
import dev.forgeway.service.http.ServiceAnswer;
import dev.forgeway.service.http.ServiceCall;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.http.ServiceUri;
import dev.forgeway.service.http.TaggedAnswers;
import dev.forgeway.service.http.TokenCredential;
import java.net.URI;
import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/** GitHub's REST and GraphQL endpoints, called in the name of the installation that a target belongs to. */
final class GitHubApi {

    /** https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api#media-types */
    static final String MEDIA_TYPE = "application/vnd.github+json";

    private final ServiceHttp http;
    private final URI apiUrl;
    private final URI graphQlUrl;
    private final Function<Target, Credential> credentials;
    private final GitHubPace pace;
    private final TaggedAnswers tagged = new TaggedAnswers();

    GitHubApi(GitHubSettings settings, ServiceHttp http, GitHubPace pace, Clock clock) {
        this.http = http;
        this.pace = pace;
        this.apiUrl = settings.apiUrl();
        this.graphQlUrl = settings.graphQlUrl();
        this.credentials = credentials(settings, http, clock);
    }

    private static Function<Target, Credential> credentials(GitHubSettings settings, ServiceHttp http, Clock clock) {
        AppKey key = AppKey.of(settings);
        if (key != null) {
            return new GitHubAppTokens(http, settings.apiUrl(), key, clock)::credential;
        }
        String token = settings.token();
        if (token != null) {
            Credential fixed = new TokenCredential("Bearer", token, "forgeway.forge.github.token");
            return target -> fixed;
        }
        return target -> {
            throw new TransientException(
                    "GitHub cannot be called without " + AppKey.SETTINGS + ", or forgeway.forge.github.token");
        };
    }

    /** An address below the target's repository. */
    ServiceUri repository(Target target, String... path) {
        return ServiceUri.at(apiUrl)
                .path("repos", target.project().namespace(), target.project().name())
                .path(path);
    }

    /**
     * What is at an address, read only. An answer that is as it was costs nothing of the budget
     * (https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate).
     */
    ServiceAnswer get(Target target, String operation, ServiceUri uri) {
        return tagged.get(reading(target, operation, uri), call -> paced(GitHubPace.Cost.READ, call));
    }

    /** The answer, or 304 and nothing when it would be the one with this tag. */
    ServiceAnswer getUnlessKnown(Target target, String operation, ServiceUri uri, @Nullable String etag) {
        ServiceCall call = reading(target, operation, uri);
        return paced(GitHubPace.Cost.READ, etag == null ? call : call.unlessTagged(etag));
    }

    private ServiceCall reading(Target target, String operation, ServiceUri uri) {
        Credential credential = credentials.apply(target);
        return new ServiceCall("github", operation, HttpMethod.GET, uri.toUri(), MEDIA_TYPE, null, credential);
    }

    JsonNode send(Target target, String operation, HttpMethod method, ServiceUri uri, JsonNode body) {
        Credential credential = credentials.apply(target);
        return paced(
                        GitHubPace.Cost.of(method, operation),
                        new ServiceCall("github", operation, method, uri.toUri(), MEDIA_TYPE, body, credential))
                .body();
    }

    ServiceAnswer graphQl(Target target, String operation, JsonNode request) {
        Credential credential = credentials.apply(target);
        return paced(
                GitHubPace.Cost.QUERY,
                new ServiceCall("github", operation, HttpMethod.POST, graphQlUrl, MEDIA_TYPE, request, credential));
    }

    private ServiceAnswer paced(GitHubPace.Cost cost, ServiceCall call) {
        try (GitHubPace.Turn unused = pace.begin(call.credential().budget(), cost)) {
            return http.call(call);
        }
    }

    /** GitHub's id of what it answered with. */
    static String id(JsonNode answer) {
        String id = answer.path("id").asText();
        if (id.isEmpty()) {
            throw new TransientException("GitHub answered without an id");
        }
        return id;
    }
}
