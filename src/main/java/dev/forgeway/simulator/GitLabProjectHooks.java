package dev.forgeway.simulator;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The webhooks of projects on GitLab, and whether they are on (https://docs.gitlab.com/api/project_webhooks/). */
public final class GitLabProjectHooks {

    private final Map<String, Map<String, @Nullable Object>> hooks = new ConcurrentHashMap<>();

    GitLabProjectHooks() {}

    /**
     * A project has a webhook that sends to this address, and no other.
     *
     * @param status executable, temporarily_disabled or disabled
     * @param disabledUntil when it is tried again; null for never
     */
    public void put(String project, String url, String status, @Nullable String disabledUntil) {
        hooks.put(
                project,
                Json.object(
                        "id",
                        GitLabPayloads.userId(url),
                        "url",
                        url,
                        "merge_requests_events",
                        true,
                        "alert_status",
                        status,
                        "disabled_until",
                        disabledUntil));
    }

    Response list(ForgeProject project) {
        Map<String, @Nullable Object> hook = hooks.get(project.path());
        return Response.json(200, hook == null ? List.of() : List.of(hook));
    }
}
