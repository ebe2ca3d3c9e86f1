package dev.forgeway.forge.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.event.Project;
import dev.forgeway.forge.Target;
import dev.forgeway.forge.TokenApi;
import dev.forgeway.forge.TokenSettings;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.http.ServiceRefusedException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The <a href="https://docs.gitlab.com/api/project_webhooks/">webhooks of projects</a>. */
public final class GitLabHooks {

    private static final String NEED = "the scope api and the role Maintainer in the project";
    private static final int PAGE = 100;

    /**
     * A webhook. GitLab <a href="https://docs.gitlab.com/user/project/integrations/webhooks/#auto-disabled-webhooks">switches
     * it off</a> after a few failures in a row, for a while or for good.
     *
     * @param isOff whether GitLab sends nothing to it
     * @param offUntil when GitLab tries again, as it says it; null for never
     */
    public record Hook(boolean isOff, @Nullable String offUntil) {}

    private final TokenApi api;
    private final URI apiUrl;

    /** @param settings the API's root ends with {@code /api/v4} */
    public GitLabHooks(TokenSettings settings, ServiceHttp http) {
        this.api = new TokenApi("gitlab", "GitLab", "Bearer", settings, http);
        this.apiUrl = settings.apiUrl();
    }

    /**
     * The webhook of a project that sends to this address; empty when none does.
     *
     * @param project its whole path ({@code packit/group/hello})
     */
    public Optional<Hook> find(String project, String url) {
        Target target = new Target(Project.named(apiUrl.getHost(), project, ""), null);
        try {
            JsonNode hooks = api.get(
                    "hooks-list", GitLabProjects.at(api, target, "hooks").query("per_page", PAGE));
            for (JsonNode hook : hooks) {
                if (hook.path("url").asText().equals(url)) {
                    return Optional.of(new Hook(
                            !hook.path("alert_status").asText("executable").equals("executable"),
                            hook.path("disabled_until").textValue()));
                }
            }
            return Optional.empty();
        } catch (ServiceRefusedException e) {
            throw api.refused(e, NEED);
        }
    }
}
