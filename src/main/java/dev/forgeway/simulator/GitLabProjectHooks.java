package dev.forgeway.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The webhooks of projects on GitLab, whether they are on, and what was sent to them
 * (https://docs.gitlab.com/api/project_webhooks/).
 */
public final class GitLabProjectHooks {

    private static final int MOST_ON_A_PAGE = 20;

    private final Map<String, Map<String, @Nullable Object>> hooks = new ConcurrentHashMap<>();
    private final Map<String, List<Event>> events = new ConcurrentHashMap<>();

    private record Event(WebhookDelivery delivery, Instant at, int answered, boolean isKept) {}

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

    /** The webhook of a project is removed. */
    public void remove(String project) {
        hooks.remove(project);
    }

    /** Records that a delivery was sent to the webhook of a project, be that so or not; 0 for no answer. */
    public void sent(String project, WebhookDelivery delivery, Instant at, int answered) {
        add(project, new Event(delivery, at, answered, true));
    }

    /** The same for one that was too large to be kept. */
    public void sentTooLarge(String project, WebhookDelivery delivery, Instant at, int answered) {
        add(project, new Event(delivery, at, answered, false));
    }

    private void add(String project, Event event) {
        events.computeIfAbsent(project, added -> new CopyOnWriteArrayList<>()).add(event);
    }

    Response events(ForgeProject project, Request request) {
        Map<String, @Nullable Object> hook = hooks.get(project.path());
        if (hook == null || !String.valueOf(hook.get("id")).equals(request.parameter("hook"))) {
            return Response.json(404, Json.object("message", "404 Not found"));
        }
        int size = request.number("per_page", MOST_ON_A_PAGE);
        if (size > MOST_ON_A_PAGE) {
            return Response.json(400, Json.object("error", "per_page does not have a valid value"));
        }
        return Response.json(
                200,
                events.getOrDefault(project.path(), List.of()).stream()
                        .sorted(Comparator.comparing(Event::at).reversed())
                        .skip((long) size * (request.number("page", 1) - 1))
                        .limit(size)
                        .map(GitLabProjectHooks::event)
                        .toList());
    }

    private static Map<String, @Nullable Object> event(Event event) {
        WebhookDelivery delivery = event.delivery();
        return Json.object(
                "id",
                Math.abs(delivery.id().hashCode()),
                "trigger",
                "some_hooks",
                "request_headers",
                Json.object(
                        "Content-Type",
                        "application/json",
                        "Idempotency-Key",
                        delivery.id(),
                        "X-Gitlab-Event",
                        delivery.event(),
                        "X-Gitlab-Event-UUID",
                        delivery.id(),
                        "X-Gitlab-Token",
                        "[REDACTED]"),
                "request_data",
                event.isKept() ? data(delivery) : Json.object("oversize", true),
                "response_body",
                "",
                "execution_duration",
                0.2,
                "response_status",
                event.answered() == 0 ? "internal error" : Integer.toString(event.answered()),
                "created_at",
                event.at().toString());
    }

    private static Object data(WebhookDelivery delivery) {
        try {
            return Json.plain(Json.read(delivery.body()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    Response list(ForgeProject project) {
        Map<String, @Nullable Object> hook = hooks.get(project.path());
        return Response.json(200, hook == null ? List.of() : List.of(hook));
    }
}
