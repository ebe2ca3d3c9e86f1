package dev.forgeway.forge.github;

import dev.forgeway.forge.Target;
import dev.forgeway.service.http.ServiceRefusedException;
import java.util.Optional;

/** Releases (https://docs.github.com/en/rest/releases/releases#get-the-latest-release). */
final class GitHubReleases {

    private static final int NOT_FOUND = 404;

    private final GitHubApi api;

    GitHubReleases(GitHubApi api) {
        this.api = api;
    }

    Optional<String> latest(Target target) {
        try {
            String tag = api.get(target, "release-find", api.repository(target, "releases", "latest"))
                    .body()
                    .path("tag_name")
                    .asText();
            return tag.isEmpty() ? Optional.empty() : Optional.of(tag);
        } catch (ServiceRefusedException e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw GitHubRefusals.of(e, "Contents: read");
        }
    }
}
