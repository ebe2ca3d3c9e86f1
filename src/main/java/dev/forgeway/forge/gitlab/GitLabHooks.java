package dev.forgeway.forge.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forgeway.error.TransientException;
import dev.forgeway.event.Project;
import dev.forgeway.forge.Target;
import dev.forgeway.forge.TokenApi;
import dev.forgeway.forge.TokenSettings;
import dev.forgeway.service.http.ServiceHttp;
import dev.forgeway.service.http.ServiceRefusedException;
import dev.forgeway.service.http.ServiceUri;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The <a href="https://docs.gitlab.com/api/project_webhooks/">webhooks of projects</a>. */
public final class GitLabHooks {

    private static final String NEED = "the scope api and the role Maintainer in the project";
    private static final int PAGE = 100;

    /** For so long GitLab tells what it sent. */
    public static final Duration KEPT = Duration.ofDays(7);

    /** More than twenty GitLab does not put on a page of what it sent. */
    private static final int PAGE_OF_SENT = 20;

    /**
     * A webhook. GitLab <a href="https://docs.gitlab.com/user/project/integrations/webhooks/#auto-disabled-webhooks">switches
     * it off</a> after a few failures in a row, for a while or for good.
     *
     * @param project its whole path ({@code packit/group/hello})
     * @param id GitLab's number of it
     * @param isOff whether GitLab sends nothing to it
     * @param offUntil when GitLab tries again, as it says it; null for never
     */
    public record Hook(
            String project,
            long id,
            boolean isOff,
            @Nullable String offUntil) {}

    /**
     * A request that GitLab sent, as it remembers it.
     *
     * @param id GitLab's number of it
     * @param status of the answer; 0 where none came
     * @param headers by lower-case name, without secrets
     * @param body not byte by byte as it was sent; null where it was too large to be remembered
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Sent(long id, Instant at, int status, Map<String, String> headers, byte @Nullable [] body) {

        /** Whether it was answered 2xx. */
        public boolean isAccepted() {
            return status / 100 == 2;
        }
    }

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
                            project,
                            hook.path("id").asLong(),
                            !hook.path("alert_status").asText("executable").equals("executable"),
                            hook.path("disabled_until").textValue()));
                }
            }
            return Optional.empty();
        } catch (ServiceRefusedException e) {
            throw api.refused(e, NEED);
        }
    }

    /**
     * A page of <a href="https://docs.gitlab.com/api/project_webhooks/">what was sent to a webhook</a> (since GitLab 17.3),
     * newest first; empty behind the last one.
     *
     * @param page from 1 on
     */
    public List<Sent> sent(Hook hook, int page) {
        Target target = new Target(Project.named(apiUrl.getHost(), hook.project(), ""), null);
        String id = Long.toString(hook.id());
        ServiceUri uri = GitLabProjects.at(api, target, "hooks", id, "events")
                .query("per_page", PAGE_OF_SENT)
                .query("page", page);
        try {
            List<Sent> sent = new ArrayList<>();
            for (JsonNode event : api.get("hook-events-list", uri)) {
                sent.add(sent(event));
            }
            return sent;
        } catch (ServiceRefusedException e) {
            throw api.refused(e, NEED + ", and GitLab tells what it sent since 17.3");
        }
    }

    private Sent sent(JsonNode event) {
        Map<String, String> headers = new HashMap<>();
        event.path("request_headers")
                .properties()
                .forEach(header -> headers.put(
                        header.getKey().toLowerCase(Locale.ROOT),
                        header.getValue().asText()));
        JsonNode data = event.path("request_data");
        boolean isWhole = data.isObject() && !data.path("oversize").asBoolean();
        return new Sent(
                event.path("id").asLong(),
                at(event),
                // "internal error" where there was no answer
                event.path("response_status").asInt(0),
                headers,
                isWhole ? data.toString().getBytes(StandardCharsets.UTF_8) : null);
    }

    private Instant at(JsonNode event) {
        try {
            return OffsetDateTime.parse(api.text(event, "created_at")).toInstant();
        } catch (DateTimeException e) {
            throw new TransientException("GitLab answered with an unreadable created_at", e);
        }
    }
}
