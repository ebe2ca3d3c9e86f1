package dev.forgeway.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.event.Project;
import dev.forgeway.forge.Target;
import dev.forgeway.service.http.ServiceAnswer;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a repository shows to anybody who asks: its
 * <a href="https://docs.github.com/en/rest/activity/events#list-repository-events">events</a> and its
 * <a href="https://docs.github.com/en/rest/pulls/pulls#list-pull-requests">open pull requests</a>. An answer that is as
 * it was costs nothing of the <a
 * href="https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate">budget</a>.
 */
public final class GitHubFeed {

    /** The most that GitHub puts on a page. */
    public static final int PAGE = 100;

    /**
     * One answer.
     *
     * @param items newest first; null when nothing changed
     * @param etag what the next question names
     * @param pause how long GitHub wants to be left alone; zero where it does not say
     */
    public record News(@Nullable JsonNode items, @Nullable String etag, Duration pause) {}

    private final GitHubApi api;

    /** Asks with the plain token where there is one: the App need not be installed where it only looks. */
    public GitHubFeed(GitHubSettings settings, ServiceHttp http, GitHubPace pace, Clock clock) {
        GitHubSettings asking = settings.token() == null
                ? settings
                : new GitHubSettings(settings.apiUrl(), null, null, settings.token());
        this.api = new GitHubApi(asking, http, pace, clock);
    }

    /** @param page from 1; GitHub has three of them */
    public News events(String repository, @Nullable String etag, int page) {
        Target target = target(repository);
        return news(
                target,
                "events-list",
                api.repository(target, "events").query("per_page", PAGE).query("page", page),
                etag);
    }

    /** The open pull requests, those first that changed last. */
    public News pullRequests(String repository, @Nullable String etag) {
        Target target = target(repository);
        ServiceUri uri = api.repository(target, "pulls")
                .query("state", "open")
                .query("sort", "updated")
                .query("direction", "desc")
                .query("per_page", PAGE);
        return news(target, "pulls-list", uri, etag);
    }

    /** The repository itself, as a webhook's payload has it. */
    public JsonNode repository(String repository) {
        Target target = target(repository);
        try {
            return api.get(target, "repository-get", api.repository(target)).body();
        } catch (ServiceRefusedException e) {
            throw GitHubRefusals.of(e, "Metadata: read");
        }
    }

    private News news(Target target, String operation, ServiceUri uri, @Nullable String etag) {
        try {
            ServiceAnswer answer = api.getUnlessKnown(target, operation, uri, etag);
            boolean unchanged = answer.status() == 304;
            String tag = answer.headers().getETag();
            return new News(
                    unchanged ? null : answer.body(),
                    tag == null && unchanged ? etag : tag,
                    pause(answer.headers().getFirst("X-Poll-Interval")));
        } catch (ServiceRefusedException e) {
            throw GitHubRefusals.of(e, "Pull requests: read");
        }
    }

    private static Duration pause(@Nullable String seconds) {
        return seconds != null && seconds.matches("\\d{1,6}")
                ? Duration.ofSeconds(Long.parseLong(seconds))
                : Duration.ZERO;
    }

    private static Target target(String repository) {
        return new Target(Project.named("github", repository, ""), null);
    }
}
