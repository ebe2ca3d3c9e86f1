package dev.forgeway.forge.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.forge.Target;
import dev.forgeway.forge.TokenApi;
import dev.forgeway.service.http.ServiceRefusedException;
import java.util.Optional;

/** Releases (https://docs.gitlab.com/api/releases/#list-releases), the one with the latest date first. */
final class GitLabReleases {

    private static final String NEED = "the scope api and the role Guest in the project";
    private static final int PAGE = 20;

    private final TokenApi api;

    GitLabReleases(TokenApi api) {
        this.api = api;
    }

    /** Releases can have a date in the future, on which they will be releases. */
    Optional<String> latest(Target target) {
        try {
            JsonNode releases = api.get(
                    "release-find", GitLabProjects.at(api, target, "releases").query("per_page", PAGE));
            for (JsonNode release : releases) {
                String tag = release.path("tag_name").asText();
                if (!tag.isEmpty() && !release.path("upcoming_release").asBoolean()) {
                    return Optional.of(tag);
                }
            }
            return Optional.empty();
        } catch (ServiceRefusedException e) {
            throw api.refused(e, NEED);
        }
    }
}
